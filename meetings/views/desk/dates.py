"""The desk's way from candidate days to the day of a meeting: named, sent, answered, decided."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.ui.attempts import attempt, done, posted, seen
from meetings import dates as tallies
from meetings.actions import dates as actions
from meetings.forms.dates import (
    ChooseDateForm,
    EnterDatesForm,
    SendDatesForm,
    SetDatesForm,
    as_shown,
    proposed,
)
from meetings.letters import readers
from meetings.models import DatePoll, Meeting
from meetings.views.desk._shared import PER_PAGE, desk_meeting as load, pressed, recipients, ticked
from members.login import LoggedIn
from members.policy import can_administrate, no_purpose


@require_safe
def dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Who can come on which day, in the order of the roster."""
    meeting, poll = _poll(request, slug, number)
    context = {
        "meeting": meeting,
        "poll": poll,
        "table": tallies.table(poll),
        "chosen": tallies.chosen(poll),
        "can_reopen": poll.asked_at and poll.is_decided and not meeting.announced_at,
    }
    return render(request, "meetings/desk/dates.html", context)


def set_dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    poll = _poll_of(meeting)
    initial = as_shown(poll) if poll else proposed(_before(meeting))
    form = SetDatesForm(posted(request), initial=initial)
    last = meeting.letters.last()
    if request.method == "POST" and done(form, actions.set_dates, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _saved(meeting, last.pk if last else 0))
        is_asked = poll is not None and poll.asked_at is not None
        return redirect("meetings:dates" if is_asked else "meetings:send_dates", slug, number)
    context = {"meeting": meeting, "poll": poll, "form": form}
    return render(request, "meetings/desk/set_dates.html", context, status=form.status)


def _saved(meeting: Meeting, before: int) -> str:
    """What was done besides: how many are told."""
    count = meeting.letters.filter(pk__gt=before).count()
    told = _("%s名への変更のお知らせを用意しました。") % count if count else ""
    return _("候補日を保存しました。") + told


def send_dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The check page: who is asked by email, who on paper, and in which words."""
    meeting, poll = _poll(request, slug, number)
    if poll.asked_at and request.method != "POST":
        return redirect("meetings:dates", slug, number)
    told = recipients(meeting, "dates", request.GET)
    form = SendDatesForm(posted(request), count=told["count"], initial={"seen": poll.version})
    if request.method == "POST" and done(form, actions.send_dates, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("%s名への日程調整のお願いを送信待ちに入れました。") % told["count"])
        return redirect("meetings:letters", slug, number)
    context = {
        "meeting": meeting,
        "poll": poll,
        "candidates": tallies.with_warnings(poll, tallies.candidates(poll)),
        **told,
        "no_purpose": no_purpose(meeting.group),
        "can_administrate": can_administrate(request.user),
        "is_ready": bool(told["total"]) and meeting.group.tells_purpose and not poll.is_decided,
        "form": form,
    }
    return render(request, "meetings/desk/send_dates.html", context, status=form.status)


def remind_dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Names to tick on a check page first, then one email each."""
    meeting, poll = _poll(request, slug, number)
    found = tallies.to_remind_of_dates(poll, readers(meeting))
    if request.method == "POST":
        chosen = {reader.person.pk for reader in found}
        people = list(chosen if "everybody" in request.POST else chosen.intersection(ticked(request, "people")))
        success = _("%s名へのお願いを用意しました。") % len(people)
        pressed(request, actions.remind_dates, meeting=meeting, people=people, success=success)
        return redirect("meetings:letters", slug, number)
    page = Paginator([reader.person for reader in found], PER_PAGE).get_page(request.GET.get("page"))
    context = {"meeting": meeting, "poll": poll, "page": page}
    return render(request, "meetings/desk/remind_dates.html", context)


def enter_dates(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    """One person's answer, written down by the desk."""
    meeting, poll = _poll(request, slug, number)
    person = get_object_or_404(meeting.asked().select_related("user"), pk=membership)
    reply = poll.replies.select_related("membership").filter(membership=person).first()
    form = EnterDatesForm(posted(request), candidates=tallies.candidates(poll), reply=reply)
    if attempt(form, actions.enter_dates, poll=poll, membership=person, by=Actor.of(request)):
        messages.success(request, _("%sの回答を入力しました。") % person.with_honorific)
        return redirect("meetings:dates", slug, number)
    context = {"meeting": meeting, "poll": poll, "person": person, "reply": reply, "form": form}
    return render(request, "meetings/desk/enter_dates.html", context, status=form.status)


def choose_date(request: LoggedIn, slug: str, number: int, option_id: int) -> HttpResponse:
    """The check page before a candidate becomes the day."""
    meeting, poll = _poll(request, slug, number)
    option = get_object_or_404(poll.options.all(), pk=option_id)
    form = ChooseDateForm(posted(request), initial={"seen": meeting.version})
    given = {"meeting": meeting, "option": option, "by": Actor.of(request)}
    if request.method == "POST" and done(form, actions.choose_date, **given):
        day = wareki.date(option.starts_at)
        said = _("開催日を%sに決めました。続けて、入力フォームと開催通知を確認してください。")
        messages.success(request, said % day)
        return redirect("desk_meeting", slug, number)
    (candidate,) = [each for each in tallies.table(poll).candidates if each.option == option]
    context = {"meeting": meeting, "poll": poll, "candidate": candidate, "form": form}
    return render(request, "meetings/desk/choose_date.html", context, status=form.status)


@require_POST
def reopen_dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting, _poll_of_it = _poll(request, slug, number)
    success = _("開催日の決定を取り消し、日程調整に戻しました。")
    pressed(request, actions.reopen_dates, meeting=meeting, seen=seen(request), success=success)
    return redirect("meetings:dates", slug, number)


def _poll(request: LoggedIn, slug: str, number: int) -> tuple[Meeting, DatePoll]:
    meeting = load(request, slug, number)
    poll = _poll_of(meeting)
    if poll is None:
        raise Http404
    return meeting, poll


def _poll_of(meeting: Meeting) -> DatePoll | None:
    poll: DatePoll | None = getattr(meeting, "date_poll", None)
    return poll


def _before(meeting: Meeting) -> Meeting | None:
    """The last one whose time of day is known."""
    others = meeting.group.meetings.standing().exclude(starts_at=None).filter(number__lt=meeting.number)
    return others.order_by("-number").first()
