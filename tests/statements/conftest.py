import pytest
from django.utils import timezone

from foundation.actions import Actor
from statements import actions, automatic
from statements.criteria import CRITERIA
from statements.proposals import draft_of
from statements.results import table_of, to_json
from statements.states import Judgement, PageType, Statement
from tests import builders

DECISION = {"decided_on": timezone.localdate(), "decided_by": "行政経営部長"}


@pytest.fixture
def by_abe(abe):
    return Actor(abe)


@pytest.fixture
def office(as_, abe):
    return as_(abe)


@pytest.fixture
def publish(by_abe, town):
    """`publish("privacy", body="…")`: the administrator writes it and records the town's decision."""

    def do(statement, body=None, **decision):
        statement = Statement(statement)
        if body is not None:
            actions.edit_text(statement=statement, by=by_abe, seen=draft_of(statement).version, body=body)
        shown = actions.hash_of(draft_of(statement).body)
        return actions.publish_text(statement=statement, by=by_abe, shown=shown, **(DECISION | decision))

    return do


@pytest.fixture
def withdraw(by_abe):
    def do(statement, *, upto, by=None, **decision):
        words = DECISION | {"change": "誤りがあったため"} | decision
        actor = Actor(by) if by else by_abe
        return actions.withdraw(statement=Statement(statement), by=actor, shown=str(upto), **words)

    return do


@pytest.fixture
def accessibility_test(town):
    return builders.make_accessibility_test()


@pytest.fixture
def judge(by_abe, accessibility_test):
    """`judge("1.1.1", "pass")` on each sort of page, or on those named: `judge("1.1.1", home="fail")`."""

    def do(criterion, told=None, *, seen=0, remarks=None, **pages):
        judgements = pages or {page.value: told for page in PageType}
        values = {"seen": seen, "judgements": judgements, "remarks": remarks or {}}
        return actions.judge(test=accessibility_test, criterion=criterion, by=by_abe, **values)

    return do


@pytest.fixture
def whole(judge):
    """`whole("fail")`: everything is judged and met, but for the first criterion."""

    def do(first=Judgement.PASS):
        for number in CRITERIA:
            judge(number, first if number == "1.1.1" else Judgement.PASS)

    return do


@pytest.fixture
def publish_results(by_abe, accessibility_test):
    def do(**decision):
        accessibility_test.refresh_from_db()
        shown = actions.hash_of(to_json(table_of(accessibility_test)))
        return actions.publish_results(test=accessibility_test, by=by_abe, shown=shown, **(DECISION | decision))

    return do


@pytest.fixture
def machine(monkeypatch):
    """`machine(home={"1.1.1": ["image-alt"]})`: what came with this release."""

    def says(**found):
        day = timezone.localdate()
        release = automatic.Automatic("axe-core 4.0", day, {page.value: {} for page in PageType} | found)
        monkeypatch.setattr(automatic, "of_this_release", lambda: release)

    return says
