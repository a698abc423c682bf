"""All or nothing, as it was shown, in a number of queries that does not grow with the list."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.jobs.models import Job
from foundation.jobs.worker import Worker
from members import jobs
from members.actions import people, rosters
from members.models import MembershipTerm, Posting, RosterImport, User
from members.states import PREVIEW_JOB, RosterState
from tests.members.roster.kit import ICHIRO, NITTA, SATO, bring, kinds, plan, read, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sections(citizens_section, environment_section):
    pass


def many(count):
    return [[f"{n:05}", f"試験 {n}郎", "しけん ろう", "市民課", "主事"] for n in range(1, count + 1)]


def counted(django_assert_num_queries, expected, roster, by):
    with django_assert_num_queries(expected):
        return rosters.apply_roster(roster=roster, by=Actor(by))


# As it was shown


def test_where_a_person_was_changed_meanwhile_nothing_is_done(suzuki, group, sato, abe):
    roster = bring(ICHIRO, [*SATO[:3], "市民課", "係長"], by=suzuki, group=group)
    people.edit_person(person=sato, by=Actor(abe), seen=sato.version, phone="2345")
    with pytest.raises(Conflict):
        rosters.apply_roster(roster=roster, by=Actor(suzuki))
    assert not User.objects.filter(employee_number="101").exists()


def test_where_somebody_was_registered_meanwhile_nobody_is_registered_twice(suzuki, group):
    first, second = (bring(ICHIRO, by=suzuki, group=group) for _twice in range(2))
    rosters.apply_roster(roster=first, by=Actor(suzuki))
    with pytest.raises(Conflict):
        rosters.apply_roster(roster=second, by=Actor(suzuki))
    assert User.objects.filter(employee_number="101").count() == 1


def test_a_list_is_registered_once(suzuki, group):
    roster = register(ICHIRO, by=suzuki, group=group)
    with pytest.raises(ValidationError, match="登録できる状態ではありません"):
        rosters.apply_roster(roster=roster, by=Actor(suzuki))


def test_with_nothing_ticked_there_is_nothing_to_register(suzuki, group):
    roster = bring(ICHIRO, by=suzuki, group=group, unticked=["r2"])
    with pytest.raises(ValidationError, match="登録する行が選ばれていません"):
        rosters.apply_roster(roster=roster, by=Actor(suzuki))


@pytest.mark.parametrize("who", ["sato", "kimura", "abe"])
def test_only_the_desk_registers_for_its_group(request, suzuki, group, who):
    roster = bring(ICHIRO, by=suzuki, group=group)
    with pytest.raises(PermissionDenied):
        rosters.apply_roster(roster=roster, by=Actor(request.getfixturevalue(who)))


def test_only_an_administrator_keeps_the_register(suzuki, abe):
    roster = bring(ICHIRO, by=abe)
    with pytest.raises(PermissionDenied):
        rosters.apply_roster(roster=roster, by=Actor(suzuki))


def test_a_desk_makes_no_section_whatever_it_sends(suzuki, group):
    with pytest.raises(PermissionDenied):
        bring([*ICHIRO[:3], "未来課", ""], by=suzuki, group=group, sections={"未来課": "create"})


# How much


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_desks_list_costs_the_same_for_one_and_for_thirty(django_assert_num_queries, suzuki, group, count):
    roster = bring(*many(count), by=suzuki, group=group)
    counted(django_assert_num_queries, 18, roster, suzuki)
    assert group.memberships.current().count() == count


@pytest.mark.parametrize("count", [1, 3, 30])
def test_moving_people_costs_the_same_for_one_and_for_thirty(django_assert_num_queries, abe, count):
    register(*many(count), by=abe)
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    moved = [[*row[:3], "環境課", "係長"] for row in many(count)]
    roster = bring(*moved, by=abe, moved_on=tomorrow)
    counted(django_assert_num_queries, 20, roster, abe)
    assert Posting.objects.count() == 2 * count


def test_three_thousand_people_are_compared_by_a_worker_and_registered_at_once(
    django_assert_num_queries, suzuki, group
):
    """Slow, some seconds: three thousand rows are read, compared twice and written."""
    actor = Actor(suzuki)
    roster = rosters.read_roster(group=group, by=actor, source="全庁.xlsx", rows=read(*many(3000)), findings=[])
    job = rosters.preview_roster_later(roster=roster, by=actor)
    roster.refresh_from_db()
    assert (job.kind, roster.state) == (PREVIEW_JOB, RosterState.READ)
    told = []
    job.tell = lambda: told.append((job.progress_done, job.progress_total))
    jobs.preview_roster.handle(job)
    roster.refresh_from_db()
    assert (roster.state, plan(roster).counts()["add"], told[-1]) == (RosterState.PREVIEWED, 3000, (3000, 3000))
    counted(django_assert_num_queries, 27, roster, suzuki)
    assert MembershipTerm.objects.filter(membership__group=group).count() == 3000


def test_the_worker_does_it_and_says_how_far_it_is(transactional_db, suzuki, group):
    actor = Actor(suzuki)
    roster = rosters.read_roster(group=group, by=actor, source="名簿.xlsx", rows=read(ICHIRO, NITTA), findings=[])
    rosters.preview_roster_later(roster=roster, by=actor)
    Worker().run_once()
    job = Job.objects.get(kind=PREVIEW_JOB)
    assert (job.state, job.progress_done, job.progress_total) == ("done", 2, 2)
    roster.refresh_from_db()
    assert kinds(roster) == [("髙﨑 一郎", "add"), ("新田 二葉", "add")]


# How long a list is kept


def test_a_list_goes_after_a_month_or_three_after_it_was_registered(suzuki, group):
    old, recent = (bring(ICHIRO, by=suzuki, group=group) for _twice in range(2))
    used = register(NITTA, by=suzuki, group=group)
    long_used = register(SATO, by=suzuki, group=group)
    now = timezone.now()
    RosterImport.objects.filter(pk__in=[old.pk, used.pk]).update(at=now - timedelta(days=31))
    RosterImport.objects.filter(pk=long_used.pk).update(applied_at=now - timedelta(days=91))
    jobs.forget_rosters.handle(Job())
    assert sorted(RosterImport.objects.values_list("pk", flat=True)) == [recent.pk, used.pk]
