"""domain.md §4, for this floor: each secret is there, and each person sees exactly what is theirs to see.

Drafts are oneself's only, sheets are the group's once they are shown, terms to come are the desk's.
"""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from members.models import IntroSheet, Membership, User, WorkingGroup
from members.states import Audience, Category, SheetState
from tests import builders

NOBODY = AnonymousUser()


@pytest.fixture
def observer(group):
    user = builders.make_user(family="傍", given="聴")
    builders.make_membership(group=group, user=user, category=Category.OBSERVER)
    return user


@pytest.fixture
def former(group):
    user = builders.make_user(family="元", given="員")
    builders.make_membership(group=group, user=user, valid_to=date(2021, 3, 31))
    return user


@pytest.fixture
def closed(group):
    group.is_public = False
    group.save()
    return group


# Groups


def test_a_public_group_is_everybodys(group, stranger):
    for user in (NOBODY, stranger):
        assert group in WorkingGroup.objects.visible_to(user)


def test_a_closed_group_is_its_own_peoples_its_desks_and_the_administrators(
    closed, sato, tanaka, observer, former, suzuki, abe, kimura, stranger
):
    readers = [sato, tanaka, observer, former, suzuki, abe]
    assert [closed in WorkingGroup.objects.visible_to(user) for user in readers] == [True] * 6
    outsiders = [kimura, stranger, NOBODY]
    assert [closed in WorkingGroup.objects.visible_to(user) for user in outsiders] == [False] * 3


def test_a_group_is_seen_once_whatever_ties_one_has_to_it(group, sato):
    builders.make_grant(group=group, user=sato)
    assert list(WorkingGroup.objects.visible_to(sato)) == [group]


def test_a_desk_whose_time_is_over_sees_a_closed_group_no_more(closed, suzuki):
    suzuki.desk_grants.update(valid_to=date(2021, 3, 31))
    assert closed not in WorkingGroup.objects.visible_to(suzuki)


# Rosters


def test_the_roster_is_the_groups(group, member, expert, sato, tanaka, observer, suzuki, abe):
    everybody = set(group.memberships.all())
    for user in (sato, tanaka, observer, suzuki, abe):
        assert set(Membership.objects.visible_to(user).filter(group=group)) == everybody


def test_outsiders_and_former_people_see_nobody_else(group, member, former, kimura, stranger):
    assert set(Membership.objects.visible_to(former)) == set(former.memberships.all())
    assert set(Membership.objects.visible_to(stranger)) == set(stranger.memberships.all())
    for user in (kimura, NOBODY):
        assert not Membership.objects.visible_to(user).exists()


def test_who_will_come_is_known_to_the_desk_only(as_, group, sato, suzuki):
    coming = builders.make_user(family="着任", given="予定")
    builders.make_membership(group=group, user=coming, valid_from=date(2099, 4, 1))
    roster, desk = (reverse(f"members:{name}", args=[group.slug]) for name in ("roster", "desk_others"))
    assert "着任" not in as_(sato).get(roster).content.decode()
    assert "着任" not in as_(suzuki).get(roster).content.decode()
    assert "着任" in as_(suzuki).get(desk).content.decode()


def test_who_will_come_reads_nothing_before(group, member):
    coming = builders.make_user(family="着任", given="予定")
    builders.make_membership(group=group, user=coming, valid_from=date(2099, 4, 1))
    sheet = builders.make_sheet(membership=member)
    assert sheet not in IntroSheet.objects.visible_to(coming)


def test_phone_number_and_address_stand_on_no_page_of_the_group(as_, group, sato, member, tanaka, suzuki):
    sato.phone, sato.employee_number = "内線 1234", "A-0012"
    sato.save()
    builders.make_sheet(membership=member)
    pages = [reverse(f"members:{name}", args=[group.slug]) for name in ("roster", "sheets")]
    pages.append(reverse("members:sheet", args=[group.slug, member.sheet.pk]))
    for user in (tanaka, suzuki):
        client = as_(user)
        text = "".join(client.get(page).content.decode() for page in pages)
        assert [secret for secret in ("1234", "A-0012", "sato@example.jp") if secret in text] == []


# Sheets


def sheet_seen_by(sheet, users):
    return [sheet in IntroSheet.objects.visible_to(user) for user in users]


def test_a_draft_is_its_writers_only(member, sato, tanaka, suzuki, abe):
    sheet = builders.make_sheet(membership=member, state=SheetState.DRAFT)
    assert sheet_seen_by(sheet, [sato, tanaka, suzuki, abe, NOBODY]) == [True, False, False, False, False]


def test_what_is_submitted_is_read_by_the_desk_too(member, sato, tanaka, suzuki, abe):
    sheet = builders.make_sheet(membership=member, state=SheetState.SUBMITTED)
    assert sheet_seen_by(sheet, [sato, suzuki, tanaka, abe, NOBODY]) == [True, True, False, False, False]


def test_what_is_shown_is_read_by_the_group(member, sato, tanaka, observer, suzuki, former, kimura, stranger, abe):
    sheet = builders.make_sheet(membership=member)
    assert sheet_seen_by(sheet, [sato, tanaka, observer, suzuki]) == [True] * 4
    assert sheet_seen_by(sheet, [former, kimura, stranger, abe, NOBODY]) == [False] * 5


def test_what_is_for_the_desk_stays_there(member, sato, tanaka, suzuki):
    sheet = builders.make_sheet(membership=member, audience=Audience.DESK)
    assert sheet_seen_by(sheet, [sato, suzuki, tanaka]) == [True, True, False]


def test_one_keeps_reading_ones_own_sheet(member, sato):
    sheet = builders.make_sheet(membership=member)
    member.terms.update(valid_to=date(2021, 3, 31))
    assert sheet_seen_by(sheet, [sato]) == [True]


# People


def test_the_register_is_the_administrators_and_to_choose_from_the_desks(sato, suzuki, abe, kimura):
    gone = builders.make_user(is_active=False)
    everybody = {sato, suzuki, abe, kimura}
    assert set(User.objects.visible_to(abe)) == everybody | {gone}
    assert set(User.objects.visible_to(suzuki)) == everybody
    assert set(User.objects.visible_to(sato)) == {sato}
    assert not User.objects.visible_to(NOBODY).exists()
