"""Who is in a group on a day, and as what: read in one join, and the same as each person's own terms say."""

from datetime import date, timedelta

import pytest

from members.models import Membership, MembershipTerm, OfficeTerm
from members.states import Category, Office
from tests import builders

APRIL, DAY = date(2026, 4, 1), timedelta(days=1)
DAYS = [APRIL - 366 * DAY, APRIL - DAY, APRIL, date(2026, 9, 30), date(2026, 10, 1)]


@pytest.fixture
def cast(town, group, citizens_section, planning_section):
    """Whoever a roster can hold, none of them in the order in which they were registered."""
    first = builders.make_user(family="阿部", kana=("あべ", "あき"))
    people = {
        "comes from outside": builders.make_membership(group=group, category=Category.EXPERT, valid_to=APRIL),
        "moves in April": builders.make_membership(
            group=group, department=citizens_section, job_title="主査", valid_to=APRIL - DAY
        ),
        "begins in October": builders.make_membership(group=group, valid_from=date(2026, 10, 1)),
        "left in March": builders.make_membership(group=group, valid_to=APRIL - DAY, order=1),
        "was away": builders.make_membership(group=group, user=first, valid_to=APRIL - DAY),
        "observes": builders.make_membership(group=group, category=Category.OBSERVER, order=2),
        "acts for the chair": builders.make_membership(group=group, department=planning_section, order=3),
        "is elsewhere": builders.make_membership(group=builders.make_group()),
    }
    begins = {"membership": people["moves in April"], "valid_from": APRIL}
    MembershipTerm.objects.create(category=Category.SECRETARIAT, department=planning_section, **begins)
    back = {"membership": people["was away"], "category": Category.EXPERT, "affiliation": "見本大学"}
    MembershipTerm.objects.create(**back, valid_from=date(2026, 9, 30), valid_to=date(2026, 9, 30))
    acts = {"membership": people["acts for the chair"], "office": Office.ACTING}
    OfficeTerm.objects.create(group=group, valid_from=APRIL, **acts)
    return people


def as_their_terms_say(group, day):
    """Each person asked for themselves, and sorted by what the roster's order is made of."""
    rows = []
    for person in Membership.objects.filter(group=group).select_related("user"):
        for term in person.terms.on(day).select_related("department"):
            section = term.department
            place = (
                {Category.MEMBER: 0, Category.EXPERT: 1}.get(term.category, 2),
                person.order,
                section.path if section else "~",
                person.user.kana_key.encode(),
                person.pk,
            )
            label = section.label if section else term.affiliation
            said = (person.pk, term.category, term.job_title, label, section.path if section else None)
            rows.append((place, said))
    return [said for _place, said in sorted(rows)]


@pytest.mark.parametrize("day", DAYS)
def test_whoever_has_a_term_on_a_day_stands_there_once_with_what_it_says_in_the_order_of_the_roster(
    group, cast, day
):
    told = ("pk", "category", "job_title", "department_name", "department_path")
    people = group.memberships.on(day)
    expected = as_their_terms_say(group, day)
    assert expected
    assert list(people.in_roster_order().values_list(*told)) == expected
    assert people.count() == len(expected)
    counted = [said for said in expected if said[1] in {Category.MEMBER, Category.EXPERT}]
    assert list(people.counted().in_speaking_order().values_list(*told)) == counted


def test_a_day_takes_one_join_with_the_terms(group):
    sql = str(group.memberships.on(APRIL).counted().in_roster_order().query)
    assert (sql.count("members_membershipterm"), sql.count("SELECT")) == (1, 1)
