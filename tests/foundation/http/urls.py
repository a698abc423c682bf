"""Pages that do on purpose what a page may do, and the addresses that every page asks for."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

handler403 = "foundation.http.views.forbidden"
handler404 = "foundation.http.views.not_found"
handler500 = "foundation.http.views.server_error"


@login_not_required
def public(request):
    return HttpResponse("公開ページ")


@login_not_required
def with_form(request):
    page = engines["django"].from_string("{% csrf_token %}")
    return HttpResponse(page.render({}, request))


@login_not_required
def echo(request, text=""):
    files = {name: file.name for name, file in request.FILES.items()}
    return JsonResponse({"path": text, "get": request.GET, "post": dict(request.POST), "files": files})


def for_members(request):
    return echo(request)


@login_not_required
def away(request):
    raise OperationalError("the database system is shutting down")


@login_not_required
def broken(request):
    raise ZeroDivisionError("of the inside")


urlpatterns = [
    path("public/", public),
    path("with-form/", with_form),
    path("echo/", echo),
    path("echo/<str:text>/", echo),
    path("for-members/", for_members),
    path("a/token/", public),
    path("away/", away),
    path("broken/", broken),
    path("", public, name="home"),
    path("about/", public, name="about"),
    path("accounts/", include("allauth.account.urls")),
    path("groups/", public, name="groups"),
    path("data/", include(([path("", public, name="catalogue")], "opendata"))),
    path("", include("foundation.http.urls")),
]
