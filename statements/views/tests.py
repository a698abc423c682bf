"""The tests of accessibility in the administrator's hands: one in a year, judged criterion by criterion."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import attempt, done, posted, press
from members.login import LoggedIn
from members.views.manage import administrators_only, form_page
from statements import actions, automatic
from statements.criteria import CRITERIA
from statements.forms import AccessibilityTestForm, DecisionForm, JudgeForm
from statements.models import AccessibilityTest, CriterionResult, PublishedStatement
from statements.policy import against_results
from statements.results import ResultRow, table_of, to_json
from statements.states import PAGE_NAMES, Statement


@form_page
@administrators_only
def add_test(request: LoggedIn) -> HttpResponse:
    form = AccessibilityTestForm(posted(request), initial={"scope": _scope(), "method": _("目視による確認")})
    if test := attempt(form, actions.add_test, by=Actor.of(request)):
        messages.success(request, _("%sを登録しました。") % test)
        return redirect("statements:test", test.fiscal_year)
    return render(request, "statements/edit_test.html", {"form": form}, status=form.status)


def _scope() -> str:
    """A line for each sort of page; the addresses are the town's to fill in."""
    return "\n".join(str(name) for name in PAGE_NAMES.values())


@form_page
@administrators_only
def edit_test(request: LoggedIn, year: int) -> HttpResponse:
    test = test_of(year)
    form = AccessibilityTestForm(posted(request), instance=test)
    if test := attempt(form, actions.edit_test, test=test, by=Actor.of(request)):
        messages.success(request, _("%sを更新しました。") % test)
        return redirect("statements:test", test.fiscal_year)
    return render(request, "statements/edit_test.html", {"form": form, "year": year}, status=form.status)


@require_safe
@administrators_only
def test(request: LoggedIn, year: int) -> HttpResponse:
    """The table as it stands, each criterion a link to its form."""
    found = test_of(year)
    context = {
        "test": found,
        "table": table_of(found),
        "pages": PAGE_NAMES.items(),
        "machine": automatic.of_this_release(),
    }
    return render(request, "statements/test.html", context)


@require_POST
@administrators_only
def take_in_automatic(request: LoggedIn, year: int) -> HttpResponse:
    if press(request, actions.take_in_automatic, test=test_of(year), by=Actor.of(request)):
        messages.success(request, _("自動試験の結果を取り込みました。担当者による判定は変わりません。"))
    return redirect("statements:test", year)


@form_page
@administrators_only
def judge(request: LoggedIn, year: int, criterion: str) -> HttpResponse:
    test = test_of(year)
    if criterion not in CRITERIA:
        raise Http404
    form = JudgeForm(posted(request), row=CriterionResult.of(test, criterion))

    def store(*, seen: int, **typed: Any) -> CriterionResult:
        judged = form.judged(typed)
        return actions.judge(test=test, criterion=criterion, by=Actor.of(request), seen=seen, **judged)

    if row := attempt(form, store):
        messages.success(request, _("「%s」の判定を保存しました。") % row)
        following = _following(criterion) if "next" in request.POST else None
        return redirect("statements:judge", year, following) if following else redirect("statements:test", year)
    context = {"form": form, "test": test, "criterion": CRITERIA[criterion], "row": _row(test, criterion)}
    return render(request, "statements/judge.html", context, status=form.status)


def _row(test: AccessibilityTest, criterion: str) -> ResultRow:
    return next(row for row in table_of(test).rows if row.criterion.number == criterion)


def _following(criterion: str) -> str | None:
    numbers = list(CRITERIA)
    return next(iter(numbers[numbers.index(criterion) + 1 :]), None)


@form_page
@administrators_only
def publish_results(request: LoggedIn, year: int) -> HttpResponse:
    test = test_of(year)
    table = table_of(test)
    last = PublishedStatement.objects.of(Statement.RESULTS).first()
    shown = actions.hash_of(to_json(table))
    form = DecisionForm(posted(request), changing=last is not None, initial={"shown": shown})
    if done(form, actions.publish_results, test=test, by=Actor.of(request)):
        messages.success(request, _("アクセシビリティの試験結果を公開しました。"))
        return redirect("statements:results")
    context = {
        "form": form,
        "test": test,
        "table": table,
        "pages": PAGE_NAMES.items(),
        "against": against_results(table, last),
    }
    return render(request, "statements/publish_results.html", context, status=form.status)


def test_of(year: int) -> AccessibilityTest:
    return get_object_or_404(AccessibilityTest, fiscal_year=year)
