"""What a meeting in writing decided: as it stands, and the press that settles it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from meetings import in_writing, policy
from meetings.actions import in_writing as actions
from meetings.forms.in_writing import ConcludeForm
from meetings.models import Meeting, Opinion
from meetings.states import MeetingState
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn


def conclude(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = _written(request, slug, number)
    found = in_writing.outcome(meeting)
    form = ConcludeForm(posted(request), meeting=meeting, found=found)
    if request.method == "POST" and done(form, actions.conclude, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("書面による議決の結果を決定しました。結果報告の下書きに反映しています。"))
        return redirect(request.path)
    waits = "" if meeting.state == MeetingState.HELD else policy.not_yet_concluded(meeting)
    context = {
        "meeting": meeting,
        "found": found,
        "waits": waits,
        "can_be_settled": not waits and found.is_met and meeting.state == MeetingState.ANNOUNCED,
        "can_fall_short": policy.can_fall_short(meeting) and not waits and not found.is_met,
        "opinions": Opinion.objects.filter(reply__survey__meeting=meeting).exclude(text="").count(),
        "form": form,
    }
    return render(request, "meetings/desk/conclude.html", context, status=form.status)


@require_POST
def take_over_opinions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Pressed a second time it finds nothing new, and says so."""
    meeting = _written(request, slug, number)
    taken: list[int] = []
    pressed(request, lambda **given: taken.append(actions.take_over_opinions(**given)), meeting=meeting)
    if taken:
        nothing = _("新しく写す意見はありませんでした。")
        said = partial(_("%s件の意見を、会議の記録に写しました。文を整えてください。").__mod__, taken[0])
        messages.success(request, said() if taken[0] else nothing)
    return redirect("meetings:record", slug, number)


def _written(request: LoggedIn, slug: str, number: int) -> Meeting:
    meeting = desk_meeting(request, slug, number)
    if not meeting.is_written:
        raise Http404
    return meeting
