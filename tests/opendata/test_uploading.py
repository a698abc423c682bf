"""A file comes in, is read, and gives way to another."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Actor, Conflict
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from opendata.table import originals
from tests import builders
from tests.opendata.conftest import CLEAN, TOILETS, codes, publication

HEADER = ["名称", "所在地_連結表記", "設置位置", "緯度", "経度", "車椅子使用者用トイレ有無", "担当者氏名"]


# A file comes in


def test_the_file_is_kept_before_it_is_read(kimura, environment_section):
    version = actions.upload(
        department=environment_section,
        standard="public_toilet",
        name="公衆トイレ.csv",
        data=b"\0\1",
        by=Actor(kimura),
    )
    assert originals.load(version.original.name) == b"\0\1"
    assert (version.detected, version.rows.count()) == ({}, 0)


def test_reading_says_what_was_found(draft):
    kept = {key: draft.detected[key] for key in ("format", "encoding", "header_row", "rows")}
    assert kept == {"format": "csv", "encoding": "cp932", "header_row": 3, "rows": 3}
    assert [column["header"] for column in draft.columns] == HEADER
    assert list(draft.rows.values_list("row", flat=True)) == [4, 5, 6]


def test_columns_of_the_standard_are_published_and_others_are_not(draft):
    assert [column["publish"] for column in draft.columns] == [True] * 6 + [False]


def test_reading_finds_errors_and_proposes_repairs(draft):
    assert codes(draft) == [("D4", "fullwidth"), ("F4", "choice-mark")]
    proposed = [(repair.cell, repair.before, repair.after, repair.state) for repair in draft.repairs.all()]
    assert proposed == [("D4", "３６．１４６", "36.146", "proposed"), ("F4", "○", "有", "proposed")]


def test_an_older_edition_is_found_by_its_columns(upload):
    old = "NO,都道府県名,名称,名称_カナ,住所,設置位置,緯度,経度\n1,見本県,駅,エキ,見本市1,北口,36,137\n"
    assert upload(old).standard == "public_toilet_suisho_v1"


def test_a_table_of_ones_own_is_held_against_no_standard(upload):
    version = upload(standard="", name="公園の一覧.csv")
    assert (version.standard, version.title) == ("", "公園の一覧")
    assert [column["publish"] for column in version.columns] == [False] * 7


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(upload):
    version = upload(b"%PDF-1.7 ...")
    assert version.unreadable.startswith("これはPDFファイルで、表として読み込めません。")
    assert originals.load(version.original.name) == b"%PDF-1.7 ..."


def test_the_same_file_sent_twice_is_one_data_set(upload):
    assert upload() == upload()
    assert Dataset.objects.count() == 1


def test_another_data_set_of_the_kind_gets_another_address(upload):
    upload()
    assert upload(CLEAN).dataset.slug == "public-toilet-2"


def test_an_upload_takes_up_the_open_assignment(sato, group, citizens_section):
    first = builders.make_meeting(group=group, number=1)
    second = builders.make_meeting(group=group, number=2)
    assignment = first.assignments.create(
        due_meeting=second, title="オープンデータ", summary_text="作成", detail_text="作成"
    )
    version = actions.upload(department=citizens_section, standard="aed", name="a.csv", data=b"a", by=Actor(sato))
    assert version.dataset.assignment == assignment


def test_only_the_section_uploads(sato, environment_section):
    with pytest.raises(PermissionDenied):
        actions.upload(department=environment_section, standard="", name="a.csv", data=b"a", by=Actor(sato))
    assert Dataset.objects.count() == 0


# The file is replaced


def test_replacing_starts_over_and_keeps_the_ticks(ready, kimura):
    columns = frozenset({1, 2, 3})
    ready = actions.describe(
        version=ready, by=Actor(kimura), seen=ready.version, publication=publication(ready, columns=columns)
    )
    version = actions.replace(
        dataset=ready.dataset, seen=ready.version, name="直した.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    version = actions.read(version=version, by=Actor(kimura))
    assert (version.pk, version.number, version.original_name) == (ready.pk, 1, "直した.csv")
    assert [column["publish"] for column in version.columns] == [True, True, True, False, False]
    assert (version.repairs.count(), version.privacy_confirmed) == (0, False)


def test_replacing_by_the_same_file_changes_nothing(ready, kimura):
    version = actions.replace(
        dataset=ready.dataset, seen=ready.version, name="a.csv", data=TOILETS.encode("cp932"), by=Actor(kimura)
    )
    assert (version.original_name, version.repairs.count()) == ("公衆トイレ.csv", 2)


def test_a_page_that_showed_a_draft_begins_no_next_version(published, kimura):
    """It was published meanwhile: the page promised to replace, not to begin anew."""
    with pytest.raises(Conflict):
        actions.replace(dataset=published.dataset, seen=3, name="次.csv", data=CLEAN.encode(), by=Actor(kimura))
    assert published.dataset.versions.count() == 1


def test_what_was_handed_in_is_not_replaced(submitted, kimura):
    with pytest.raises(ValidationError, match="提出済みのため、差し替えられません"):
        actions.replace(
            dataset=submitted.dataset, seen=submitted.version, name="a.csv", data=b"a", by=Actor(kimura)
        )


def test_a_new_version_leaves_the_old_one_public(published, kimura):
    version = actions.replace(
        dataset=published.dataset, seen=0, name="次.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    assert (version.number, version.state) == (2, VersionState.DRAFT)
    assert list(DatasetVersion.objects.current()) == [published]
