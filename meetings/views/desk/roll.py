"""The roll of the day: one press a person, prefilled from what they announced."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.http.in_place import asks_in_place
from foundation.ui.attempts import done, posted, seen
from meetings import policy, quorum, snapshot
from meetings.actions import roll as actions
from meetings.forms.roll import HoldForm, MarkForm, NoteDayForm
from meetings.models import AttendanceRecord, Meeting
from meetings.roll_call import MOST, RollSection, roll_call, sections, tally, walk_ins
from meetings.states import MeetingState, Mode
from meetings.views.desk._shared import desk_meeting, pressed, with_roll
from members.login import LoggedIn
from members.states import COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In the address, of a roll of more than MOST: those who are not recorded yet.
OPEN = "open"
# Three buttons in a row have to fit on a phone.
SHORT = {Mode.VENUE: _("会場"), Mode.ONLINE: _("オンライン"), Mode.ABSENT: _("欠席")}.items()


def roll(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The list, and below it the times that declare the meeting held."""
    meeting = with_roll(request, slug, number)
    form = HoldForm(posted(request), meeting=meeting)
    was_held = meeting.state == MeetingState.HELD
    action = actions.correct_times if was_held else actions.hold
    if request.method == "POST" and done(form, action, meeting=meeting, by=Actor.of(request)):
        if was_held:
            messages.success(request, _("開会・閉会の時刻を訂正しました。"))
            return redirect(request.path)
        messages.success(request, _("開催済みにしました。続けて、議題ごとに会議の記録を入力してください。"))
        return redirect("meetings:record", slug, number)
    context = {
        "meeting": meeting,
        "walk_ins": walk_ins(meeting),
        "late": [] if was_held else snapshot.entered_late(meeting),
        "can_fall_short": policy.can_fall_short(meeting),
        "observers": _("未入力") if meeting.observers is None else _("%s名") % meeting.observers,
        "form": form,
        **_people(meeting, request.GET.get("section", "")),
        **_standing(meeting),
    }
    return render(request, "meetings/desk/roll.html", context, status=form.status)


def _people(meeting: Meeting, wanted: str) -> dict[str, Any]:
    """Everybody; or of a long roll one section, or whoever is not recorded yet."""
    people = roll_call(meeting)
    shown: dict[str, Any] = {"modes": SHORT, "counted": COUNTED}
    if len(people) <= MOST:
        return shown | {"people": people}
    parts = sections(people)
    part = next((part for part in parts if part.name == wanted), parts[0])
    if wanted == OPEN:
        unmarked = [person for person in people if person.mode is None]
        part, shown["left_out"] = RollSection(OPEN, unmarked[:MOST]), len(unmarked[MOST:])
    return shown | {"people": part.people, "sections": parts, "section": part.name, "open": OPEN}


def _standing(meeting: Meeting) -> dict[str, Any]:
    """What every mark moves: the figures, whether enough came, what is left for one press."""
    told = tally(meeting)
    return {
        "figures": told.figures,
        "quorum": quorum.standing(meeting.group, told.counted),
        "planned": told.planned,
        "rest": told.rest,
        "last_press": None if meeting.state == MeetingState.HELD else meeting.roll.last_press(),
    }


@require_POST
def mark(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    mode = request.POST.get("mode", "")
    return _marked(request, slug, number, membership, partial(actions.mark, mode=mode))


@require_POST
def unmark(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    return _marked(request, slug, number, membership, actions.unmark)


def _marked(
    request: LoggedIn, slug: str, number: int, membership: int, action: Callable[..., object]
) -> HttpResponse:
    """A page that asks in place gets this person's part and the figures; any other comes back to the person."""
    meeting = with_roll(request, slug, number)
    person = get_object_or_404(meeting.group.memberships, pk=membership)
    pressed(request, action, meeting=meeting, membership=person, seen=seen(request))
    shown = roll_call(meeting, only=person.pk) if asks_in_place(request) else []
    section = request.POST.get("part", "")
    if not shown:
        return back_to(meeting, membership, section)
    context = {"meeting": meeting, "person": shown[0], "modes": SHORT, "counted": COUNTED, "section": section}
    return render(request, "meetings/desk/_roll_changes.html", context | _standing(meeting))


@require_POST
def mark_the_rest(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    said = _("残りの方を、会場で出席と記録しました。")
    return _of_several(request, slug, number, actions.mark_the_rest, said)


@require_POST
def take_back_press(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    press = _press_of(request.POST.get("press", ""))
    said = _("まとめて記録した出席を取り消しました。")
    return _of_several(request, slug, number, partial(actions.take_back_press, press=press), said)


def _press_of(typed: str) -> UUID:
    """One that there never was, where the page does not say which."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


def note_day(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    form = NoteDayForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, actions.note_day, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("議長と傍聴者を記録しました。"))
        return redirect("meetings:roll", slug, number)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/desk/note_day.html", context, status=form.status)


@require_POST
def begin_on_the_day(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    said = _("名簿の開始日を、開催日に訂正しました。")
    return _of_several(request, slug, number, actions.begin_on_the_day, said)


@require_POST
def mark_as_answered(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _of_several(request, slug, number, actions.mark_as_answered, _("回答のとおりに記録しました。"))


def _of_several(
    request: LoggedIn, slug: str, number: int, action: Callable[..., int], success: "StrOrPromise"
) -> HttpResponse:
    """Pressed a second time it finds nobody left, and says so."""
    written: list[int] = []
    pressed(request, lambda **given: written.append(action(**given)), meeting=with_roll(request, slug, number))
    if written:
        nobody = _("対象の方はいませんでした。変わったところはありません。")
        messages.success(request, success if written[0] else nobody)
    return redirect("meetings:roll", slug, number)


def edit_mark(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    person = get_object_or_404(meeting.group.memberships.select_related("user"), pk=membership)
    line = meeting.roll.filter(membership=person).first()
    shown = model_to_dict(line) | {"seen": line.version} if line else {"seen": 0}
    form = MarkForm(posted(request), initial=shown, substitutes=_may_send(meeting, line))
    section = request.GET.get("section", "")
    if request.method == "POST" and done(
        form, actions.mark, meeting=meeting, membership=person, by=Actor.of(request)
    ):
        return back_to(meeting, membership, section)
    context = {"meeting": meeting, "person": person, "form": form}
    return render(request, "meetings/desk/edit_mark.html", context, status=form.status)


@require_POST
def renew_snapshot(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    success = _("現在の内容に更新しました。")
    pressed(request, actions.renew_snapshot, meeting=meeting, seen=seen(request), success=success)
    return redirect("reports:draft", slug, number)


def _may_send(meeting: Meeting, line: AttendanceRecord | None) -> bool:
    """Somebody in their place; who is written down is shown whatever was decided since."""
    return meeting.group.substitutes_allowed or (line is not None and line.is_substitute)


def back_to(meeting: Meeting, person: int, section: str = "") -> HttpResponse:
    page = reverse("meetings:roll", args=[meeting.group.slug, meeting.number])
    asked = f"?{urlencode({'section': section})}" if section else ""
    return redirect(f"{page}{asked}#person-{person}")
