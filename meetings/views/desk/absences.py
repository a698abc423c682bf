"""Those who were absent hear in a minute what they missed: who, how it reads, and the press that tells them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meetings import emails
from meetings.absences import in_short
from meetings.actions import absences as actions
from meetings.models import Meeting
from meetings.states import LetterKind, MeetingState
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn


def tell_the_absent(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    if request.method == "POST":
        success = _("欠席した方へのお知らせを用意しました。")
        pressed(request, actions.tell_the_absent, meeting=meeting, success=success)
        return redirect("meetings:letters", slug, number)
    if meeting.state != MeetingState.HELD:
        return redirect("desk_meeting", slug, number)
    return render(request, "meetings/desk/tell_the_absent.html", {"meeting": meeting, **_told(meeting)})


def _told(meeting: Meeting) -> dict[str, Any]:
    found = actions.not_told_in_short(meeting)
    if not found:
        return {"readers": found}
    person = found[0].person
    told = in_short(meeting, person)
    sample = emails.text(LetterKind.IN_SHORT, meeting=meeting, membership=person, in_short=told._asdict())
    leaves = emails.when_it_leaves()
    return {"readers": found, "says_more": told.says_more, "sample": sample, "when_it_leaves": leaves}
