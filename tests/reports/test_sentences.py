"""Sentences that the rows make, written anew by the desk for a reason, and back again."""

import copy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from meetings.actions import record
from meetings.states import Origin
from reports import actions as reports
from reports.compose import compose
from reports.formats.as_page import page_of
from reports.formats.blocks import walk
from reports.models import SentenceOverride
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

COMPUTED = "オンライン2名を含めた全5名の参加があり、部会の目的と一年の流れを確かめた。"


@pytest.fixture(scope="module")
def first_once(for_the_module):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def replace_turnout(first, words="全5名が参加し、部会の目的を確かめた。", by=None, shown=None):
    sentence = compose(first.meeting).sentence("turnout")
    return reports.override_sentence(
        meeting=first.meeting,
        by=Actor(by or first.desk),
        key="turnout",
        shown=shown or sentence.sha256,
        words=words,
        reason="部会長の指示による",
    )


def restore(first, key):
    reports.restore_sentence(meeting=first.meeting, by=Actor(first.desk), key=key)


def keys(first):
    """By the beginning of the key: rows have other numbers in each test."""
    blocks = walk(compose(first.meeting).blocks)
    return [block.key.rstrip("0123456789") for block in blocks if block.is_replaceable]


def test_every_sentence_that_the_rows_make_can_be_written_anew(first):
    people = ["attendance-member", "attendance-expert"]
    facts = ["title", "held", "place", "attendance", *people]
    asked = ["question-", "answer-", "question-", "answer-", "answer-"]
    assert keys(first) == [*facts, "purpose", "turnout", "request-", "item-", "item-", *asked]
    for key in ("question-1", "details", "nothing"):
        with pytest.raises(ValidationError, match="この文は、今の結果報告にありません。"):
            reports.override_sentence(
                meeting=first.meeting, by=Actor(first.desk), key=key, shown="", words="別の文", reason="理由"
            )


def test_the_computed_sentence_stays_beside_the_one_in_its_place(first):
    replace_turnout(first)
    (span,) = compose(first.meeting).sentence("turnout").spans
    assert (span.text, span.computed, span.reason) == (
        "全5名が参加し、部会の目的を確かめた。",
        COMPUTED,
        "部会長の指示による",
    )
    assert COMPUTED not in first.text()


def test_it_is_taken_back_in_one_press(first):
    before = first.text()
    replace_turnout(first)
    restore(first, "turnout")
    assert first.text() == before
    with pytest.raises(ValidationError, match="既に自動の文に戻っています"):
        restore(first, "turnout")


def test_so_is_a_line_of_the_record(first):
    before, line = first.text(), first.meeting.entries.get(origin=Origin.ELECTION)
    words = {"override": "部会長を選出", "override_reason": "部会長の希望による"}
    record.edit_entry(entry=line, by=Actor(first.desk), seen=line.version, **words)
    assert first.text() != before
    restore(first, f"entry-{line.pk}")
    assert first.text() == before


def test_rows_that_say_something_else_since_ask_for_a_look(first):
    replace_turnout(first)
    assert compose(first.meeting).warnings == []
    reports.write_outcome(
        meeting=first.meeting, by=Actor(first.desk), seen=first.report.version, outcome="別の成果を得た。"
    )
    assert [problem.message for problem in compose(first.meeting).warnings] == [
        (
            "「全5名が参加し、部会の目的を確かめた。」に置き換えた後で、自動の文が変わりました。"
            "置き換えた文を確認してください。"
        )
    ]


def test_what_the_computed_sentence_lacks_is_of_no_matter_then(first):
    replace_turnout(first)
    reports.write_outcome(meeting=first.meeting, by=Actor(first.desk), seen=first.report.version, outcome="")
    assert compose(first.meeting).blockers == []
    restore(first, "turnout")
    assert len(compose(first.meeting).blockers) == 1


def test_only_the_desk_writes_anew_and_only_what_its_page_showed(first):
    with pytest.raises(PermissionDenied):
        replace_turnout(first, by=first.members[0].user)
    with pytest.raises(Conflict):
        replace_turnout(first, shown="another")
    with pytest.raises(ValidationError, match="自動の文と同じです。"):
        replace_turnout(first, words=COMPUTED)


def test_one_row_holds_it_and_none_is_without_a_reason(first):
    replace_turnout(first)
    anew = replace_turnout(first, words="全5名が参加した。")
    assert [one.words for one in SentenceOverride.objects.all()] == ["全5名が参加した。"]
    with pytest.raises(IntegrityError, match="reports_sentence_override_has_reason"):
        SentenceOverride.objects.filter(pk=anew.pk).update(reason="")


def test_the_desk_replaces_and_takes_back_on_its_pages(first, as_):
    desk, at = as_(first.desk), [first.group.slug, first.meeting.number]
    page = reverse("reports:override_sentence", args=[*at, "purpose"])
    draft = reverse("reports:draft", args=at)
    assert f'href="{page}"' in desk.get(draft).content.decode()
    sent = {
        "words": "改行の\nある文",
        "reason": "様式に合わせるため",
        "shown": desk.get(page).context["form"]["shown"].value(),
    }
    assert "この文は、改行せずに入力してください。" in desk.post(page, sent).content.decode()
    assert desk.post(page, sent | {"words": "別の文"}).headers["Location"] == draft
    shown = desk.get(draft).content.decode()
    assert "／理由：様式に合わせるため）" in shown
    assert "自動の文に戻す" in shown
    desk.post(reverse("reports:restore_sentence", args=[*at, "purpose"]))
    assert SentenceOverride.objects.count() == 0


def test_what_readers_get_says_nothing_of_what_was_replaced(first):
    replace_turnout(first)
    page = str(page_of(compose(first.meeting).blocks))
    assert "全5名が参加し、部会の目的を確かめた。" in page
    assert [hidden in page for hidden in ("部会長の指示による", COMPUTED, "置き換え")] == [False] * 3
