"""The desk's way from one meeting to the next: planned, prepared, announced."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.ui.attempts import attempt, done, posted, seen
from meetings import notices, policy, proposals
from meetings.actions import agenda as agenda_actions, meetings as actions, surveys as survey_actions
from meetings.forms.meetings import (
    AbandonForm,
    AgendaItemForm,
    AnnounceForm,
    CancelForm,
    CorrectMeetingForm,
    EditMeetingForm,
    NextMeetingForm,
    SurveyForm,
    as_shown,
)
from meetings.models import AgendaItem, DatePoll, Meeting, Survey
from meetings.states import ItemKind, MeetingState, SectionKind
from meetings.views.desk._shared import also_cancelled, desk_meeting as load, pressed, recipients
from meetings.views.desk.questions import open_before
from members.login import LoggedIn
from members.models import User, WorkingGroup
from members.policy import can_administrate, no_purpose


def create_meeting(request: LoggedIn, slug: str) -> HttpResponse:
    """第1回の内容を引き継いで第2回を作成する: only the date is asked.

    With `?number=` it is one that was called off, made again.
    """
    group = _group(request.user, slug)
    free = proposals.free_numbers(group)
    number = next((each for each in free if str(each) == request.GET.get("number")), free[-1])
    planned = Meeting(group=group, number=number)
    again = proposals.called_off(planned)
    previous = again or actions.previous_of(planned)
    form = NextMeetingForm(posted(request), initial={**proposals.details(previous), "number": number})
    form.submit_label = _("第%s回を作成する") % number
    meeting = attempt(form, actions.create_meeting, group=group, by=Actor.of(request))
    if meeting:
        messages.success(request, _created(meeting))
        return redirect("desk_meeting", slug, meeting.number)
    context = {"group": group, "number": number, "previous": previous, "again": again, "form": form}
    return render(request, "meetings/desk/create_meeting.html", context)


def _created(meeting: Meeting) -> str:
    if meeting.starts_at:
        return _("第%s回を作成しました。続けて次第と入力フォームを確認してください。") % meeting.number
    return _("第%s回を作成しました。続けて日時を決めるか、候補日を挙げて日程調整をしてください。") % meeting.number


def edit_meeting(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    if meeting.state == MeetingState.HELD:
        return _correct(request, meeting)
    form = EditMeetingForm(posted(request), instance=load(request, slug, number))
    last = meeting.letters.last()
    closed_at = meeting.survey.closes_at if hasattr(meeting, "survey") else None
    if request.method == "POST" and done(form, actions.edit_meeting, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _saved(meeting, last.pk if last else 0, closed_at))
        return redirect("desk_meeting", slug, number)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/desk/edit_meeting.html", context, status=form.status)


def _correct(request: LoggedIn, meeting: Meeting) -> HttpResponse:
    """The same page afterwards: nobody is told of what is put right."""
    stored = load(request, meeting.group.slug, meeting.number)
    form = CorrectMeetingForm(posted(request), instance=stored, initial={"seen": meeting.version})
    if request.method == "POST" and done(form, actions.correct_meeting, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("会議の内容を訂正しました。"))
        return redirect("desk_meeting", meeting.group.slug, meeting.number)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/desk/edit_meeting.html", context, status=form.status)


def _saved(meeting: Meeting, before: int, closed_at: datetime | None) -> str:
    """What was done besides: who is told, and until when they are asked now."""
    said = [_("会議の内容を保存しました。"), *_told(meeting, before)]
    survey = Survey.objects.filter(meeting=meeting).select_related("meeting").first()
    if survey and closed_at and survey.closes_at != closed_at:
        said.append(_("回答期限を%sに改めました。") % wareki.datetime(survey.closes_at))
    elif survey and closed_at and survey.meeting.starts_at != meeting.starts_at:
        said.append(_("回答期限は%sのままです。") % wareki.datetime(closed_at))
    return "".join(said)


def _told(meeting: Meeting, before: int) -> Iterator[str]:
    """How many are told of what was changed, after the letter of this key."""
    written = meeting.letters.filter(pk__gt=before)
    if count := written.filter(by_paper=False).count():
        yield _("%s名へのお知らせを送信待ちに入れました。") % count
    if count := written.filter(by_paper=True).count():
        yield _("紙でお渡しする方が%s名います。") % count


def cancel(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    if request.method != "POST" and not policy.is_being_prepared(meeting):
        return redirect("desk_meeting", slug, number)
    form = CancelForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, actions.cancel, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("%sを中止しました。") % meeting)
        is_told = meeting.announced_at or meeting.letters.standing().exists()
        return redirect("meetings:letters", slug, number) if is_told else redirect("desk", slug)
    was_asked = DatePoll.objects.asked().filter(meeting=meeting).exists()
    context = {"meeting": meeting, "was_asked": was_asked, "form": form}
    return render(request, "meetings/desk/cancel.html", context, status=form.status)


def abandon(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    if request.method != "POST" and not policy.can_fall_short(meeting):
        return redirect("desk_meeting", slug, number)
    form = AbandonForm(posted(request), meeting=meeting)
    if request.method == "POST" and done(form, actions.abandon, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("%sを流会として記録しました。") % meeting)
        return redirect("desk", slug)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/desk/abandon.html", context, status=form.status)


@require_POST
def resume(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = also_cancelled(request, slug, number)
    success = _("流会の記録を取り消しました。")
    pressed(request, actions.resume, meeting=meeting, seen=seen(request), success=success)
    return redirect("desk", slug)


# The agenda


def agenda(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    form = AgendaItemForm(posted(request), meeting=meeting)
    form.submit_label = gettext_lazy("議題を追加する")
    if request.method == "POST" and done(form, agenda_actions.add_item, meeting=meeting, by=Actor.of(request)):
        return redirect(request.path)
    items = list(meeting.items.select_related("presenter__user"))
    context = {
        "meeting": meeting,
        "items": items,
        "open_before": open_before(meeting),
        "has_item_of_questions": any(item.kind == ItemKind.QUESTIONS for item in items),
        "is_being_prepared": policy.is_being_prepared(meeting),
        "form": form,
    }
    return render(request, "meetings/desk/agenda.html", context, status=form.status)


@require_POST
def add_open_questions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    success = _("「前回までの質問への回答」を議題に加えました。")
    pressed(request, agenda_actions.add_open_questions, meeting=meeting, success=success)
    return redirect("meetings:agenda", slug, number)


def edit_item(request: LoggedIn, slug: str, number: int, item_id: int) -> HttpResponse:
    meeting, item = _item(request, slug, number, item_id)
    form = AgendaItemForm(posted(request), instance=item, meeting=meeting)
    if request.method == "POST" and done(form, agenda_actions.edit_item, item=item, by=Actor.of(request)):
        return redirect("meetings:agenda", slug, number)
    context = {"meeting": meeting, "item": item, "form": form}
    return render(request, "meetings/desk/edit_item.html", context, status=form.status)


@require_POST
def move_item(request: LoggedIn, slug: str, number: int, item_id: int) -> HttpResponse:
    _meeting, item = _item(request, slug, number, item_id)
    step = -1 if request.POST.get("to") == "up" else 1
    pressed(request, agenda_actions.move_item, item=item, step=step)
    return redirect("meetings:agenda", slug, number)


@require_POST
def remove_item(request: LoggedIn, slug: str, number: int, item_id: int) -> HttpResponse:
    _meeting, item = _item(request, slug, number, item_id)
    pressed(request, agenda_actions.remove_item, item=item, seen=seen(request), success=_("議題を削除しました。"))
    return redirect("meetings:agenda", slug, number)


# The form and the call


def set_survey(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    form = SurveyForm(posted(request), initial=_form_as_it_is(meeting))
    last = meeting.letters.last() if form.is_bound else None
    if request.method == "POST" and done(form, survey_actions.set_survey, meeting=meeting, by=Actor.of(request)):
        told = _told(meeting, last.pk if last else 0)
        messages.success(request, "".join([_("入力フォームを保存しました。"), *told]))
        return redirect("desk_meeting", slug, number)
    proposed = meeting.themes.standing().exclude(proposed_in=None)
    survey = getattr(meeting, "survey", None)
    sections = list(survey.sections.exclude(kind=SectionKind.ATTENDANCE)) if survey else []
    context = {
        "meeting": meeting,
        "sections": sections,
        "own_fields": survey.fields.living().count() if survey else 0,
        "asks_own": any(section.kind == SectionKind.CUSTOM for section in sections),
        "proposed": proposed,
        "offers": proposals.problems_offered(meeting),
        "no_purpose": no_purpose(meeting.group),
        "can_administrate": can_administrate(request.user),
        "is_being_prepared": policy.is_being_prepared(meeting),
        "form": form,
    }
    return render(request, "meetings/desk/set_survey.html", context, status=form.status)


@require_POST
def take_over_problem(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """One press beside what somebody offered."""
    meeting = load(request, slug, number)
    typed = request.POST.get("sheet", "")
    asked = {"sheet": int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0}
    title = request.POST.get("title", "").strip()
    success = _("テーマの例に加えました。")
    pressed(request, survey_actions.take_over_problem, meeting=meeting, title=title, success=success, **asked)
    return redirect("meetings:set_survey", slug, number)


def announce(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The check page before the call: who gets the email, and what stands in it. Then there is its progress.

    So there is of a meeting that was held without one.
    """
    meeting = load(request, slug, number)
    if meeting.state != MeetingState.DRAFT and request.method != "POST":
        return redirect("meetings:letters", slug, number)
    told = recipients(meeting, "announce", request.GET)
    notice = notices.of(meeting)
    lacking, doubts = notices.lacking(meeting, notice), notices.doubts(meeting, notice)
    shown = {"seen": meeting.version}
    form = AnnounceForm(posted(request), count=told["count"], doubts=bool(doubts), initial=shown)
    if request.method == "POST" and done(form, actions.announce, meeting=meeting, by=Actor.of(request)):
        return _announced(request, meeting, told["count"])
    context = {
        "meeting": meeting,
        **told,
        "is_planned": policy.is_ready_to_announce(meeting),
        "is_ready": bool(told["total"]) and _is_ready(meeting) and not lacking,
        "notice": notice,
        "lacking": lacking,
        "doubts": doubts,
        "no_purpose": no_purpose(meeting.group),
        "can_administrate": can_administrate(request.user),
        "form": form,
    }
    return render(request, "meetings/desk/announce.html", context, status=form.status)


def _is_ready(meeting: Meeting) -> bool:
    return policy.is_ready_to_announce(meeting) and meeting.group.tells_purpose


def _announced(request: LoggedIn, meeting: Meeting, count: int) -> HttpResponse:
    messages.success(request, _("%s名への開催通知を送信待ちに入れました。") % count)
    return redirect("meetings:letters", meeting.group.slug, meeting.number)


def _form_as_it_is(meeting: Meeting) -> dict[str, Any]:
    """The form, or what is proposed for it."""
    if not hasattr(meeting, "survey"):
        previous = actions.previous_of(meeting)
        taken_over = meeting.themes.examples().values_list("title", flat=True)
        proposed = {"sections": proposals.sections(meeting.group, previous), "reminds": True, "seen": 0}
        titles = [*taken_over, *proposals.themes(previous)]
        proposed["themes"] = "\n".join(dict.fromkeys(titles))
        return proposed | ({"closes_at": proposals.deadline(meeting.day)} if meeting.starts_at else {})
    return as_shown(meeting.survey)


def _item(request: LoggedIn, slug: str, number: int, item_id: int) -> tuple[Meeting, AgendaItem]:
    meeting = load(request, slug, number)
    return meeting, get_object_or_404(meeting.items.select_related("meeting"), pk=item_id)


def _group(user: User, slug: str) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.run_by(user), slug=slug)
