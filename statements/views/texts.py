"""The town's texts in the administrator's hands: drafts, and the decisions by which they are published."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.ui.attempts import attempt, done, posted
from members.login import LoggedIn
from members.views.manage import administrators_only, form_page
from statements import actions
from statements.forms import DecisionForm, EditTextForm, WithdrawStatementForm
from statements.models import AccessibilityTest, PublishedStatement
from statements.plain_text import parts_of
from statements.policy import against
from statements.proposals import draft_of, proposal_of, says_too_much
from statements.states import TEXTS, Statement


@require_safe
@administrators_only
def overview(request: LoggedIn) -> HttpResponse:
    last = {one.statement: one for one in PublishedStatement.objects.newest()}
    context = {
        "texts": [
            {"statement": text, "last": last.get(text), "waits": _waits(text, last.get(text))} for text in TEXTS
        ],
        "tests": AccessibilityTest.objects.all(),
        "results": last.get(Statement.RESULTS),
    }
    return render(request, "statements/overview.html", context)


def _waits(text: Statement, last: PublishedStatement | None) -> bool | None:
    """Whether the draft says something else than citizens read; None where they read nothing."""
    return None if last is None or last.is_withdrawal else draft_of(text).body != last.body


@form_page
@administrators_only
def edit_text(request: LoggedIn, statement: str) -> HttpResponse:
    text = text_of(statement)
    draft = draft_of(text)
    form = EditTextForm(posted(request), initial={"seen": draft.version, "body": draft.body})
    if attempt(form, actions.edit_text, statement=text, by=Actor.of(request)):
        messages.success(request, _("「%s」の下書きを保存しました。まだ公開していません。") % text.label)
        return redirect("statements:publish_text", text)
    context = {"form": form, "statement": text, "proposal": proposal_of(text), "draft": draft}
    return render(request, "statements/edit_text.html", context, status=form.status)


@form_page
@administrators_only
def publish_text(request: LoggedIn, statement: str) -> HttpResponse:
    """What citizens would read, and the form that records the decision."""
    text = text_of(statement)
    body = draft_of(text).body
    last = PublishedStatement.objects.of(text).first()
    form = DecisionForm(posted(request), changing=last is not None, initial={"shown": actions.hash_of(body)})
    if done(form, actions.publish_text, statement=text, by=Actor.of(request)):
        messages.success(request, _("「%s」を公開しました。") % text.label)
        return redirect("statements:overview")
    context = {
        "form": form,
        "statement": text,
        "parts": parts_of(body),
        "too_much": says_too_much(body),
        "against": against(body, last),
    }
    return render(request, "statements/publish_text.html", context, status=form.status)


@form_page
@administrators_only
def withdraw(request: LoggedIn, statement: str) -> HttpResponse:
    if statement not in Statement.values:
        raise Http404
    kind = Statement(statement)
    last = PublishedStatement.objects.standing().of(kind).first()
    form = WithdrawStatementForm(posted(request), initial={"shown": str(last.number) if last else ""})
    if done(form, actions.withdraw, statement=kind, by=Actor.of(request)):
        messages.success(request, _("「%s」の掲載を取りやめました。") % kind.label)
        return redirect("statements:overview")
    context = {"form": form, "statement": kind, "last": last}
    return render(request, "statements/withdraw.html", context, status=form.status)


def text_of(statement: str) -> Statement:
    if statement not in TEXTS:
        raise Http404
    return Statement(statement)
