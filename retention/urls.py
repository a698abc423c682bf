from django.urls import path

from retention.views import desk, manage, register

app_name = "retention"
HERE = "manage/retention"
OF_TOWN = "<slug:kind>/<int:year>"
OF_GROUP = f"{OF_TOWN}/<slug:slug>"

urlpatterns = [
    path(f"{HERE}/", manage.overview, name="overview"),
    path(f"{HERE}/register/", register.register, name="register"),
    path(f"{HERE}/periods/<slug:kind>/", manage.set_period, name="set_period"),
    path(f"{HERE}/holds/add/", manage.place_hold, name="place_hold"),
    path(f"{HERE}/holds/<int:pk>/lift/", manage.lift_hold, name="lift_hold"),
    path(f"{HERE}/decisions/<int:pk>/cancel/", manage.cancel, name="cancel"),
    path(f"{HERE}/{OF_TOWN}/", manage.decide_of_town, name="decide_of_town"),
    path(f"{HERE}/{OF_TOWN}/list.csv", manage.listing_of_town, name="listing_of_town"),
    path(f"{HERE}/{OF_GROUP}/", manage.decide_of_group, name="decide_of_group"),
    path(f"{HERE}/{OF_GROUP}/list.csv", manage.listing_of_group, name="listing_of_group"),
    path("groups/<slug:slug>/desk/archives/", desk.archives, name="archives"),
    path("groups/<slug:slug>/desk/archives/year/", desk.archive_year, name="archive_year"),
    path("groups/<slug:slug>/desk/archives/<int:number>/", desk.archive_meeting, name="archive_meeting"),
]
