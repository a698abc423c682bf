from django.conf import settings
from django.urls import path

from foundation.http import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("send-again/", views.kept, name="kept"),
]

if settings.METRICS:
    urlpatterns += [path("metrics", views.metrics, name="metrics")]
