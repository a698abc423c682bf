from django.urls import path

from dxbukai.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.people, name="people"),
    path("sample.csv", views.sample, name="sample"),
    path("<slug:name>/", views.step_in, name="step_in"),
]
