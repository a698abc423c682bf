"""Whether citizens may listen to a meeting, and what they are told of it beforehand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from meetings import policy
from meetings.actions import meetings as actions
from meetings.forms.openness import OpennessForm
from meetings.views.desk._shared import desk_meeting
from members.login import LoggedIn


def set_openness(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form = OpennessForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, actions.set_openness, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("会議の公開の設定を保存しました。"))
        return redirect("desk_meeting", slug, number)
    context = {"meeting": meeting, "form": form, "tells_citizens": policy.tells_citizens(meeting)}
    return render(request, "meetings/desk/set_openness.html", context, status=form.status)
