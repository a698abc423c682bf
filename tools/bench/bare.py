"""What a list of 25 rows costs in Django with nothing around it."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from members.models import User

PAGE = engines["django"].from_string(
    "<!doctype html><title>bare</title><ul>{% for user in users %}<li>{{ user.family_name }}</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE.render({"users": User.objects.all()[:25]}))


urlpatterns = [path("", bare)]
