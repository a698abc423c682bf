"""The form, the receipt and the calendar entry of one person, however that person came to them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, Via
from meetings import calendar, policy
from meetings.actions import replies
from meetings.forms.answer import AnswerForm, initial_of, initial_of_draft, name_of_talk, texts_in, typed_in
from meetings.given import Given, given_in, questionnaire
from meetings.models import Reply, ReplyDraft, Survey
from meetings.states import Mode
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

    @property
    def meeting(self):
        return self.survey.meeting

    @property
    def by_link(self):
        return self.actor.via == Via.LINK

    @property
    def is_open(self):
        return policy.is_open(self.survey)

    def reply(self) -> Reply | None:
        return Reply.objects.whole().filter(survey=self.survey, membership=self.membership).first()

    def draft(self) -> ReplyDraft | None:
        return ReplyDraft.objects.filter(survey=self.survey, membership=self.membership).first()


def asked_person(survey: Survey, **who) -> Membership | None:
    """The person with post and category of the day, and what they answered last time."""
    before = Reply.objects.filter(
        membership=OuterRef("pk"), survey__meeting__number__lt=survey.meeting.number
    ).order_by("-survey__meeting__number")
    people = survey.meeting.asked().filter(**who).select_related("user")
    return people.annotate(last_mode=Subquery(before.values("mode")[:1])).first()


def page(request, visit: Visit):
    """The form itself. Sent with 「下書きを保存する」 it is kept without being judged."""
    reply = visit.reply()
    asks = questionnaire(visit.survey, visit.membership)
    if request.method != "POST":
        return _show(request, visit, reply, asks)
    form = AnswerForm(request.POST, asks=asks, last_mode=visit.membership.last_mode)
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


def draft(request, visit: Visit):
    """The autosave of the page's script."""
    form = AnswerForm(request.POST, asks=questionnaire(visit.survey, visit.membership))
    _save_draft(visit, form)
    return HttpResponse(status=204)


def receipt(request, visit: Visit):
    reply = visit.reply()
    if reply is None:
        return redirect(visit.page_url)
    asks = questionnaire(visit.survey, visit.membership)
    context = {"visit": visit, "reply": reply, "answered": told(given_in(reply), asks)}
    return render(request, "meetings/receipt.html", context)


def calendar_entry(request, visit: Visit):
    reply = visit.reply()
    content = calendar.entry(visit.meeting, mode=reply.mode if reply else None)
    headers = {"Content-Disposition": f'attachment; filename="meeting-{visit.meeting.number}.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def told(given: Given | None, asks) -> list[tuple[str, str]]:
    """An answer as a list of label and text, for the receipt and for two versions side by side."""
    if given is None:
        return []
    form = AnswerForm(initial=initial_of(given, 0), asks=asks)
    rows: list[tuple] = [(form.fields["mode"].label, Mode(given.mode).label)]
    simple = ("substitute_name", "substitute_title", "arrival_note", "written_opinion", "note")
    rows += [(AnswerForm.base_fields[name].label, getattr(given, name)) for name in simple]
    rows += [(_("%sさんへの質問") % person.user, given.to_people.get(person.pk)) for person in asks.people]
    rows += [(_("「%s」への質問") % name_of_talk(talk), given.to_talks.get(talk.pk)) for talk in asks.talks]
    themes = [theme.title for theme in asks.themes if theme.pk in given.themes]
    rows += [(AnswerForm.base_fields["themes"].label, "、".join(themes))]
    rows += [(AnswerForm.base_fields["proposal"].label, given.proposal)]
    if given.to_people or given.to_talks:
        rows.append((_("質問者の名前"), _("出してよい") if given.show_name else _("事務局だけが見る")))
    return [(label, text) for label, text in rows if text]


def _show(request, visit, reply, asks):
    if not visit.is_open:
        answered = told(given_in(reply), asks)
        return _render(request, "closed", visit, reply=reply, answered=answered)
    version, draft = reply.version if reply else 0, visit.draft()
    fresh = draft is not None and draft.data.get("version") == [str(version)]
    initial = initial_of_draft(draft.data) if fresh else initial_of(given_in(reply), version)
    form = AnswerForm(initial=initial, asks=asks, last_mode=visit.membership.last_mode)
    overtaken = texts_in(draft.data, form) if draft and not fresh else []
    return _render(request, "reply", visit, form=form, reply=reply, draft=fresh and draft, overtaken=overtaken)


def _refuse(request, visit, form, reply):
    """Nothing that was typed is lost: it stays on the page and is kept as a draft."""
    _save_draft(visit, form)
    return _render(request, "reply", visit, form=form, reply=reply)


def _show_both(request, visit, form, stored):
    """Whoever sends this page again has seen the newest answer, and knows what is replaced."""
    _save_draft(visit, form)
    asks = form.asks
    data = form.data.copy()
    data["version"] = stored.version
    again = AnswerForm(data, asks=asks)
    context = {
        "stored": told(given_in(stored), asks),
        "typed": told(form.given(), asks),
        "hidden": [(name, value) for name in again.fields for value in data.getlist(name)],
        "reply": stored,
    }
    return _render(request, "conflict", visit, status=409, **context)


def _keep_draft(request, visit, form):
    _save_draft(visit, form)
    messages.success(request, _("下書きを保存しました。まだ送信していません。"))
    return redirect(visit.page_url)


def _save_draft(visit, form):
    data = typed_in(form)
    return replies.save_draft(survey=visit.survey, membership=visit.membership, by=visit.actor, data=data)


def _send(visit, form):
    return replies.reply(
        survey=visit.survey,
        membership=visit.membership,
        by=visit.actor,
        given=form.given(),
        idempotency_key=form.cleaned_data["key"],
        version=form.cleaned_data["version"],
    )


def _render(request, name, visit, *, status=200, **context):
    if "form" in context:
        context["form"].autosave_url, context["form"].action = visit.draft_url, visit.page_url
    closed = "" if visit.is_open else replies.closed_sentence(visit.survey)
    context = {"visit": visit, "meeting": visit.meeting, "closed": closed, **context}
    return render(request, f"meetings/{name}.html", context, status=status)
