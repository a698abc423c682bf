"""The form, the receipt and the calendar entry of one person, however that person came to them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, Via
from foundation.calendar import wareki
from foundation.db import clock
from foundation.ui.attempts import press, seen
from foundation.ui.todo import Todo
from meetings import calendar, policy
from meetings.actions import replies, withdrawals
from meetings.models import LateReply, MaterialVersion, Meeting, Question, Reply, ReplyDraft, Survey
from meetings.models.survey import SurveyQuerySet
from meetings.states import SectionKind
from meetings.superiors import page_for_superior
from meetings.survey.content import Questionnaire, content_of, kept_of, questionnaire
from meetings.survey.history import history
from meetings.survey.page import ReplyForm, initial_of, initial_of_draft, typed_in, words_in
from meetings.views import handouts
from members.models import Membership
from members.models.membership import MembershipQuerySet
from members.states import COUNTED


@dataclass(frozen=True)
class Visit:
    """One person at one form, and the addresses of the pages that belong to it."""

    survey: Survey
    # A Membership from asked_person(), which tells `last_mode` besides.
    membership: Any
    actor: Actor
    page_url: str
    draft_url: str
    discard_url: str
    leave_url: str
    withdraw_url: str
    receipt_url: str
    calendar_url: str
    questions_url: str
    # Where a question of one's own is taken back.
    withdraw_question_url: Callable[[int], str]
    superior_url: str
    calendar_address_url: str
    sheet_url: str
    offer_url: str
    material_url: Callable[[MaterialVersion], str]
    # Where a colleague's sheet is read; nothing where the house has a page of its own for it.
    introduction_url: Callable[[Any], str] | None = None
    # Of somebody by link, what else waits for their answer; the others have a home page that tells them.
    also_asked: Callable[[], list[Todo]] = list

    @property
    def meeting(self) -> Meeting:
        return self.survey.meeting

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK

    @property
    def is_open(self) -> bool:
        return policy.is_open(self.survey)

    @property
    def shows_online_url(self) -> bool:
        return policy.can_see_online_url(self.meeting, self.reply.mode if self.reply else None)

    @property
    def is_late(self) -> bool:
        return policy.is_late(self.survey)

    @property
    def handouts(self) -> list[MaterialVersion]:
        return handouts.addressed(self.meeting, self.material_url)

    @property
    def presents(self) -> bool:
        """Something on the agenda, which the page has read anyway."""
        return any(item.presenter_id == self.membership.pk for item in self.meeting.agenda)

    @property
    def device_key(self) -> str:
        """Under which a person's own device keeps what they type."""
        return f"reply-{self.survey.pk}-{self.membership.pk}"

    def form(self, *args: Any, asks: Questionnaire, **kwargs: Any) -> ReplyForm:
        last, introduction_url = self.membership.last_mode, self.introduction_url
        form = ReplyForm(
            *args,
            asks=asks,
            last_mode=last,
            introduction_url=introduction_url,
            handouts=self.handouts,
            **kwargs,
        )
        form.autosave_url, form.action = self.draft_url, self.page_url
        return form

    @property
    def reply(self) -> Reply | None:
        return self.survey.own_reply

    @property
    def withdrawn(self) -> Reply | None:
        """What was taken back and not given anew."""
        row = self.survey.own_row
        return row if row and not row.stands else None

    @property
    def version(self) -> int:
        """Which version of the reply a page of this moment has seen."""
        row = self.survey.own_row
        return row.version if row else 0

    @property
    def draft(self) -> ReplyDraft | None:
        return getattr(self.survey, "found_draft", None)

    @property
    def late(self) -> LateReply | None:
        return getattr(self.survey, "found_late", None)


Page = Callable[[HttpRequest, Visit], HttpResponse]


def asked_by(people: Membership | MembershipQuerySet) -> SurveyQuerySet:
    """The forms as they stand for this person, with whatever the page says of them."""
    forms = Survey.objects.for_person(people).with_own(people).with_town()
    return forms.select_related("meeting__group__contact_department")


def asked_person(survey: Survey, **who: Any) -> Membership | None:
    """The person with post and category of the day, what they answered last time, and whether they are asked.

    Those whom the form asks about come with them, in the one query that the page has for people.
    """
    earlier = {"membership": OuterRef("pk"), "survey__meeting__number__lt": survey.meeting.number}
    before = Reply.objects.standing().filter(**earlier).order_by("-survey__meeting__number")
    asked = Question.objects.asked_of(OuterRef("pk")).filter(meeting=survey.meeting)
    found = survey.meeting.with_introduced(**who).annotate(
        last_mode=Subquery(before.values("mode")[:1]),
        has_questions=Exists(asked),
        has_open_questions=Exists(asked.unanswered()),
    )
    people: list[Any] = list(found)
    survey.meeting.introduced = [person for person in people if person.is_introduced]
    return next((person for person in people if person.is_meant and person.category in COUNTED), None)


def for_superior(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Handed to whoever lets this person go; what they told the desk alone is not in it."""
    meeting, reply = visit.meeting, visit.reply
    if meeting.is_written:
        raise Http404
    paper = page_for_superior(meeting, visit.membership, reply=reply, closes_at=visit.survey.closes_for)
    return render(request, "meetings/for_superior.html", {"visit": visit, "document": paper})


def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form itself. Sent with 「下書きを保存する」 it is kept without being judged."""
    asks = questionnaire(visit.survey, visit.membership)
    if request.method != "POST":
        return _show(request, visit, visit.reply, asks)
    form = visit.form(request.POST, asks=asks)
    if "draft" in request.POST:
        return _keep_draft(visit, form)
    return _take(request, visit, form) if form.is_valid() else _refuse(request, visit, form)


def _take(request: HttpRequest, visit: Visit, form: ReplyForm) -> HttpResponse:
    try:
        _send(visit, form)
    except Conflict as conflict:
        return _show_both(request, visit, form, conflict.stored)
    except ValidationError as refused:
        if getattr(refused, "code", "") == "closed":
            # While the answer waited for its turn: what was read at first says still that there is time.
            visit = replace(visit, survey=asked_by(visit.membership).get(pk=visit.survey.pk))
        form.add_error(None, ValidationError(refused.messages))
        return _refuse(request, visit, form)
    return redirect(visit.receipt_url)


def not_asked(request: HttpRequest, survey: Survey, membership: Membership | None) -> HttpResponse:
    """No longer asked, or never: said in words, with all that was typed meanwhile."""
    typed: list[tuple[str, str]] = []
    if request.method == "POST" and membership is not None:
        data = {name: request.POST.getlist(name) for name in request.POST}
        typed = words_in(data, questionnaire(survey, membership))
    context = {"group": survey.meeting.group, "typed": typed, "by_link": Actor.of(request).via == Via.LINK}
    return render(request, "meetings/not_asked.html", context, status=403)


def called_off(request: HttpRequest, meeting: Meeting, membership: Membership | None = None) -> HttpResponse:
    """It stays under its address: when it was to be, why it is not; what was typed meanwhile is not lost."""
    typed: list[tuple[str, str]] = []
    survey = None if membership is None else asked_by(membership).filter(meeting=meeting).first()
    if request.method == "POST" and membership is not None and survey is not None:
        data = {name: request.POST.getlist(name) for name in request.POST}
        typed = words_in(data, questionnaire(survey, membership))
    context = {"meeting": meeting, "typed": typed, "by_link": Actor.of(request).via == Via.LINK}
    context["membership"] = membership
    status = 409 if request.method == "POST" else 200
    return render(request, "meetings/called_off.html", context, status=status)


def draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The autosave of the page's script."""
    form = ReplyForm(request.POST, asks=questionnaire(visit.survey, visit.membership))
    _save_draft(visit, form)
    return HttpResponse(status=204)


def discard_draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    own = {"survey": visit.survey, "membership": visit.membership, "by": visit.actor}
    if press(request, replies.discard_draft, **own):
        messages.success(request, _("送信していない内容を捨てました。"))
    return redirect(visit.page_url)


def leave_with_desk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What became of it stands on the page."""
    press(request, replies.leave_with_desk, survey=visit.survey, membership=visit.membership, by=visit.actor)
    return redirect(visit.page_url)


def withdraw_reply(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asked once more, with what goes and what stays."""
    if request.method == "POST":
        own = {"survey": visit.survey, "membership": visit.membership, "by": visit.actor}
        if press(request, withdrawals.withdraw_reply, **own, seen=seen(request)):
            messages.success(request, _("回答を取り消しました。"))
        return redirect(visit.page_url)
    if visit.reply is None or not visit.is_open:
        return redirect(visit.page_url)
    asks = questionnaire(visit.survey, visit.membership)
    answered, kept = asks.words_of(visit.reply), withdrawals.kept_questions(visit.reply)
    return _render(request, "withdraw_reply", visit, reply=visit.reply, answered=answered, kept=kept)


def introduction(request: HttpRequest, visit: Visit, membership: int) -> HttpResponse:
    """The sheet of somebody whom the form asks about, for whoever has no other page of the group."""
    person = next((person for person in visit.meeting.introduced if person.pk == membership), None)
    if person is None or SectionKind.MEMBER_QUESTIONS not in visit.survey.kinds:
        raise Http404
    return render(request, "meetings/introduction.html", {"visit": visit, "person": person, "sheet": person.sheet})


def receipt(request: HttpRequest, visit: Visit) -> HttpResponse:
    reply = visit.reply
    if reply is None:
        return redirect(visit.page_url)
    asks = questionnaire(visit.survey, visit.membership)
    answered = asks.words_of(reply)
    return _render(request, "receipt", visit, reply=reply, answered=answered, history=history(reply, asks))


def calendar_entry(request: HttpRequest, visit: Visit) -> HttpResponse:
    return calendar_file(calendar.entry(visit.meeting, visit.membership), f"meeting-{visit.meeting.number}")


def calendar_file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(content, content_type=calendar.CONTENT_TYPE, headers=headers)


def _show(request: HttpRequest, visit: Visit, reply: Reply | None, asks: Questionnaire) -> HttpResponse:
    if not visit.is_open:
        return _show_closed(request, visit, reply, asks)
    version, draft = visit.version, visit.draft or visit.late
    fresh = draft if draft and draft.data.get("seen") == [str(version)] else None
    initial = (
        initial_of_draft(fresh.data, asks)
        if fresh
        else initial_of(content_of(reply) or kept_of(visit.withdrawn), version)
    )
    form = visit.form(initial=initial, asks=asks)
    form.form_status = said_of(fresh) if isinstance(fresh, ReplyDraft) else ""
    overtaken = words_in(draft.data, asks) if draft and not fresh else []
    return _render(request, "reply", visit, form=form, reply=reply, draft=fresh, overtaken=overtaken)


def _show_closed(
    request: HttpRequest, visit: Visit, reply: Reply | None, asks: Questionnaire, *, refused: bool = False
) -> HttpResponse:
    """What was accepted, and what was not: to be read, copied and, after the deadline, left with the desk."""
    draft, late = visit.draft, visit.late
    context: dict[str, Any] = {
        "reply": reply,
        "refused": refused,
        "closed": replies.closed_sentence(visit.survey),
        "answered": asks.words_of(reply),
        "draft": draft,
        "typed": words_in(draft.data, asks) if draft else [],
        "late": late,
        "left": words_in(late.data, asks) if late else [],
    }
    return _render(request, "closed", visit, **context)


def _refuse(request: HttpRequest, visit: Visit, form: ReplyForm) -> HttpResponse:
    """Nothing that was typed is lost: it stays on the page and is kept as a draft."""
    draft = _save_draft(visit, form)
    if not visit.is_open:
        visit.survey.found_draft = draft
        return _show_closed(request, visit, visit.reply, form.asks, refused=True)
    form.form_status = said_of(draft)
    return _render(request, "reply", visit, form=form, reply=visit.reply)


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


def _keep_draft(visit: Visit, form: ReplyForm) -> HttpResponse:
    """The page says what is kept, and that it is not sent."""
    _save_draft(visit, form)
    return redirect(visit.page_url)


def said_of(draft: ReplyDraft) -> str:
    """下書きを保存しました 13:02, as the script says it; of an earlier day with the day."""
    at = timezone.localtime(draft.saved_at)
    day = "" if at.date() == clock.today() else f"{wareki.short_date(at)} "
    return _("下書きを保存しました %s") % f"{day}{at:%H:%M}"


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
    is_of_before = visit.reply is not None and not visit.reply.is_for(visit.meeting)
    context = {"visit": visit, "meeting": visit.meeting, "is_of_before": is_of_before, **context}
    return render(request, f"meetings/{name}.html", context, status=status)
