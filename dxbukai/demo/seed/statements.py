"""What 見本市 says of its site: three texts are decided on, the fourth and a test of accessibility are in work."""

from typing import Any

from django.utils import timezone

from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from statements import actions
from statements.proposals import draft_of
from statements.states import Judgement, PageType, Statement

DECIDED = (Statement.CONTACT, Statement.POLICY, Statement.PRIVACY)
# There is neither sound nor film on any page, and nothing that moves or flashes.
NOT_APPLICABLE = ("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2", "2.2.2", "2.3.1")


def plant(here: Town) -> None:
    by = Actor(here.administrator)
    decision: dict[str, Any] = {"decided_on": timezone.localdate(), "decided_by": "行政経営部長"}
    for number, text in enumerate(DECIDED, start=41):
        shown = actions.hash_of(draft_of(text).body)
        actions.publish_text(statement=text, by=by, shown=shown, document_number=f"行経第{number}号", **decision)
    test_the_site(by)


def test_the_site(by: Actor) -> None:
    test = actions.add_test(
        by=by,
        tested_on=timezone.localdate(),
        tester="行政経営課",
        method="キーボードとスクリーンリーダーによる確認",
        scope="各ページの種類から1ページずつ",
    )
    actions.take_in_automatic(test=test, by=by)
    judgements = dict.fromkeys(map(str, PageType), Judgement.NOT_APPLICABLE.value)
    for criterion in NOT_APPLICABLE:
        actions.judge(test=test, criterion=criterion, by=by, seen=0, judgements=judgements, remarks={})
