from django.urls import path

from meetings.views import public

app_name = "meetings"
MEETING = "groups/<slug:slug>/meetings/<int:number>"

urlpatterns = [
    path(f"{MEETING}/report/", public.report, name="report"),
    path(f"{MEETING}/report.txt", public.report_text, name="report_text"),
]
