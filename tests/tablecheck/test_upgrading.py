"""From an older edition of a standard to the present one: nothing is lost, and what has no place is said."""

import pytest

from tablecheck import apply, check, kinds, load, repairs_to, upgrade
from tests.tablecheck.sheets import csv

OLDER = [editions[1].name for editions in kinds()]
TOILETS = csv(
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,多機能トイレ数,担当",
    "011002,1,北海道,札幌市,中央公園,札幌市中央区1,2,甲",
    "011002,2,北海道,北海道札幌市,駅前,北海道札幌市北区2,,乙",
    "011002,3,北海道,,川端,西町3,1,",
)


def upgraded(data, older):
    table = check(data, standard=load(older)).table
    plan = upgrade(table.header, load(older))
    return plan, apply(table, repairs_to(plan, table))


def test_titles_are_renamed_in_place_and_every_value_is_kept():
    _plan, table = upgraded(TOILETS, "public_toilet_suisho_v1")
    assert table.header == [
        "全国地方公共団体コード",
        "ID",
        "都道府県名",
        "地方公共団体名",
        "名称",
        "所在地_連結表記",
        "多機能トイレ数",
        "担当",
    ]
    assert list(table.columns[2]) == ["北海道"] * 3
    assert list(table.columns[7]) == ["甲", "乙", ""]


def test_the_towns_name_gets_its_prefecture_unless_it_has_it_or_is_not_there():
    _plan, table = upgraded(TOILETS, "public_toilet_suisho_v1")
    assert list(table.columns[3]) == ["北海道札幌市", "北海道札幌市", ""]


def test_an_address_gets_its_prefecture_where_it_begins_with_the_town():
    _plan, table = upgraded(TOILETS, "public_toilet_suisho_v1")
    assert list(table.columns[5]) == ["北海道札幌市中央区1", "北海道札幌市北区2", "西町3"]


def test_what_has_no_place_in_the_present_edition_is_said():
    """Barrier-free toilets are not what 多機能トイレ were; nobody turns the one into the other by itself."""
    plan, _table = upgraded(TOILETS, "public_toilet_suisho_v1")
    assert [column.header for column in plan.leaving] == ["都道府県名", "多機能トイレ数"]
    assert [field.title for field in plan.lacking] == ["設置位置"]


@pytest.mark.parametrize("older", OLDER)
def test_what_was_upgraded_is_recognised_as_the_present_edition(older):
    own = load(older)
    row = ",".join(f'"{field.example}"' for field in own.fields)
    plan, table = upgraded(csv(",".join(f'"{field.title}"' for field in own.fields), row), older)
    assert set(table.header) >= {step.title for step in plan.renamed}
    told = check(csv(",".join(f'"{title}"' for title in table.header)), f"012_{plan.present.file_slug}.csv")
    assert told.standard == plan.present.name
    assert len(plan.leaving) + len(plan.renamed) <= len(own.fields)


@pytest.mark.parametrize("name", ["public_toilet", "aed"])
def test_the_present_edition_needs_nothing(name):
    assert upgrade([field.title for field in load(name).fields], load(name)) is None


def test_an_older_edition_is_said_to_be_one():
    told = check(TOILETS, standard=load("public_toilet_suisho_v1")).findings
    assert [each.message for each in told if each.code == "edition"] == [
        "推奨データセット（2017〜2021年）の列です。現行の版（自治体標準オープンデータセット）に合わせられます。"
    ]
