"""What the desk does for those who have not answered, and with what it was told."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, done, posted, seen
from meetings import policy, proposals
from meetings.actions import meetings as actions, replies, withdrawals
from meetings.forms.meetings import ExtendForm
from meetings.letters import to_remind
from meetings.models import LateReply, Meeting, Reply, Survey
from meetings.states import MeetingState
from meetings.survey.content import content_of, kept_of, questionnaire
from meetings.survey.history import history
from meetings.survey.page import DeskReplyForm, as_sent, initial_of, words_in
from meetings.views.desk._shared import PER_PAGE, desk_meeting as load, pressed, ticked
from members.login import LoggedIn
from members.models import Membership


def enter_reply(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    """One person's answer, written down by the desk."""
    meeting = load(request, slug, number)
    survey, person = _person(meeting, membership)
    asks = questionnaire(survey, person, by_desk=True)
    row = Reply.objects.whole().filter(survey=survey, membership=person).first()
    initial = initial_of(content_of(row) or kept_of(row), row.version if row else 0)
    form = DeskReplyForm(posted(request), asks=asks, initial=initial)
    if request.method == "POST" and _entered(request, form, survey, person):
        messages.success(request, _("%sの回答を入力しました。") % person.with_honorific)
        return redirect("meetings:tally", slug, number)
    reply, withdrawn = (row, None) if row and row.stands else (None, row)
    context: dict[str, Any] = {"meeting": meeting, "person": person, "reply": reply, "withdrawn": withdrawn}
    late = LateReply.objects.filter(survey=survey, membership=person, dismissed_at=None).first()
    context |= {
        "takes_answers": meeting.state == MeetingState.ANNOUNCED,
        "answered": asks.words_of(row) if reply else [],
        "form": form,
        "history": history(row, asks),
        "late": late,
        "left": words_in(late.data, asks) if late else [],
    }
    return render(request, "meetings/desk/enter_reply.html", context, status=form.status)


def withdraw_for(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    """What somebody asked the desk to take back: asked once more, with what goes and what stays."""
    meeting = load(request, slug, number)
    survey, person = _person(meeting, membership)
    reply = Reply.objects.standing().whole().filter(survey=survey, membership=person).first()
    if request.method == "POST":
        success = _("%sの回答を取り消しました。") % person.with_honorific
        given = {"survey": survey, "membership": person, "seen": seen(request)}
        pressed(request, withdrawals.withdraw_for, **given, success=success)
        return redirect("meetings:enter_reply", slug, number, membership)
    if reply is None:
        return redirect("meetings:enter_reply", slug, number, membership)
    answered = questionnaire(survey, person).words_of(reply)
    context = {"meeting": meeting, "person": person, "reply": reply, "answered": answered}
    context |= {"kept": withdrawals.kept_questions(reply)}
    return render(request, "meetings/desk/withdraw_for.html", context)


@require_POST
def take_over_late_reply(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    """What was left as it was typed: where it is no answer, the page says why, and the desk asks its writer."""
    meeting = load(request, slug, number)
    survey, person = _person(meeting, membership)
    late = get_object_or_404(LateReply.objects.filter(dismissed_at=None), survey=survey, membership=person)
    form = DeskReplyForm(as_sent(late.data, 0), asks=questionnaire(survey, person, by_desk=True))
    success = _("%sから期限後に届いた内容を、回答として受け付けました。") % person.with_honorific
    if not form.is_valid():
        for sentence in _reasons(form):
            messages.error(request, sentence)
        return redirect("meetings:enter_reply", slug, number, membership)
    given = {"late": late, "content": form.content(), "idempotency_key": form.cleaned_data["key"]}
    pressed(request, replies.take_over_late_reply, **given, seen=seen(request), success=success)
    return redirect("meetings:enter_reply", slug, number, membership)


@require_POST
def dismiss_late_reply(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    meeting = load(request, slug, number)
    survey, person = _person(meeting, membership)
    late = get_object_or_404(LateReply.objects.filter(dismissed_at=None), survey=survey, membership=person)
    success = _("%sから期限後に届いた内容を、受け付けないこととしました。") % person.with_honorific
    pressed(request, replies.dismiss_late_reply, late=late, seen=seen(request), success=success)
    return redirect("meetings:enter_reply", slug, number, membership)


def extend(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    meeting = load(request, slug, number)
    survey, person = _person(meeting, membership)
    form = ExtendForm(posted(request), initial={"until": proposals.extension(survey)})
    given = {"survey": survey, "membership": person, "by": Actor.of(request)}
    if request.method == "POST" and done(form, replies.extend, **given):
        said = _("%sの回答期限を延長し、お知らせを送ります。")
        on_paper = _("%sの回答期限を延長しました。メールアドレスの登録がないため、紙か電話でお知らせください。")
        messages.success(request, (said if person.user.address else on_paper) % person.with_honorific)
        return redirect("meetings:tally", slug, number)
    context = {"meeting": meeting, "person": person, "survey": survey, "form": form}
    context |= {"takes_answers": meeting.state == MeetingState.ANNOUNCED}
    return render(request, "meetings/desk/extend.html", context)


@require_POST
def resend(request: LoggedIn, slug: str, number: int, membership: int) -> HttpResponse:
    meeting = load(request, slug, number)
    _survey, person = _person(meeting, membership)
    success = _("%sの登録済みのアドレスに、回答用リンクを送ります。") % person.with_honorific
    if not person.user.address:
        messages.error(
            request, _("%sにはメールアドレスの登録がありません。紙でお渡しください。") % person.with_honorific
        )
    else:
        pressed(request, actions.resend, meeting=meeting, membership=person, success=success)
    return redirect("meetings:enter_reply", slug, number, membership)


def remind(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Names to tick on a check page first, or all that there are, then one email each."""
    meeting = load(request, slug, number)
    if policy.replies_are_gone(meeting):
        raise Http404
    found = to_remind(meeting)
    if request.method == "POST":
        people = None if "everybody" in request.POST else ticked(request, "people")
        count = found.count() if people is None else found.filter(pk__in=people).count()
        success = _("%s名への再案内を用意しました。") % count
        pressed(request, actions.remind, meeting=meeting, people=people, success=success)
        return redirect("meetings:letters", slug, number)
    by_the_clock = proposals.reminds_on(meeting) if meeting.state == MeetingState.ANNOUNCED else None
    context = {
        "meeting": meeting,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "by_the_clock": by_the_clock if by_the_clock and by_the_clock > clock.today() else None,
    }
    return render(request, "meetings/desk/remind.html", context)


def _person(meeting: Meeting, membership: int) -> tuple[Survey, Membership]:
    person = get_object_or_404(meeting.asked().select_related("user"), pk=membership)
    forms = Survey.objects.for_person(person).select_related("meeting__group__contact_department")
    return get_object_or_404(forms, meeting=meeting), person


def _entered(request: HttpRequest, form: DeskReplyForm, survey: Survey, person: Membership) -> bool:
    def enter(**cleaned: Any) -> Reply:
        key, seen = cleaned["key"], cleaned["seen"]
        content = form.content()
        by = Actor.of(request)
        return replies.enter_reply(
            survey=survey, membership=person, by=by, content=content, idempotency_key=key, seen=seen
        )

    return attempt(form, enter) is not None


def _reasons(form: DeskReplyForm) -> list[str]:
    """Why what was left is no answer, each with the field that it is about."""
    return [f"{form.fields[name].label}：{sentence}" for name, said in form.errors.items() for sentence in said]
