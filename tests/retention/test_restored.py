"""A backup from before the disposal comes back, and what was disposed of does not.

Slow, some two seconds each: a house is backed up, emptied and filled.
"""

import pytest
from django.core.management import call_command
from django.utils import timezone

from foundation.ledger.models import Restoration
from members.models import IntroSheet, WorkingGroup
from retention import actions
from retention.models import Disposal
from tests import builders
from tests.retention.decisions import decide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet(old, sato):
    return builders.make_sheet(membership=builders.make_membership(group=old, user=sato))


def bring_back(folder):
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", folder)


def go_now(disposal):
    Disposal.objects.filter(pk=disposal.pk).update(due_on=timezone.localdate())
    assert actions.carry_out(disposal=disposal)


def test_what_was_disposed_of_since_goes_again(sheet, old_unit, by_abe, taken, tmp_path):
    call_command("backup", tmp_path / "saved")
    go_now(decide("sheets", old_unit, by=by_abe, document_number="行経第12号"))
    bring_back(tmp_path / "saved")
    assert IntroSheet.objects.count() == 0
    assert WorkingGroup.objects.get(slug="dx-r2").sheets_disposed_on == timezone.localdate()
    assert Restoration.objects.get().shut_again == {"disposal": 1}
    again = Disposal.objects.get()
    assert (again.document_number, again.recorded_by, again.counts) == (
        "行経第12号",
        by_abe.user,
        {"自己紹介シート": 1},
    )


def test_a_decision_that_waited_in_the_backup_is_the_one_that_was_carried_out(
    sheet, old_unit, by_abe, taken, tmp_path
):
    disposal = decide("sheets", old_unit, by=by_abe)
    call_command("backup", tmp_path / "saved")
    go_now(disposal)
    bring_back(tmp_path / "saved")
    assert (IntroSheet.objects.count(), Disposal.objects.open().count(), Disposal.objects.count()) == (0, 0, 1)


def test_a_decision_that_stood_open_is_stopped_for_it_may_have_been_taken_back(
    sheet, old_unit, by_abe, taken, tmp_path, capsys
):
    disposal = decide("sheets", old_unit, by=by_abe)
    call_command("backup", tmp_path / "saved")
    actions.cancel(disposal=disposal, by=by_abe, seen=1)
    bring_back(tmp_path / "saved")
    Disposal.objects.update(due_on=timezone.localdate())
    assert not actions.carry_out(disposal=Disposal.objects.get())
    assert IntroSheet.objects.count() == 1
    assert "廃棄の決定1件は、バックアップの後に取り消されたか差し止められた" in capsys.readouterr().out


def test_it_stays_away_from_one_restore_to_the_next(sheet, old_unit, by_abe, taken, tmp_path):
    call_command("backup", tmp_path / "saved")
    go_now(decide("sheets", old_unit, by=by_abe))
    for _ in range(2):
        bring_back(tmp_path / "saved")
        assert IntroSheet.objects.count() == 0


def test_of_a_group_that_the_backup_does_not_know_there_is_nothing(
    town, sato, suzuki, abe, by_abe, tmp_path, request
):
    call_command("backup", tmp_path / "saved")
    for name in ("sheet", "taken"):
        request.getfixturevalue(name)
    go_now(decide("sheets", request.getfixturevalue("old_unit"), by=by_abe))
    bring_back(tmp_path / "saved")
    assert Restoration.objects.get().shut_again == {}
