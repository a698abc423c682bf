"""Columns without a standard are judged by what they probably hold, and what is found is a warning."""

import pytest

from tablecheck import check
from tablecheck.part import bound_to, check_columns
from tests.tablecheck.sheets import cells, csv, standard


def told(header, *lines):
    """(cell, code, level, repair) of what was found in cells."""
    return [(item.cell, item.code, item.level, item.repair) for item in cells(check(csv(header, *lines)))]


def taken_for(header, *lines):
    said = [item.message for item in check(csv(header, *lines)).findings if item.code == "kinds-guessed"]
    return said[0].removeprefix("見出しと値から、").partition("の列と推定して")[0] if said else ""


# By the title


@pytest.mark.parametrize(
    ("title", "value", "kind"),
    [
        ("緯度", "36.1", "緯度"),
        ("東経", "137", "経度"),
        ("問合せ先電話番号", "-", ""),
        ("問合せ先電話番号", "0123-45-6789", "電話番号"),
        ("FAX（事務室）", "0123-45-6789", "電話番号"),
        ("電話", "有", ""),
        ("郵便番号", "123-4567", "郵便番号"),
        ("ホームページ", "example.jp", "URL"),
        ("市町村コード", "212032", "全国地方公共団体コード"),
        ("閉館時刻", "17時", "時刻"),
        ("設置年月日", "令和3年", "日付"),
        ("開館曜日", "月・水", "曜日"),
        ("開館曜日", "祝日を除く毎日", ""),
        ("施設名カナ", "ｴｷ", "カナ"),
        ("よみがな", "えき", "読み"),
        ("収容人数", "１，２００", "数値"),
        ("収容人数", "多数", ""),
        ("説明", "36.1", ""),
    ],
)
def test_a_title_says_what_a_column_holds_if_its_cells_bear_it_out(title, value, kind):
    assert taken_for(f"館,{title}", f"本館,{value}") == (kind and f"B列は{kind}")


# By the values


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["0123-45-6789"] * 4 + ["なし"], "電話番号"),
        (["0123-45-6789"] * 3 + ["なし"], ""),
        (["https://example.jp/a", "https://example.jp/b"], "URL"),
        (["a@example.jp", "b@example.jp"], "メールアドレス"),
        (["2024/4/1", "R6.4.2"], "日付"),
        (["9:00", "10：30"], "時刻"),
        (["1234567890123", "2234567890123"], "法人番号"),
        (["1", "2"], ""),
        ([], ""),
    ],
)
def test_where_four_in_five_values_fit_they_say_it(values, kind):
    lines = [f"館{at},{value}" for at, value in enumerate(values)]
    assert taken_for("館,控え", *lines) == (kind and f"B列は{kind}")


# What is found


def test_swapped_coordinates_are_found_and_not_called_an_error():
    assert told("名,緯度,経度", "駅,137.25,36.14") == [
        ("B2", "coordinate-swapped", "warning", "36.14"),
        ("C2", "coordinate-swapped", "warning", "137.25"),
    ]
    assert check(csv("名,緯度,経度", "駅,137.25,36.14")).has_errors is False


def test_coordinates_that_are_no_numbers_or_nowhere_in_japan():
    assert told("名,緯度,経度", "駅,３６．１５,137.2", "港,0,0", "寺,不明,137.2", "森,北緯35度52分5秒,137.2") == [
        ("B2", "fullwidth", "warning", "36.15"),
        ("B3", "outside-japan", "warning", None),
        ("C3", "outside-japan", "warning", None),
        ("B4", "number", "warning", None),
        ("B5", "coordinate-degrees", "warning", "35.868056"),
    ]


def test_what_is_wrong_in_any_column_stays_an_error():
    assert told("館,電話番号", "本館,0123-45-6789", "分館,#N/A") == [("B3", "excel-error", "error", None)]


def test_a_table_of_the_sections_own_may_write_its_postal_codes_with_a_hyphen():
    assert told("館,郵便番号", "本館,123-4567", "分館,23-4567") == [("B3", "zero-lost", "warning", "0234567")]


def test_a_time_that_only_its_look_betrays_may_be_written_in_any_way():
    assert told("館,窓口", *[f"館{at},{at}:00" for at in range(8, 13)], "分館,朝") == [
        ("B7", "time", "warning", None)
    ]
    assert told("館,開始時間", "本館,9:00")[0][1] == "time-format"


def test_of_a_standard_only_what_counts_and_is_kept_as_text_is_guessed():
    lines = [f"病院{at},{at}0,0123-45-678{at}" for at in range(1, 9)]
    checked = check(
        csv("名称,病床数,備考", *lines, "分院,三十,x"), standard=standard(名称="text", 病床数="text", 備考="text")
    )
    assert [(item.cell, item.code, item.level) for item in cells(checked)] == [("B10", "number", "warning")]


def test_new_years_day_is_a_day_unless_its_neighbours_are_numbers_of_two():
    assert told("館,休み", "本館,1月1日", "分館,月曜日") == []
    assert told("館,番地", "本館,3-15", "分館,12-1", "別館,1月2日") == [("B4", "excel-date", "warning", "1-2")]


def test_titles_are_looked_at_as_well():
    assert told_of_titles('館,"所在\n地",菴乗園', "本館,見本市1,a") == [
        ("B1", "line-break", "所在地"),
        ("C1", "garbled", "住所"),
    ]


def told_of_titles(*lines):
    findings = check(csv(*lines)).findings
    return [(item.cell, item.code, item.repair) for item in findings if item.row == 1 and item.repair]


def test_a_changed_cell_is_judged_by_the_same_guess():
    table = check(csv("名,緯度,経度", "駅,137.25,36.14")).table
    assert bound_to({2}, table.header, None) == {2, 3}
    assert [finding.code for finding in check_columns(table, {2, 3}, None)[0]] == ["coordinate-swapped"] * 2
