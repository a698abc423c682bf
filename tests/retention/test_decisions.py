"""What stands between a record and its disposal: its time, a hold, the ZIP, the rows that were seen, the day."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.jobs.queue import enqueue
from foundation.jobs.worker import Worker
from foundation.retention import Unit
from members.models import IntroSheet
from retention import actions, due, jobs
from retention.kinds import KINDS
from retention.models import Disposal, Hold, Period
from tests import builders
from tests.retention.decisions import decide

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def sheet(old, sato):
    return builders.make_sheet(membership=builders.make_membership(group=old, user=sato))


@pytest.fixture
def decided(sheet, old_unit, by_abe, taken):
    return decide("sheets", old_unit, by=by_abe)


@pytest.fixture
def due_today(decided):
    Disposal.objects.update(due_on=TODAY())
    decided.refresh_from_db()
    return decided


def refusal(do, *args, **given):
    with pytest.raises(ValidationError) as refused:
        do(*args, **given)
    return refused.value.messages


# How long


def test_the_period_begins_with_the_next_fiscal_year():
    assert [due.last_day(Unit(2026), years) for years in (0, 1, 5)] == [
        date(2027, 3, 31),
        date(2028, 3, 31),
        date(2032, 3, 31),
    ]
    assert due.last_day(Unit(2026), None) is None


@pytest.mark.parametrize(("last_day", "over"), [(timedelta(0), False), (timedelta(days=-1), True)])
def test_the_last_day_is_still_one_of_keeping(last_day, over):
    kept = due.Retained(KINDS["log"], Unit(2020), 1, None, TODAY() + last_day, [], None, None)
    assert kept.is_due == over


def test_the_towns_own_period_takes_the_place_of_ours(sheet, by_abe):
    assert due.years()["sheets"] == 1
    actions.set_period(kind=KINDS["sheets"], by=by_abe, seen=0, years=None, basis="規程第20条")
    assert due.years()["sheets"] is None
    assert [kept.is_due for kept in due.everything() if kept.kind.name == "sheets"] == [False]


def test_two_at_once_do_not_overwrite_a_period(by_abe):
    actions.set_period(kind=KINDS["log"], by=by_abe, seen=0, years=10)
    with pytest.raises(Conflict):
        actions.set_period(kind=KINDS["log"], by=by_abe, seen=0, years=3)
    assert Period.objects.get().years == 10


# Who


@pytest.mark.parametrize(
    "do",
    [
        lambda by, _row: actions.set_period(kind=KINDS["log"], by=by, seen=0, years=1),
        lambda by, _row: actions.place_hold(by=by, reason="x"),
        lambda by, _row: actions.lift_hold(held=Hold(pk=1), by=by),
        lambda by, row: decide("sheets", row.unit, by=by),
        lambda by, row: actions.cancel(disposal=row, by=by, seen=1),
    ],
)
def test_only_administrators_decide(suzuki, decided, do):
    with pytest.raises(PermissionDenied):
        do(Actor(suzuki), decided)


# What stands in the way


def test_what_is_not_over_cannot_be_decided(group, member, by_abe):
    builders.make_sheet(membership=member)
    assert refusal(decide, "sheets", Unit(2026, group.pk), by=by_abe) == [
        "保存期間が満了していないため、廃棄できません。"
    ]


def test_of_a_group_the_years_zip_is_taken_first(sheet, old_unit, by_abe):
    (said,) = refusal(decide, "sheets", old_unit, by=by_abe)
    assert said.startswith("文書管理システムで保存するためのZIPファイルが、年度の終了後にまだ作成されていません。")


def test_nothing_is_decided_twice(decided, old_unit, by_abe):
    assert refusal(decide, "sheets", old_unit, by=by_abe) == ["この記録の廃棄は既に決定されています。"]


def test_where_there_is_nothing_nothing_is_decided(old_unit, by_abe, taken):
    assert refusal(decide, "sheets", old_unit, by=by_abe) == ["廃棄する記録はありません。何も変更していません。"]


def test_a_decision_is_on_the_rows_that_the_page_showed(sheet, old_unit, by_abe, taken):
    with pytest.raises(Conflict):
        decide("sheets", old_unit, by=by_abe, shown="0" * 64)
    assert Disposal.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decided_on": timedelta(days=1)}, "決裁の年月日は、今日までの日付にしてください。"),
        ({"due_on": timedelta(0)}, "廃棄する日は、明日以後の日付にしてください。"),
    ],
)
def test_it_was_decided_by_today_and_goes_tomorrow_at_the_earliest(sheet, old_unit, by_abe, taken, given, said):
    days = {name: TODAY() + shift for name, shift in given.items()}
    assert refusal(decide, "sheets", old_unit, by=by_abe, **days) == [said]


@pytest.mark.parametrize("whole_house", [True, False])
def test_a_hold_stands_in_the_way(sheet, old, old_unit, by_abe, taken, whole_house):
    actions.place_hold(by=by_abe, reason="開示請求", group=None if whole_house else old)
    assert refusal(decide, "sheets", old_unit, by=by_abe) == [
        "廃棄の差止めがあるため、廃棄できません。差止めを解除してから操作してください。"
    ]


def test_a_hold_on_another_group_does_not(sheet, group, old_unit, by_abe, taken):
    actions.place_hold(by=by_abe, reason="開示請求", group=group)
    assert decide("sheets", old_unit, by=by_abe).is_open


def test_what_is_of_the_whole_town_is_held_by_each_hold(group):
    holds = [Hold(group=group, reason="開示請求")]
    assert due.in_the_way(Unit(2020), holds) == holds


# Carried out


def at_five():
    """As the worker does it when the rule's moment has come."""
    enqueue(kind=jobs.NAME, key="tonight")
    worker = Worker()
    while worker.run_once():
        pass


def test_at_five_it_goes(due_today):
    at_five()
    due_today.refresh_from_db()
    assert (IntroSheet.objects.count(), due_today.done_at is not None) == (0, True)
    assert due_today.counts == {"自己紹介シート": 1}


def test_one_that_cannot_go_keeps_no_other_back(due_today, abe, environment_section, kimura, by_abe):
    """A public file of the version that was replaced is missing."""
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    first = builders.make_version(dataset=dataset)
    then = datetime(2020, 5, 1, tzinfo=timezone.get_default_timezone())
    type(first).objects.update(uploaded_at=then, original="originals/x")
    first.refresh_from_db()
    builders.publish(first)
    builders.make_version(dataset=dataset, number=2, state="published")
    # Nobody looks after the files of one that was withdrawn.
    withdrawn = {"withdrawn_at": then, "withdrawn_by": kimura, "withdrawn_reason": "誤り"}
    type(dataset).objects.update(**withdrawn)
    other = decide("originals", Unit(2020), by=by_abe)
    Disposal.objects.update(due_on=TODAY())
    at_five()
    assert list(Disposal.objects.carried_out()) == [due_today]
    other.refresh_from_db()
    assert other.stopped_because == "「公衆トイレ一覧 第1版」の公開ファイルがそろっていません。"
    first.refresh_from_db()
    assert (first.original.name, first.rows.count()) == ("originals/x", 1)


def test_what_was_rewritten_since_the_decision_does_not_go(due_today, sheet):
    type(sheet).objects.update(version=sheet.version + 1)
    assert not actions.carry_out(disposal=due_today)
    assert IntroSheet.objects.count() == 1


def test_a_zip_from_before_the_end_of_the_year_is_not_the_years(sheet, old_unit, by_abe, taken):
    type(taken).objects.update(made_at=datetime(2021, 3, 31, 23, tzinfo=timezone.get_default_timezone()))
    (said,) = refusal(decide, "sheets", old_unit, by=by_abe)
    assert "年度の終了後にまだ作成されていません。" in said


def test_not_before_its_day(decided):
    assert not actions.carry_out(disposal=decided)
    assert IntroSheet.objects.count() == 1


def test_a_hold_that_came_later_keeps_it_until_it_is_lifted(due_today, old, by_abe):
    held = actions.place_hold(by=by_abe, reason="開示請求", group=old)
    assert not actions.carry_out(disposal=due_today)
    actions.lift_hold(held=held, by=by_abe)
    assert actions.carry_out(disposal=due_today)


def test_a_hold_is_lifted_once(by_abe):
    held = actions.place_hold(by=by_abe, reason="開示請求")
    first = actions.lift_hold(held=held, by=by_abe).lifted_at
    assert actions.lift_hold(held=held, by=by_abe).lifted_at == first
    assert Event.objects.filter(action="retention.lift_hold").count() == 1


def test_what_changed_since_the_decision_does_not_go(due_today, old):
    builders.make_sheet(membership=builders.make_membership(group=old))
    assert not actions.carry_out(disposal=due_today)
    due_today.refresh_from_db()
    assert (IntroSheet.objects.count(), due_today.stopped_because) == (
        2,
        "廃棄の決定の後に、対象となる記録に増減又は変更がありました。",
    )
    assert list(Disposal.objects.open()) == [due_today]
    assert not actions.carry_out(disposal=due_today)
    assert Event.objects.filter(action="retention.stop").count() == 1


def test_until_then_it_can_be_taken_back_and_decided_anew(due_today, old_unit, by_abe):
    actions.cancel(disposal=due_today, by=by_abe, seen=1)
    assert not actions.carry_out(disposal=due_today)
    assert decide("sheets", old_unit, by=by_abe).is_open


def test_what_has_gone_cannot_be_taken_back(due_today, by_abe):
    actions.carry_out(disposal=due_today)
    due_today.refresh_from_db()
    assert refusal(actions.cancel, disposal=due_today, by=by_abe, seen=due_today.version) == [
        "既に廃棄したため、取り消せません。"
    ]


def test_it_goes_once(due_today):
    assert [actions.carry_out(disposal=due_today) for _ in range(2)] == [True, False]
    assert Event.objects.filter(action="retention.carry_out").count() == 1


# The log goes by its owner's hand


@pytest.fixture
def old_log(abe, by_abe):
    then = timezone.make_aware(timezone.datetime(2020, 6, 1))
    Event.objects.create(action="members.log_in", at=then, target_label="x")
    disposal = decide("log", Unit(2020), by=by_abe)
    Disposal.objects.update(due_on=TODAY())
    return disposal


def test_the_worker_leaves_the_log_to_its_owner(old_log):
    at_five()
    assert Event.objects.filter(action="members.log_in").count() == 1


def test_the_owner_disposes_of_the_log(old_log, capsys):
    from django.core.management import call_command

    call_command("dispose")
    assert Event.objects.filter(action="members.log_in").count() == 0
    assert capsys.readouterr().out.splitlines() == [
        "操作記録 令和2年度を廃棄しました。",
        "廃棄した決定：1件、残っている決定：0件",
    ]
