"""What the database promises about people and groups, whoever writes to it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Membership, MembershipTerm, Municipality, OfficeTerm, User, WorkingGroup
from members.states import Category, Office, SheetState
from tests import builders

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def refused(save, constraint):
    """Run `save` and say whether this very constraint refused it."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        save()
    return error.value.__cause__.diag.constraint_name == constraint


def test_there_is_one_town_hall(town):
    second = Municipality(id=2, name="別の市", prefecture="見本県", code="999997")
    assert refused(second.save, "members_one_municipality")


def test_a_municipal_code_has_six_digits(db):
    town = Municipality(name="見本市", prefecture="見本県", code="12345")
    assert refused(town.save, "members_municipality_code")


def test_two_people_never_share_a_login_address_in_whatever_case(sato):
    other = User(family_name="別", family_kana="べつ", email="SATO@example.jp")
    assert refused(other.save, "members_user_email_unique")


def test_many_people_have_no_login_address(town):
    for _ in range(2):
        User.objects.create(family_name="園", family_kana="その", email=None, delivery_email="en@example.jp")
    assert User.objects.filter(delivery_email="en@example.jp").count() == 2


def test_a_person_is_in_a_group_once(sato, group):
    again = Membership(group=group, user=sato)
    assert refused(again.save, "members_membership_unique")


def test_terms_of_a_membership_never_share_a_day(member):
    term = MembershipTerm(membership=member, category=Category.OBSERVER, valid_from=APRIL)
    assert refused(term.save, "members_term_no_overlap")


def test_a_change_of_post_is_a_new_term_from_the_next_day(group, citizens_section, planning_section):
    membership = builders.make_membership(group=group, department=citizens_section, valid_to=date(2026, 3, 31))
    MembershipTerm.objects.create(
        membership=membership, category=Category.MEMBER, department=planning_section, valid_from=APRIL
    )
    assert membership.term_on(date(2026, 3, 31)).department == citizens_section
    assert membership.term_on(APRIL).department == planning_section


def test_a_term_does_not_end_before_it_begins(member):
    term = member.terms.get()
    term.valid_to = date(2019, 1, 1)
    assert refused(term.save, "members_membershipterm_days_in_order")


def test_overlapping_terms_are_refused_in_words(member):
    term = MembershipTerm(membership=member, category=Category.OBSERVER, valid_from=APRIL)
    with pytest.raises(ValidationError) as error:
        term.full_clean()
    assert error.value.messages == ["参加の期間が、登録済みの期間と重なっています。"]


def test_an_expert_is_addressed_as_a_guest(group, member, expert):
    people = group.memberships.current().in_roster_order()
    assert [person.addressed for person in people] == ["市民課 佐藤 花子 さん", "田中 三郎 様"]


def test_a_group_has_one_chair(group, member, expert):
    OfficeTerm.objects.create(group=group, membership=member, office=Office.CHAIR, valid_from=APRIL)
    second = OfficeTerm(group=group, membership=expert, office=Office.CHAIR, valid_from=MAY)
    assert refused(second.save, "members_one_chair")


def test_a_group_may_have_two_vice_chairs(group, member, expert):
    for membership in (member, expert):
        OfficeTerm.objects.create(group=group, membership=membership, office=Office.VICE_CHAIR, valid_from=APRIL)
    assert group.office_terms.count() == 2


def test_a_submitted_sheet_says_what_the_member_wants(member):
    with pytest.raises(IntegrityError):
        builders.make_sheet(membership=member, state=SheetState.SUBMITTED, wants="")


def test_on_a_day_a_membership_knows_its_category_section_and_title(member, sato):
    today = Membership.objects.current().get(pk=member.pk)
    assert (today.category, today.department_name, today.job_title) == (Category.MEMBER, "市民課", "主査")


def test_a_post_reads_as_section_and_title(member, expert):
    people = Membership.objects.current().order_by("pk")
    assert [person.post for person in people] == ["市民課 主査", ""]


@pytest.mark.parametrize(
    ("begins", "ends", "is_current", "is_future"),
    [
        (-9, None, True, False),
        (-9, 0, True, False),
        (-9, -1, False, False),
        (0, None, True, False),
        (1, None, False, True),
        (1, 9, False, True),
    ],
)
@pytest.mark.django_db
def test_a_term_is_true_from_its_first_day_to_its_last(begins, ends, is_current, is_future):
    first, last = (
        None if days is None else timezone.localdate() + timedelta(days=days) for days in (begins, ends)
    )
    term = MembershipTerm(valid_from=first, valid_to=last)
    assert (term.is_current, term.is_future) == (is_current, is_future)


def test_staff_and_guests_are_named_by_where_they_come_from(member, expert):
    expert.terms.update(affiliation="見本大学", job_title="教授")
    assert [row.terms.get().house_title for row in (member, expert)] == ["市民課主査", "見本大学教授"]


def test_a_desk_is_counted_for_its_own_group(group, suzuki, kimura):
    lonely = builders.make_group(slug="elsewhere")
    for user in (suzuki, kimura):
        builders.make_grant(group=lonely, user=user)
    builders.make_grant(group=lonely, user=builders.make_user(), valid_to=date(2021, 3, 31))
    counted = WorkingGroup.objects.with_desk_count().order_by("pk")
    assert [(row.slug, row.desk_count) for row in counted] == [("dx-now", 1), ("elsewhere", 2)]
    assert list(WorkingGroup.objects.with_short_desk()) == [group]


def test_whom_to_turn_to_is_the_section_and_its_phone(group, planning_section):
    group.contact_department = planning_section
    assert group.contact == "事務局（行政経営課 内線 2345）"
    group.contact_department, group.contact_phone = None, ""
    assert group.contact == "事務局"


def test_the_roster_counts_experts_last_and_sections_in_their_order(group, sato, tanaka, planning_section):
    chief = builders.make_membership(group=group, department=planning_section)
    roster = Membership.objects.filter(group=group).current().in_roster_order()
    assert [m.user_id for m in roster] == [chief.user_id, sato.pk, tanaka.pk]
