"""Terms that end: told of in time, and followed by another term or another person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import MembershipTerm, OfficeTerm
from members.states import Category, Office
from members.todo import todo
from members.views.desk.terms import same_length

DAY = timedelta(days=1)


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def ending(expert, soon):
    """Tanaka's term, which ends in a month."""
    expert.terms.update(valid_from=date(2024, 4, 1), valid_to=soon, affiliation="見本大学")
    return expert.terms.get()


@pytest.fixture
def chair(expert, group, ending, soon):
    return OfficeTerm.objects.create(
        group=group, membership=expert, office=Office.CHAIR, valid_from=date(2024, 4, 1), valid_to=soon
    )


def listed(desk, group):
    return [term.membership for term in desk.get(url("desk_expiring", group.slug)).context["page"]]


# Told in time


def test_a_term_that_ends_soon_is_listed_and_stands_on_the_desks_home(desk, group, suzuki, expert, ending, member):
    assert listed(desk, group) == [expert]
    assert [(entry.text, entry.url, entry.note) for entry in todo(suzuki)] == [
        (
            "DX推進部会の任期満了が近い方の、再任又は後任を登録する",
            url("desk_expiring", group.slug),
            "1名です。",
        )
    ]


@pytest.mark.parametrize("days", [-1, 61])
def test_neither_what_is_over_nor_what_ends_later_is_listed(desk, group, expert, ending, days):
    expert.terms.update(valid_to=timezone.localdate() + timedelta(days=days))
    assert listed(desk, group) == []


@pytest.mark.parametrize("days", [0, 60])
def test_the_last_day_and_the_sixtieth_before_it_are_listed(desk, group, expert, ending, days):
    expert.terms.update(valid_to=timezone.localdate() + timedelta(days=days))
    assert listed(desk, group) == [expert]


def test_what_has_not_begun_is_no_term_that_ends(suzuki, expert, ending):
    """A guest for a month needs no successor yet."""
    expert.terms.update(valid_from=timezone.localdate() + DAY)
    assert todo(suzuki) == []


# The same person again


def test_who_is_appointed_again_goes_on_the_day_after_in_the_same_post(desk, group, expert, ending, soon):
    address = url("reappoint", group.slug, expert.pk, ending.pk)
    desk.post(address, {"seen": ending.version, "valid_to": "2030-03-31"})
    following = expert.terms.get(valid_from=soon + DAY)
    assert (following.category, following.affiliation, following.valid_to) == (
        Category.EXPERT,
        "見本大学",
        date(2030, 3, 31),
    )
    assert listed(desk, group) == []


@pytest.mark.parametrize(("kept", "offices"), [("on", 2), ("", 1)])
def test_an_office_goes_on_where_it_is_said_so(desk, group, expert, ending, chair, kept, offices):
    address = url("reappoint", group.slug, expert.pk, ending.pk)
    assert "（部会長）" in desk.get(address).content.decode()
    desk.post(address, {"seen": ending.version, "valid_to": "2030-03-31", "keeps_office": kept})
    assert expert.office_terms.filter(office=Office.CHAIR).count() == offices


def test_a_term_that_another_changed_meanwhile_is_not_continued_unseen(desk, group, expert, ending):
    address = url("reappoint", group.slug, expert.pk, ending.pk)
    page = desk.post(address, {"seen": ending.version + 1, "valid_to": "2030-03-31"})
    assert (page.status_code, expert.terms.count()) == (409, 1)


def test_a_term_without_an_end_is_not_continued(desk, group, member):
    assert desk.get(url("reappoint", group.slug, member.pk, member.terms.get().pk)).status_code == 404


@pytest.mark.parametrize(
    ("begins", "ends", "proposed"),
    [
        (date(2024, 4, 1), date(2026, 3, 31), date(2028, 3, 31)),
        (date(2025, 10, 1), date(2026, 3, 31), date(2027, 3, 31)),
        (date(2022, 3, 1), date(2024, 2, 28), date(2026, 2, 28)),
    ],
)
def test_a_new_term_as_long_as_the_old_one_is_proposed(begins, ends, proposed):
    assert same_length(MembershipTerm(valid_from=begins, valid_to=ends)) == proposed


# Another person in the same place


def test_a_successor_takes_the_place_the_category_and_the_office(desk, group, expert, ending, chair, kimura, soon):
    address = url("name_successor", group.slug, expert.pk, ending.pk, kimura.pk)
    held = desk.get(address).context["form"].initial
    assert held["valid_from"] == soon + DAY
    answer = {"valid_from": held["valid_from"], "valid_to": held["valid_to"], "job_title": "主査"}
    desk.post(address, answer | {"takes_office": "on"})
    term = kimura.memberships.get(group=group).terms.get()
    assert (term.category, term.valid_from, term.predecessor) == (Category.EXPERT, soon + DAY, ending)
    offices = OfficeTerm.objects.order_by("valid_from").values_list("membership__user", "office")
    assert list(offices) == [(expert.user_id, Office.CHAIR), (kimura.pk, Office.CHAIR)]
    assert listed(desk, group) == []


def test_who_leaves_before_the_end_is_followed_for_the_rest(desk, group, member, kimura, environment_section):
    """Sato's term has an end that is far; she goes today."""
    term = member.terms.get()
    member.terms.update(valid_to=date(2099, 3, 31))
    member.order = 7
    member.save()
    address = url("name_successor", group.slug, member.pk, term.pk, kimura.pk)
    held = desk.get(address).context["form"].initial
    assert held == {
        "valid_from": timezone.localdate(),
        "valid_to": date(2099, 3, 31),
        "department": environment_section.pk,
        "job_title": "主査",
    }
    desk.post(address, held)
    successor = kimura.memberships.get(group=group)
    assert (successor.order, successor.terms.get().valid_to) == (7, date(2099, 3, 31))
    assert member.terms.get().valid_to == timezone.localdate() - DAY


def test_nobody_follows_before_the_term_began(desk, group, member, kimura):
    address = url("name_successor", group.slug, member.pk, member.terms.get().pk, kimura.pk)
    page = desk.post(address, {"valid_from": "2020-04-01"})
    assert page.context["form"].errors == {"valid_from": ["前任の方の任期が始まった日より後の日にしてください。"]}


def test_nobody_follows_themselves(desk, group, sato, member):
    address = url("name_successor", group.slug, member.pk, member.terms.get().pk, sato.pk)
    page = desk.post(address, {"valid_from": "2026-04-01"})
    assert page.context["form"].non_field_errors() == [
        "御本人は後任になれません。引き続き参加するときは、再任を登録してください。"
    ]


def test_a_successor_is_looked_for_in_the_register(desk, group, member, kimura):
    address = url("choose_successor", group.slug, member.pk, member.terms.get().pk)
    page = desk.get(address, {"q": "きむら"})
    assert list(page.context["page"]) == [kimura]
    assert f'href="{address}{kimura.pk}/"' in page.content.decode()
