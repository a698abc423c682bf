"""The addresses that the pieces of a page ask for."""

from django.http import HttpResponse
from django.urls import path


def nothing(request):
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="home"),
    path("about/", nothing, name="about"),
    path("about/<slug:statement>/", nothing, name="statement"),
    path("login/", nothing, name="account_login"),
    path("logout/", nothing, name="account_logout"),
]
