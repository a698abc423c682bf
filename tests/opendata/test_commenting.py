"""A reviewer says of single cells what is wanted; the section reads it where it mends them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Actor
from opendata import actions
from opendata.table import rows
from tests.opendata.conftest import page, text

WISH = {"row": 5, "column": 3, "text": "「北口」は東口ではありませんか。"}


def comment(version, by, **wish):
    return actions.comment_cell(version=version, by=Actor(by), seen=version.version, **(WISH | wish))


@pytest.fixture
def commented(submitted, suzuki):
    return comment(submitted, suzuki)


def test_the_reviewer_writes_it_at_a_cell(submitted, as_, suzuki):
    browser = as_(suzuki)
    sent = {"cell": " ｃ5", "text": WISH["text"], "seen": submitted.version}
    body = text(browser.post(page("comment_cell"), sent, follow=True))
    assert ("C5にコメントを付けました。" in body, WISH["text"] in body) == (True, True)
    submitted.refresh_from_db()
    assert submitted.comments == [{"id": 1, **WISH, "by": suzuki.pk}]


def test_from_a_row_of_the_table_one_chooses_the_cell_and_comes_back_to_the_row(submitted, as_, suzuki):
    browser = as_(suzuki)
    at = page("comment_cell") + "?row=5"
    assert f'<a href="{at}">5</a>' in text(browser.get(page("review_version")))
    asked = browser.get(at)
    assert list(asked.context["form"].fields["cell"].widget.choices)[3] == ("C5", "C5 設置位置：北口")
    assert "セルを選択してください。" in text(browser.post(at, {"text": "確認", "seen": submitted.version}))
    answer = browser.post(at, {"cell": "C5", "text": WISH["text"], "seen": submitted.version})
    assert answer.url == page("review_version") + "?row=5"


@pytest.mark.parametrize("row", ["99", "0", "x", "9" * 30])
def test_of_a_row_that_is_none_the_address_is_typed(submitted, as_, suzuki, row):
    assert 'name="cell"' in (body := text(as_(suzuki).get(page("comment_cell"), {"row": row})))
    assert "<select" not in body


def test_only_who_decides_is_led_from_the_rows(ready, section):
    assert "?row=5" not in text(section.get(page("table")))


@pytest.mark.parametrize(("cell", "sentence"), [("5C", "「D4」のように"), ("C99", "C99のセルはありません。")])
def test_a_cell_that_is_none_is_refused(submitted, as_, suzuki, cell, sentence):
    sent = {"cell": cell, "text": "確認", "seen": submitted.version}
    assert sentence in text(as_(suzuki).post(page("comment_cell"), sent))


def test_the_section_reads_it_beside_the_cell_and_mends_it_there(commented, suzuki, section):
    actions.return_version(version=commented, by=Actor(suzuki), seen=commented.version, reason="確認")
    assert "セルへのコメントが1件あります" in text(section.get(page("work")))
    assert WISH["text"] in text(section.get(page("findings")))
    typed = {"row": 5, "column": 3, "before": "北口", "value": "東口", "at": "comments"}
    answer = section.post(page("edit_cell"), typed)
    assert (answer.url, rows.standing(commented, {5})[5][2]) == (page("findings") + "#comments", "東口")


def test_it_is_taken_away_again(commented, as_, suzuki):
    as_(suzuki).post(page("drop_comment"), {"comment": "1", "seen": commented.version})
    commented.refresh_from_db()
    assert commented.comments == []


def test_only_who_decides_may(commented, kimura):
    with pytest.raises(PermissionDenied):
        comment(commented, kimura)
    with pytest.raises(PermissionDenied):
        actions.drop_comment(version=commented, by=Actor(kimura), seen=commented.version, comment=1)


def test_there_are_not_more_than_anybody_reads(commented, suzuki, monkeypatch):
    monkeypatch.setattr("opendata.actions.commenting.MOST", 1)
    with pytest.raises(ValidationError, match="コメントは1件までです"):
        comment(commented, suzuki)
