"""Faulty cells are mended one after the other without losing one's place, and rows that are none are taken out."""

import re

import pytest

from foundation.actions import Actor
from foundation.http.in_place import IN_PLACE
from opendata import actions
from opendata.states import RepairState
from opendata.table import rows
from tests.opendata.conftest import page, text

TITLES = "名称,所在地_連結表記,設置位置,緯度,経度\n"
LACKING = TITLES + "駅,見本市1,,36.1,137.2\n港,見本市2,,36.1,137.2\n森,見本市3,,36.1,137.2\n12か所,,,,\n"
BETTER = {"column": 3, "before": "", "value": "北口", "at": "required"}


@pytest.fixture
def lacking(upload):
    return upload(LACKING)


def numbers(version):
    return list(version.rows.order_by("row").values_list("row", flat=True))


def type_(section, row, **typed):
    return section.post(page("edit_cell"), {"row": row, **BETTER, **typed})


def test_after_saving_one_stands_at_the_next_faulty_cell(lacking, section):
    assert [type_(section, row).url.partition("#")[2] for row in (3, 2, 4)] == [
        "required-C4",
        "required-C4",
        "required-B5",
    ]


def test_on_the_page_of_a_kind_one_stays_there(lacking, section):
    answer = type_(section, 2, of="required 1")
    assert answer.url == page("findings") + "?kind=required&page=1#required-C3"


def test_a_value_typed_is_judged_again_before_it_is_called_right(lacking, section):
    typed = {"row": 2, "column": 4, "before": "36.1", "at": "number"}
    wrong = section.post(page("edit_cell"), typed | {"value": "ほげ"}, follow=True)
    assert "D2に保存しましたが、まだ指摘があります。D2セル（緯度）「ほげ」：" in text(wrong)
    right = section.post(page("edit_cell"), typed | {"before": "ほげ", "value": "36.2"}, follow=True)
    assert "D2を、入力した値に修正しました。" in text(right)


def test_in_place_the_answer_is_what_was_found_and_said_and_nothing_else(lacking, section):
    headers = {"X-Requested-With": IN_PLACE}
    answer = section.post(page("edit_cell"), {"row": 2, **BETTER}, headers=headers)
    body = text(answer)
    assert re.findall(r'^<div id="([a-z-]+)"', body, re.MULTILINE) == ["found-said", "found"]
    assert ("C2を、入力した値に修正しました。" in body, "required-C3" in body, "required-C2" in body) == (
        True,
        True,
        False,
    )
    # A row taken out changes the whole page.
    sent = {"row": 5, "seen": lacking.version}
    assert section.post(page("drop_row"), sent, headers=headers).status_code == 409
    lacking.refresh_from_db()
    assert numbers(lacking) == [2, 3, 4, 5]


def test_a_row_that_is_no_record_is_taken_out_and_back(lacking, section):
    assert "5行目をデータから外す" in text(section.get(page("findings")))
    answer = section.post(page("drop_row"), {"row": 5, "seen": lacking.version}, follow=True)
    lacking.refresh_from_db()
    assert ("5行目をデータから外しました。" in text(answer), numbers(lacking)) == (True, [2, 3, 4])
    assert "データに戻す" in text(answer)
    section.post(page("restore_row"), {"row": 5, "seen": lacking.version})
    lacking.refresh_from_db()
    assert (numbers(lacking), lacking.way) == ([2, 3, 4, 5], {})


def test_a_note_that_was_left_out_is_taken_back_at_a_press(upload, section):
    version = upload(LACKING + "※令和8年4月現在,,,,\n")
    assert numbers(version) == [2, 3, 4, 5]
    section.post(page("restore_row"), {"row": 6, "seen": version.version})
    version.refresh_from_db()
    assert (numbers(version), version.way) == ([2, 3, 4, 5, 6], {"kept": [6]})


@pytest.mark.parametrize("sent", [{"row": "x"}, {"row": 5, "seen": 0}, {}])
def test_a_row_of_another_file_stays(lacking, section, sent):
    section.post(page("drop_row"), sent)
    lacking.refresh_from_db()
    assert numbers(lacking) == [2, 3, 4, 5]


def test_what_was_typed_in_a_row_waits_while_the_row_is_out(lacking, section, kimura):
    type_(section, 4)
    lacking.refresh_from_db()
    section.post(page("drop_row"), {"row": 4, "seen": lacking.version})
    lacking.refresh_from_db()
    assert list(lacking.repairs.values_list("row", "state")) == [(4, RepairState.ACCEPTED)]
    section.post(page("restore_row"), {"row": 4, "seen": lacking.version})
    lacking.refresh_from_db()
    assert rows.standing(lacking, {4})[4][2] == "北口"
    (repair,) = lacking.repairs.all()
    actions.undo_repairs(version=lacking, by=Actor(kimura), seen=lacking.version, repair=repair.pk)
    assert rows.standing(lacking, {4})[4][2] == ""
