"""The form, the receipt and the calendar entry of one person, however that person came to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, Via
from meetings import calendar, policy
from meetings.actions import replies
from meetings.models import Meeting, Question, Reply, ReplyDraft, Survey
from meetings.survey.content import Questionnaire, content_of, questionnaire
from meetings.survey.page import ReplyForm, initial_of, initial_of_draft, texts_in, typed_in
from members.models import Membership


@dataclass(frozen=True)
class Visit:
    """One person at one form, and the addresses of the pages that belong to it."""

    survey: Survey
    # A Membership from asked_person(), which tells `last_mode` besides.
    membership: Any
    actor: Actor
    page_url: str
    draft_url: str
    receipt_url: str
    calendar_url: str
    questions_url: str
    sheet_url: str

    @property
    def meeting(self) -> Meeting:
        return self.survey.meeting

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK

    @property
    def is_open(self) -> bool:
        return policy.is_open(self.survey)

    def reply(self) -> Reply | None:
        return Reply.objects.whole().filter(survey=self.survey, membership=self.membership).first()

    def draft(self) -> ReplyDraft | None:
        return ReplyDraft.objects.filter(survey=self.survey, membership=self.membership).first()


Page = Callable[[HttpRequest, Visit], HttpResponse]


def asked_person(survey: Survey, **who: Any) -> Membership | None:
    """The person with post and category of the day, what they answered last time, and whether they are asked."""
    before = Reply.objects.filter(
        membership=OuterRef("pk"), survey__meeting__number__lt=survey.meeting.number
    ).order_by("-survey__meeting__number")
    people = survey.meeting.asked().filter(**who).select_related("user")
    asked = Question.objects.asked_of(OuterRef("pk")).filter(meeting=survey.meeting)
    return people.annotate(
        last_mode=Subquery(before.values("mode")[:1]),
        has_questions=Exists(asked),
        has_open_questions=Exists(asked.unanswered()),
    ).first()


def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form itself. Sent with 「下書きを保存する」 it is kept without being judged."""
    reply = visit.reply()
    asks = questionnaire(visit.survey, visit.membership)
    if request.method != "POST":
        return _show(request, visit, reply, asks)
    form = ReplyForm(request.POST, asks=asks, last_mode=visit.membership.last_mode)
    if "draft" in request.POST:
        return _keep_draft(request, visit, form)
    if not form.is_valid():
        return _refuse(request, visit, form, reply)
    try:
        _send(visit, form)
    except Conflict as conflict:
        return _show_both(request, visit, form, conflict.stored)
    except ValidationError as refused:
        form.add_error(None, ValidationError(refused.messages))
        return _refuse(request, visit, form, reply)
    return redirect(visit.receipt_url)


def not_asked(request: HttpRequest, survey: Survey, membership: Membership | None) -> HttpResponse:
    """No longer asked, or never: said in words, with all that was typed meanwhile."""
    typed: list[tuple[str, str]] = []
    if request.method == "POST" and membership is not None:
        data = {name: request.POST.getlist(name) for name in request.POST}
        typed = texts_in(data, ReplyForm(asks=questionnaire(survey, membership)))
    context = {"group": survey.meeting.group, "typed": typed, "by_link": Actor.of(request).via == Via.LINK}
    return render(request, "meetings/not_asked.html", context, status=403)


def draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The autosave of the page's script."""
    form = ReplyForm(request.POST, asks=questionnaire(visit.survey, visit.membership))
    _save_draft(visit, form)
    return HttpResponse(status=204)


def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    reply = visit.reply()
    if reply is None:
        return redirect(visit.page_url)
    asks = questionnaire(visit.survey, visit.membership)
    context = {"visit": visit, "reply": reply, "answered": asks.words(content_of(reply))}
    return render(request, "meetings/receipt.html", context)


def calendar_entry(request: HttpRequest, visit: Visit) -> HttpResponse:
    reply = visit.reply()
    content = calendar.entry(visit.meeting, mode=reply.mode if reply else None)
    headers = {"Content-Disposition": f'attachment; filename="meeting-{visit.meeting.number}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _show(request: HttpRequest, visit: Visit, reply: Reply | None, asks: Questionnaire) -> HttpResponse:
    if not visit.is_open:
        answered = asks.words(content_of(reply))
        return _render(request, "closed", visit, reply=reply, answered=answered)
    version, draft = reply.version if reply else 0, visit.draft()
    fresh = draft if draft and draft.data.get("seen") == [str(version)] else None
    initial = initial_of_draft(fresh.data, asks) if fresh else initial_of(content_of(reply), version)
    form = ReplyForm(initial=initial, asks=asks, last_mode=visit.membership.last_mode)
    overtaken = texts_in(draft.data, form) if draft and not fresh else []
    return _render(request, "reply", visit, form=form, reply=reply, draft=fresh, overtaken=overtaken)


def _refuse(request: HttpRequest, visit: Visit, form: ReplyForm, reply: Reply | None) -> HttpResponse:
    """Nothing that was typed is lost: it stays on the page and is kept as a draft."""
    _save_draft(visit, form)
    return _render(request, "reply", visit, form=form, reply=reply)


def _show_both(request: HttpRequest, visit: Visit, form: ReplyForm, stored: Reply) -> HttpResponse:
    """Whoever sends this page again has seen the newest answer, and knows what is replaced."""
    _save_draft(visit, form)
    asks = form.asks
    data = form.data.copy()
    data["seen"] = str(stored.version)
    again = ReplyForm(data, asks=asks)
    context = {
        "stored": asks.words(content_of(stored)),
        "typed": asks.words(form.content()),
        "hidden": [(name, value) for name in again.fields for value in data.getlist(name)],
        "reply": stored,
    }
    return _render(request, "conflict", visit, status=409, **context)


def _keep_draft(request: HttpRequest, visit: Visit, form: ReplyForm) -> HttpResponse:
    _save_draft(visit, form)
    messages.success(request, _("下書きを保存しました。まだ送信していません。"))
    return redirect(visit.page_url)


def _save_draft(visit: Visit, form: ReplyForm) -> ReplyDraft:
    data = typed_in(form)
    return replies.save_draft(survey=visit.survey, membership=visit.membership, by=visit.actor, data=data)


def _send(visit: Visit, form: ReplyForm) -> Reply:
    return replies.reply(
        survey=visit.survey,
        membership=visit.membership,
        by=visit.actor,
        content=form.content(),
        idempotency_key=form.cleaned_data["key"],
        seen=form.cleaned_data["seen"],
    )


def _render(request: HttpRequest, name: str, visit: Visit, *, status: int = 200, **context: Any) -> HttpResponse:
    if "form" in context:
        context["form"].autosave_url, context["form"].action = visit.draft_url, visit.page_url
    closed = "" if visit.is_open else replies.closed_sentence(visit.survey)
    context = {"visit": visit, "meeting": visit.meeting, "closed": closed, **context}
    return render(request, f"meetings/{name}.html", context, status=status)
