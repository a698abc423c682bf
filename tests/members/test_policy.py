"""Who may, and when."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from members import policy, rules
from members.models import WorkingGroup
from tests import builders

NOBODY = AnonymousUser()


def test_only_administrators_administrate(abe, suzuki, sato):
    assert [policy.can_administrate(user) for user in (abe, suzuki, sato, NOBODY)] == [True, False, False, False]


def test_the_desk_is_run_by_who_has_the_grant_not_by_the_category(group, suzuki, sato, abe):
    assert [policy.can_run_desk(user, group) for user in (suzuki, sato, abe, NOBODY)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_grant_counts_from_its_first_to_its_last_day(group, suzuki):
    suzuki.desk_grants.update(valid_to=date(2021, 3, 31))
    assert not policy.can_run_desk(suzuki, group)
    builders.make_grant(group=group, user=suzuki, valid_from=date(2099, 4, 1))
    assert not policy.can_run_desk(suzuki, group)


def test_a_desk_runs_its_own_group_only(suzuki):
    assert not policy.can_run_desk(suzuki, builders.make_group())


def test_a_sheet_is_written_by_its_person_while_taking_part(member, sato, suzuki, tanaka):
    assert [policy.can_edit_sheet(user, member) for user in (sato, suzuki, tanaka)] == [True, False, False]
    member.terms.update(valid_to=date(2021, 3, 31))
    assert not policy.can_edit_sheet(sato, member)


def test_the_roster_is_read_inside_and_by_who_names_the_desk(group, sato, tanaka, suzuki, abe, kimura, stranger):
    readers = [sato, tanaka, suzuki, abe, kimura, stranger]
    found = [WorkingGroup.objects.with_roster_for(user).filter(pk=group.pk).exists() for user in readers]
    assert found == [True] * 4 + [False] * 2


def test_whoever_is_no_longer_active_reviews_nothing_at_all(suzuki):
    suzuki.desk_grants.update(reviews_data=True)
    before = rules.reviews(suzuki)
    suzuki.is_active = False
    assert (before, rules.reviews(suzuki)) == (True, False)


def test_data_sets_are_reviewed_by_stewards_and_by_who_is_named_at_the_desk_today(group, suzuki, sato, kimura):
    """Another person runs the desk and is not named, one was named until last year, one is named elsewhere."""
    steward = builders.make_user(is_data_steward=True)
    builders.make_user(is_data_steward=True, is_active=False)
    suzuki.desk_grants.update(reviews_data=True)
    builders.make_grant(group=group, user=sato)
    builders.make_grant(group=group, user=kimura, valid_to=date(2021, 3, 31), reviews_data=True)
    elsewhere = builders.make_group()
    other = builders.make_grant(group=elsewhere, user=builders.make_user(), reviews_data=True).user
    assert [list(rules.reviewers(one)) for one in (group.pk, elsewhere.pk, None)] == [
        [suzuki, steward],
        [steward, other],
        [steward],
    ]
    asked = (suzuki, steward, other, sato, kimura, NOBODY)
    assert [rules.reviews(user) for user in asked] == [True, True, True, False, False, False]
