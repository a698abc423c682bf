"""The map of all pages. Each app draws its own part; the roof puts them together."""

from django.conf import settings
from django.urls import include, path

from dxbukai import about, groups, handover, home, howto, hub, links, restoration, sitemap, well_known
from foundation.ui.views import components
from members.views.personal import enter_code

handler403 = "foundation.http.views.forbidden"
handler404 = "foundation.http.views.not_found"
handler500 = "foundation.http.views.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/howto/", howto.howto, name="howto"),
    path("about/howto/<slug:role>/", howto.howto_sheet, name="howto_sheet"),
    path("about/<slug:statement>/", about.statement, name="statement"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("components/", components, name="components"),
    path("accounts/", include("members.account_urls")),
    path("a/", enter_code, name="enter_code"),
    path("a/<str:token>/", links.page, name="personal"),
    path("manage/restoration/", restoration.restoration, name="restoration"),
    path("", include("members.urls")),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/desk/", hub.desk, name="desk"),
    path("groups/<slug:slug>/desk/handover/", handover.desk_handover, name="desk_handover"),
    path("groups/<slug:slug>/desk/meetings/<int:number>/", hub.desk_meeting, name="desk_meeting"),
    path("", include("meetings.urls")),
    path("", include("reports.urls")),
    path("data/", include("opendata.urls")),
    path("", include("retention.urls")),
    path("", include("statements.urls")),
    path("", include("foundation.http.urls")),
]

if settings.MODE == "demo":
    urlpatterns += [path("demo/", include("dxbukai.demo.urls"))]
