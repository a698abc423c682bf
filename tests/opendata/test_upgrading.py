"""A list of the older edition becomes one of the present edition, and is it no longer when that is taken back."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from opendata import actions
from opendata.table import rows
from tests.opendata.conftest import page, text

OLDER = """都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,設置位置,担当
011002,1,北海道,札幌市,中央公園,チュウオウコウエン,札幌市中央区1,入口,甲
011002,2,北海道,札幌市,駅前,エキマエ,北海道札幌市北区2,北口,乙
"""
PRESENT = ["全国地方公共団体コード", "ID", "都道府県名", "地方公共団体名", "名称", "名称_カナ", "所在地_連結表記"]
OUTSIDE = ["都道府県名", "担当"]


@pytest.fixture
def older(upload):
    return upload(OLDER.encode("utf-8-sig"))


def ticked(version):
    return [column["header"] for column in version.columns if not column["publish"]]


def press(client, version):
    return client.post(page("upgrade"), {"seen": version.version}, follow=True)


def test_the_page_shows_what_becomes_of_each_column(section, older):
    body = text(section.get(page("upgrade")))
    assert "所在地_連結表記" in body
    assert "「札幌市中央区1」→「北海道札幌市中央区1」" in body
    assert "C 都道府県名" in body


def test_a_press_brings_the_list_to_the_present_edition(section, older):
    press(section, older)
    older.refresh_from_db()
    assert (older.standard, rows.header_of(older)[:7]) == ("public_toilet", PRESENT)
    assert [cells[3] for cells in rows.one_by_one(older)] == ["北海道札幌市", "北海道札幌市"]
    assert ticked(older) == OUTSIDE


def test_it_is_taken_back_whole(section, older, kimura):
    before = (rows.header_of(older), list(rows.one_by_one(older)), ticked(older))
    press(section, older)
    older.refresh_from_db()
    actions.undo_repairs(version=older, by=Actor(kimura), seen=older.version, code="edition")
    older.refresh_from_db()
    assert older.standard == "public_toilet_suisho_v1"
    assert (rows.header_of(older), list(rows.one_by_one(older)), ticked(older)) == before


def test_a_list_of_the_present_edition_has_no_such_page(section, older, kimura):
    press(section, older)
    assert section.get(page("upgrade")).status_code == 302
    older.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.upgrade(version=older, by=Actor(kimura), seen=older.version)


def test_an_old_page_changes_nothing(section, older):
    section.post(page("upgrade"), {"seen": older.version - 1})
    older.refresh_from_db()
    assert older.standard == "public_toilet_suisho_v1"


# What was done before, and what is done after


def standing_of(version):
    version.refresh_from_db()
    return version.standard, rows.header_of(version), {row.row: row.cells for row in version.rows.order_by("row")}


def test_what_was_typed_before_stays_and_is_taken_back_alone(section, older, kimura):
    actions.edit_cell(version=older, row=2, column=5, before="中央公園", value="中央広場", by=Actor(kimura))
    actions.edit_cell(
        version=older, row=2, column=7, before="札幌市中央区1", value="札幌市中央区2", by=Actor(kimura)
    )
    older.refresh_from_db()
    press(section, older)
    typed = older.repairs.filter(code="by-hand").order_by("column")
    assert [older.rows.get(row=2).cells[at] for at in (4, 6)] == ["中央広場", "北海道札幌市中央区2"]
    undone = [actions.undo_repairs(version=older, by=Actor(kimura), seen=0, repair=repair.pk) for repair in typed]
    # The address was joined since: first that is taken back, then what was typed.
    assert undone == [1, 0]
    older.refresh_from_db()
    actions.undo_repairs(version=older, by=Actor(kimura), seen=older.version, code="edition")
    assert actions.undo_repairs(version=older, by=Actor(kimura), seen=0, repair=typed[1].pk) == 1
    assert standing_of(older)[2][2][6] == "札幌市中央区1"


@pytest.mark.parametrize("way", [{"dropped": [3]}, {"header_row": 1}, {"encoding": "utf-8-sig"}])
def test_the_file_read_anew_in_another_way_is_still_of_the_present_edition(section, older, kimura, way):
    actions.edit_cell(version=older, row=2, column=5, before="中央公園", value="中央広場", by=Actor(kimura))
    older.refresh_from_db()
    press(section, older)
    standard, header, cells = standing_of(older)
    read = actions.read(version=older, by=Actor(kimura), way=way)
    if "dropped" in way:
        assert standing_of(read) == (standard, header, {2: cells[2]})
        read = actions.read(version=read, by=Actor(kimura), way={})
    assert standing_of(read) == (standard, header, cells)
    assert ticked(read) == OUTSIDE
    assert section.get(page("upgrade")).status_code == 302
