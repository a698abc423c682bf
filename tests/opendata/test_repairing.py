"""Cells change by proposed repairs and by hand, and back again."""

import pytest

from foundation.actions import Actor, Conflict
from opendata import actions
from opendata.states import RepairState
from opendata.table import checking, rows
from tablecheck import repairs_of
from tests.opendata.conftest import CLEAN, codes


def cells(version, row):
    return version.rows.get(row=row).cells


def test_accepting_makes_all_safe_repairs(draft, kimura):
    assert actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version) == 2
    draft.refresh_from_db()
    assert cells(draft, 4)[3:6] == ["36.146", "137.252", "有"]
    assert codes(draft) == []


def test_accepting_one_kind_leaves_the_others(draft, kimura):
    assert actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version, code="fullwidth") == 1
    draft.refresh_from_db()
    assert codes(draft) == [("F4", "choice-mark")]


def test_accepting_one_repair(draft, kimura):
    assert (
        actions.accept_repairs(
            version=draft, by=Actor(kimura), seen=draft.version, repair=draft.repairs.get(column=6).pk
        )
        == 1
    )
    draft.refresh_from_db()
    assert codes(draft) == [("D4", "fullwidth")]


def test_of_two_repairs_of_a_kind_in_a_row_one_is_made_alone(upload, kimura):
    version = upload(CLEAN.replace("36.", "３６.").replace("137.", "１３７."))
    first = version.repairs.get(column=4)
    assert actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version, repair=first.pk) == 1


def test_latitude_and_longitude_are_swapped_together(upload, kimura):
    version = upload("名称,所在地_連結表記,設置位置,緯度,経度\n駅,見本市1,北口,137.252,36.146\n")
    actions.accept_repairs(
        version=version, by=Actor(kimura), seen=version.version, repair=version.repairs.get(column=4).pk
    )
    version.refresh_from_db()
    assert (cells(version, 2)[3:], codes(version)) == (["36.146", "137.252"], [])


def test_a_repair_of_the_header_renames_the_column(upload, kimura):
    version = upload("名称,住所,設置位置,緯度,経度\n駅,見本市1,北口,36.1,137.2\n")
    actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version, code="header-variant")
    version.refresh_from_db()
    assert [column["header"] for column in version.columns][1] == "所在地_連結表記"


def test_undoing_gives_the_cell_back_and_does_not_propose_again(draft, kimura):
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    draft.refresh_from_db()
    assert actions.undo_repairs(version=draft, by=Actor(kimura), seen=draft.version, code="fullwidth") == 1
    draft.refresh_from_db()
    assert cells(draft, 4)[3] == "３６．１４６"
    assert list(draft.repairs.filter(column=4).values_list("state", flat=True)) == [RepairState.UNDONE]
    assert actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version) == 0


def test_what_was_undone_can_be_accepted_after_all(draft, kimura):
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    repair = draft.repairs.get(column=4)
    actions.undo_repairs(version=draft, by=Actor(kimura), seen=draft.version, repair=repair.pk)
    assert actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version, repair=repair.pk) == 1


def test_a_value_typed_by_hand_is_written_with_before_and_after(draft, kimura):
    change = actions.edit_cell(
        version=draft, row=5, column=1, before="駅前広場", value="駅前公園", by=Actor(kimura)
    )
    assert (cells(draft, 5)[0], change.before, change.after) == ("駅前公園", "駅前広場", "駅前公園")
    assert change.decided_by == kimura


def test_an_edit_of_a_cell_that_somebody_else_changed_is_a_conflict(draft, kimura):
    actions.edit_cell(version=draft, row=5, column=1, before="駅前広場", value="駅前公園", by=Actor(kimura))
    with pytest.raises(Conflict) as conflict:
        actions.edit_cell(version=draft, row=5, column=1, before="駅前広場", value="駅前", by=Actor(kimura))
    assert (conflict.value.stored, conflict.value.sent) == ("駅前公園", "駅前")
    assert cells(draft, 5)[0] == "駅前公園"


@pytest.mark.parametrize(("row", "column"), [(99, 1), (5, 99), (5, 0), (1, 1)])
def test_there_is_no_such_cell(draft, kimura, row, column):
    with pytest.raises(Conflict):
        actions.edit_cell(version=draft, row=row, column=column, before="", value="a", by=Actor(kimura))


def test_a_row_that_runs_over_stays_an_error_after_repairs(upload, kimura):
    version = upload(CLEAN + "駅,見本市1,北口,３６.1,137.2,余り\n")
    actions.accept_repairs(version=version, by=Actor(kimura), seen=version.version)
    version.refresh_from_db()
    assert codes(version) == [("F3", "row-long")]


def test_a_cell_that_was_changed_since_keeps_its_value_and_its_repair(draft, kimura):
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    actions.edit_cell(version=draft, row=4, column=4, before="36.146", value="36.15", by=Actor(kimura))
    repair = draft.repairs.get(code="fullwidth")
    assert actions.undo_repairs(version=draft, by=Actor(kimura), seen=0, repair=repair.pk) == 0
    repair.refresh_from_db()
    assert (repair.state, cells(draft, 4)[3]) == (RepairState.ACCEPTED, "36.15")


@pytest.mark.parametrize("press", [actions.accept_repairs, actions.undo_repairs])
def test_several_at_once_are_those_that_the_page_showed(draft, kimura, press):
    with pytest.raises(Conflict):
        press(version=draft, by=Actor(kimura), seen=draft.version - 1, code="fullwidth")
    assert codes(draft) == [("D4", "fullwidth"), ("F4", "choice-mark")]


# Only what a change can have changed is judged again

PLACES = """ID,名称,所在地_連結表記,設置位置,緯度,経度,メモ
1,中央公園,見本県見本市中央1-1,北,36.146,137.252,なし
2,駅前,見本県見本市駅前2-2,南,137.2,36.1,なし
2,駅前,見本県見本市駅前2-2,南,137.2,36.1,なし
4,河川敷,見本県見本市川端3-3,東,,137.3,なし
5,港,見本県見本市港4-4
"""


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (3, 1, "3"),  # no more a repetition, neither of a value nor of a row
        (5, 1, "1"),  # now it is one
        (3, 5, "36.2"),  # half of what was exchanged
        (5, 5, "36.3"),  # the half that was missing
        (2, 6, ""),  # half of a place
        (2, 4, ""),  # required
        (2, 7, "090-1234-5678"),  # somebody's
        (6, 4, "西"),  # in a row that is too short
        (2, 2, "中央\n公園"),
        (1, 2, "名前"),  # the header
    ],
)
def test_an_edit_leaves_the_findings_of_a_whole_look(upload, kimura, row, column, value):
    version = upload(PLACES)
    before = rows.standing(version, {row})[row][column - 1]
    actions.edit_cell(version=version, row=row, column=column, before=before, value=value, by=Actor(kimura))
    version.refresh_from_db()
    whole = checking.look_again(version)
    kept = version.findings.in_order()
    assert sorted(map(told, kept), key=str) == sorted(map(told, whole.findings), key=str)
    assert version.profile == whole.profile
    offered = version.repairs.filter(state=RepairState.PROPOSED).values_list("row", "column", "after")
    assert sorted(offered) == sorted((fix.row, fix.column, fix.after) for fix in repairs_of(whole.findings))


def told(finding):
    return (
        finding.row,
        finding.column,
        finding.field,
        finding.code,
        finding.level,
        finding.message,
        finding.value,
    )


def test_a_cell_saved_as_it_is_is_no_change(draft, kimura):
    value = cells(draft, 4)[0]
    assert actions.edit_cell(version=draft, row=4, column=1, before="別", value=value, by=Actor(kimura)) is None
    assert draft.repairs.filter(column=1).count() == 0
