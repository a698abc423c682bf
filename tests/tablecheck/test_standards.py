"""Which standard a file follows, in which edition, and which column is which field."""

import pytest

from tablecheck import check, editions_of, kinds, load, names
from tests.tablecheck.sheets import csv, standard

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


def test_a_title_that_only_looks_alike_is_no_other_ones():
    """They differ in a figure, or in whom they are for."""
    known = standard(車椅子使用者用トイレ数1="integer", 男性トイレ小便器数="integer")
    checked = check(csv("車椅子使用者用トイレ数2,女性トイレ小便器数,男性のトイレ小便器数"), standard=known)
    assert [column.field for column in checked.columns] == [None, None, "男性トイレ小便器数"]


def test_a_field_is_given_to_one_column_only():
    checked = check(csv("lat,緯度,Latitude"), standard=standard(緯度="latitude"))
    assert [column.field for column in checked.columns] == [None, "緯度", None]
