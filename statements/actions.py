"""What the town says of its site, from the draft to the decision, and the tests of its accessibility."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.calendar import wareki
from foundation.db import clock
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from statements import automatic, policy
from statements.models import AccessibilityTest, CriterionResult, PublishedStatement, TextDraft
from statements.proposals import draft_of
from statements.results import table_of, to_json
from statements.states import BY_HAND, Judgement, Statement
from statements.taken_back import note_withdrawal


@action
def edit_text(*, statement: Statement, by: Actor, seen: int, body: str) -> TextDraft:
    """What citizens read stays as it is until the town has decided."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    draft = TextDraft.objects.select_for_update(no_key=True).filter(statement=statement).first()
    draft = draft or draft_of(statement)
    refuse_stale(draft, seen)
    # Written even where it says what we propose: from now on it is the town's.
    values = {"body": body} if draft.pk else {"body": body, "version": 1}
    changes = write(draft, **values)
    record(by=by, action="statements.edit_text", target=draft, changed=bool(changes))
    return draft


@action
def publish_text(*, statement: Statement, by: Actor, shown: str, **decision: Any) -> PublishedStatement:
    """Exactly what the page showed (`shown`: its hash)."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    body = draft_of(statement).body
    _refuse_unseen(hash_of(body), shown)
    if reason := policy.against(body, PublishedStatement.objects.of(statement).first()):
        raise ValidationError(str(reason))
    said = _publish(statement, by, decision, body=body)
    record(by=by, action="statements.publish_text", target=said, number=said.document_number)
    return said


@action
def withdraw(*, statement: Statement, by: Actor, shown: str, **decision: Any) -> PublishedStatement:
    """By a decision too: the page then says since when and why there is nothing. `shown`: which stood there."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    last = PublishedStatement.objects.standing().of(statement).first()
    if last is None:
        raise ValidationError(_("掲載中の内容がありません。"))
    _refuse_unseen(str(last.number), shown)
    gone = _publish(statement, by, decision)
    note_withdrawal(gone)
    record(by=by, action="statements.withdraw", target=gone, reason=gone.change)
    return gone


@action
def add_test(*, by: Actor, tested_on: date, **fields: Any) -> AccessibilityTest:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    test = AccessibilityTest()
    _write_test(test, tested_on, fields)
    record(by=by, action="statements.add_test", target=test, tested_on=tested_on)
    return test


@action
def edit_test(
    *, test: AccessibilityTest, by: Actor, seen: int, tested_on: date, **fields: Any
) -> AccessibilityTest:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    test = hold(AccessibilityTest.objects.all(), test.pk)
    refuse_stale(test, seen)
    changes = _write_test(test, tested_on, fields)
    record(by=by, action="statements.edit_test", target=test, **changes)
    return test


@action
def take_in_automatic(*, test: AccessibilityTest, by: Actor) -> AccessibilityTest:
    """What a machine found in this release. What a person judged stays as it is."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    test = hold(AccessibilityTest.objects.all(), test.pk)
    found = automatic.of_this_release()
    write(test, automatic=automatic.to_json(found))
    record(by=by, action="statements.take_in_automatic", target=test, tool=found.tool, made_on=found.made_on)
    return test


@action
def judge(
    *,
    test: AccessibilityTest,
    criterion: str,
    by: Actor,
    seen: int,
    judgements: dict[str, str],
    remarks: dict[str, str],
) -> CriterionResult:
    """Of one criterion on each sort of page."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    test = hold(AccessibilityTest.objects.all(), test.pk)
    row = CriterionResult.of(test, criterion)
    refuse_stale(row, seen)
    _refuse_unexplained(test, criterion, judgements, remarks)
    values: dict[str, Any] = {"judgements": judgements, "remarks": remarks}
    write(row, **(values if row.pk else values | {"version": 1}))
    record(by=by, action="statements.judge", target=row, year=test.fiscal_year, **judgements)
    return row


@action
def publish_results(*, test: AccessibilityTest, by: Actor, shown: str, **decision: Any) -> PublishedStatement:
    """Also of a test that is not whole yet: the page says so, cell by cell."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    test = hold(AccessibilityTest.objects.all(), test.pk)
    results = to_json(table_of(test))
    _refuse_unseen(hash_of(results), shown)
    if reason := policy.against_results(table_of(test), PublishedStatement.objects.of(Statement.RESULTS).first()):
        raise ValidationError(str(reason))
    said = _publish(Statement.RESULTS, by, decision, results=results)
    record(by=by, action="statements.publish_results", target=said, year=test.fiscal_year)
    return said


def hash_of(said: Any) -> str:
    """A page sends it back: nobody decides on what their page did not show."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _publish(statement: Statement, by: Actor, decision: dict[str, Any], **said: Any) -> PublishedStatement:
    if decision["decided_on"] > clock.today():
        raise ValidationError({"decided_on": _("決定日は、今日までの日付にしてください。")})
    last = PublishedStatement.objects.of(statement).first()
    if last and not decision.get("change"):
        raise ValidationError({"change": _("改定の内容又は取りやめる理由を入力してください。")})
    row = PublishedStatement(statement=statement, number=last.number + 1 if last else 1, published_by=by.user)
    write(row, **said, **decision)
    return row


def _refuse_unseen(now: str, shown: str) -> None:
    if now != shown:
        raise Conflict(stored=now, sent=shown)


def _write_test(test: AccessibilityTest, tested_on: date, fields: dict[str, Any]) -> dict[str, list[Any]]:
    if tested_on > clock.today():
        raise ValidationError({"tested_on": _("試験の実施日は、今日までの日付にしてください。")})
    return write(test, fiscal_year=wareki.year_of_april(tested_on), tested_on=tested_on, **fields)


def _refuse_unexplained(
    test: AccessibilityTest, criterion: str, judgements: dict[str, str], remarks: dict[str, str]
) -> None:
    """A machine's failure may be mistaken; who says so says why, where citizens read it."""
    found = test.automatic.get("found", {})
    for page, told in judgements.items():
        assert told in BY_HAND
        if found.get(page, {}).get(criterion) and told != Judgement.FAIL and not remarks.get(page):
            raise ValidationError(
                {
                    f"{page}_remark": _(
                        "自動試験では不適合です。適合又は適用なしとするときは、その理由を備考に記入してください。"
                    )
                }
            )
