"""Which standard a file follows, in which edition, and which column is which field."""

import re

import pytest

from tablecheck import alike, check, editions_of, kinds, load, names
from tests.tablecheck.sheets import csv, standard
from tests.tablecheck.shelves import one_file_more

OLD_TOILETS = ["NO", "名称", "住所", "男性トイレ_総数", "女性トイレ_総数"]


def chosen(titles, **options):
    return check(csv(",".join(titles)), **options).standard


# Editions


@pytest.mark.parametrize("name", names())
def test_what_is_superseded_exists_and_is_not_present(name):
    older = load(name).supersedes
    assert older is None or (older in names() and not load(older).present)


def test_every_definition_is_an_edition_of_one_kind():
    assert sorted(edition.name for editions in kinds() for edition in editions) == list(names())
    assert [editions[0].present for editions in kinds()] == [True] * len(kinds())


def test_the_editions_of_a_kind_are_told_newest_first():
    assert [edition.name for edition in editions_of(load("aed_suisho_v1"))] == ["aed", "aed_suisho_v1"]


# What a definition says


@pytest.mark.parametrize("name", names())
def test_a_definition_says_where_its_columns_are_taken_from(name):
    for source in load(name).sources:
        assert all(source[key] for key in ("title", "edition", "publisher", "licence"))
        assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}-[0-9]{2})?", source["date"])
        assert source["address"].startswith("https://")


@pytest.mark.parametrize("name", names())
def test_every_column_is_described_in_words_of_our_own(name):
    """The source's sentences end in 「を記載。」, and point to its own notes."""
    for field in load(name).fields:
        assert field.description.endswith("。"), field.title
        assert not re.search(r"を記載|注[0-9]|No\.", field.description + field.note), field.title


@pytest.mark.parametrize("name", names())
def test_what_a_definition_gives_as_an_example_is_right_by_its_own_rules(name):
    own = load(name)
    row = ",".join(f'"{field.example}"' for field in own.fields)
    checked = check(csv(",".join(field.title for field in own.fields), row), standard=own)
    assert [finding.message for finding in checked.findings if finding.row and finding.row > 1] == []


@pytest.mark.parametrize("present", [editions[0].name for editions in kinds()])
def test_a_present_edition_says_what_it_is_about_whose_it_is_and_what_it_replaces(present):
    own, older = load(present), editions_of(load(present))[1]
    replaced = {title for field in own.fields for title in field.replaces}
    assert own.about.endswith("。")
    assert own.sections
    assert replaced <= older.titles - own.titles


# A file put into the folder


def test_a_standard_is_added_by_adding_a_file(tmp_path):
    with one_file_more(tmp_path / "definitions"):
        assert "public_parking" in [editions[0].name for editions in kinds()]
        checked = check(csv("駐車場名称,収容台数,入出庫時間帯", "駅前,二十,終日"))
    assert checked.standard == "public_parking"
    assert [(finding.cell, finding.code) for finding in checked.findings if finding.cell] == [("B2", "number")]


# Choosing


@pytest.mark.parametrize("name", names())
def test_every_standard_is_recognised_by_its_own_header(name):
    own = load(name)
    checked = check(csv(",".join(field.title for field in own.fields)), f"212032_{name}.csv")
    assert (checked.standard, [column.field for column in checked.columns]) == (
        name,
        [field.name for field in own.fields],
    )


def test_a_list_of_a_towns_own_is_not_taken_for_a_standard_because_it_has_names_and_places():
    assert chosen(["ID", "名称", "住所", "緯度", "経度", "電話番号", "備考"]) is None


def test_a_few_columns_of_a_standard_are_recognised_if_they_are_its_own():
    assert chosen(["名称", "緯度", "経度", "男性トイレ総数", "女性トイレ総数"]) == "public_toilet"


def test_what_two_kinds_have_in_common_tells_neither():
    common = [field.title for field in load("public_facility").fields if field.title in load("tourism").titles]
    assert chosen(common) is None


def test_where_two_kinds_fit_alike_it_is_asked_which():
    common = [field.title for field in load("public_facility").fields if field.title in load("tourism").titles]
    assert {kind.name for kind in alike(common)} == {"public_facility", "tourism"}
    (asked,) = [each for each in check(csv(",".join(common))).findings if each.code == "no-standard"]
    assert "一覧」のどちらの標準にも合うため" in asked.message


def test_a_table_of_the_towns_own_is_told_which_standard_it_fits():
    toilets = csv(",".join(field.title for field in load("public_toilet").fields))
    (told,) = [each for each in check(toilets, standard="").findings if each.code == "no-standard"]
    assert told.message == "独自の表として確認しました。列の見出しは、標準の「公衆トイレ一覧」に合います。"


@pytest.mark.parametrize("name", ["public_facility", "tourism"])
def test_the_files_name_decides_between_equals(name):
    common = [field.title for field in load("public_facility").fields if field.title in load("tourism").titles]
    assert check(csv(",".join(common)), f"212032_{name}.csv").standard == name


@pytest.mark.parametrize("named", [None, "public_toilet", "public_toilet_suisho_v1"])
@pytest.mark.parametrize("edition", ["public_toilet", "public_toilet_suisho_v1"])
def test_the_edition_is_told_by_the_columns_whichever_was_named(named, edition):
    assert chosen([field.title for field in load(edition).fields], standard=named) == edition


def test_the_edition_that_was_named_stands_unless_the_titles_are_plainly_anothers():
    shared = ["名称", "緯度", "経度"]
    assert chosen(shared, standard="public_toilet") == "public_toilet"
    assert chosen(shared, standard="public_toilet_suisho_v1") == "public_toilet_suisho_v1"


def test_a_table_of_the_towns_own_is_not_recognised():
    assert chosen([field.title for field in load("public_toilet").fields], standard="") is None


def test_a_standard_given_as_such_is_taken_as_it_is():
    own = standard(名称="text")
    assert chosen([field.title for field in load("aed_suisho_v1").fields], standard=own) == "made"


# Matching


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("男性トイレ数(小便器)", "男性トイレ数（小便器）"),
        ("男性トイレ数［小便器］", "男性トイレ数（小便器）"),
        ("男性トイレ数【小便器】", "男性トイレ数（小便器）"),
        ("全国地方公共団体ｺｰﾄﾞ", "全国地方公共団体コード"),
        ("全国地方公共団体コ―ド", "全国地方公共団体コード"),
        ("名称＿カナ", "名称_カナ"),
        ("名称 カナ", "名称_カナ"),
        ("緯度［１０進］", "緯度"),
        ("No.", "ID"),
    ],
)
def test_a_title_is_known_however_its_dashes_brackets_and_widths_are_written(written, title):
    own = load("public_toilet")
    (column,) = check(csv(f'"{written}"', "1"), standard=own).columns
    assert own.field(column.field).title == title


def test_a_title_is_known_whichever_comma_stands_in_it():
    own = load("evacuation_space")
    (column,) = check(csv('"災害種別_崖崩れ，土石流及び地滑り"', "1"), standard=own).columns
    assert own.field(column.field).title == "災害種別_崖崩れ、土石流及び地滑り"


def test_a_title_that_only_looks_alike_is_no_other_ones():
    """They differ in a figure, or in whom they are for."""
    known = standard(車椅子使用者用トイレ数1="integer", 男性トイレ小便器数="integer")
    checked = check(csv("車椅子使用者用トイレ数2,女性トイレ小便器数,男性のトイレ小便器数"), standard=known)
    assert [column.field for column in checked.columns] == [None, None, "男性トイレ小便器数"]


def test_a_field_is_given_to_one_column_only():
    checked = check(csv("lat,緯度,Latitude"), standard=standard(緯度="latitude"))
    assert [column.field for column in checked.columns] == [None, "緯度", None]
