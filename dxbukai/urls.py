"""The map of all pages. Each app draws its own part; the roof puts them together."""

from django.conf import settings
from django.urls import include, path

from dxbukai import home
from foundation.ui.views import components

handler500 = "foundation.http.views.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("components/", components, name="components"),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("data/", include("opendata.urls")),
    path("", include("foundation.http.urls")),
]

if settings.MODE == "demo":
    urlpatterns += [path("demo/", include("dxbukai.demo.urls"))]
