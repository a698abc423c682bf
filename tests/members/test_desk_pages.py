"""The desk keeps the roster: people, posts, offices, order, links, slips, sheets."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.mail.models import Email
from members import links
from members.actions.links import personal_link
from members.models import OfficeTerm, PersonalLink
from members.states import Category, Purpose
from tests import builders

TODAY = timezone.localdate


def url(name, *args):
    return reverse(f"members:{name}", args=args)


# The roster


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_roster_asks_the_database_as_often_for_many(desk, group, count, django_assert_num_queries):
    for _ in range(count):
        builders.make_membership(group=group)
    with django_assert_num_queries(5):
        desk.get(url("desk_members", group.slug))


def test_the_desk_sees_also_who_will_come_and_who_left(desk, group, member):
    coming = builders.make_membership(group=group, valid_from=date(2099, 4, 1))
    gone = builders.make_membership(group=group, valid_to=date(2021, 3, 31))
    present, others = (desk.get(url(name, group.slug)) for name in ("desk_members", "desk_others"))
    assert [line.membership for line in present.context["page"]] == [member.pk]
    assert set(others.context["page"]) == {coming, gone}


def test_only_the_desk_of_this_group_keeps_its_roster(as_, sato, tanaka, kimura, abe, group):
    for person in (sato, tanaka, kimura, abe):
        assert as_(person).get(url("desk_members", group.slug)).status_code == 404


def test_a_desk_of_yesterday_is_no_desk(as_, suzuki, group):
    suzuki.desk_grants.update(valid_to=date(2021, 3, 31))
    assert as_(suzuki).get(url("desk_members", group.slug)).status_code == 404


def test_the_desk_sees_phone_and_number_of_a_member(desk, group, sato, member):
    sato.phone, sato.employee_number = "内線 1234", "A-0001"
    sato.save()
    page = desk.get(url("desk_member", group.slug, member.pk)).content.decode()
    assert "内線 1234" in page
    assert "A-0001" in page


def test_a_change_of_post_begins_a_new_term(desk, group, member, environment_section):
    answer = {"category": "member", "department": environment_section.pk, "job_title": "係長"}
    desk.post(url("change_post", group.slug, member.pk), answer | {"valid_from": "2026-04-01"})
    old, new = member.terms.order_by("valid_from")
    assert (old.valid_to, new.valid_from) == (date(2026, 3, 31), date(2026, 4, 1))
    assert (old.department.name, new.department.name, new.job_title) == ("市民課", "環境課", "係長")


def test_a_change_of_post_begins_with_the_post_of_today(desk, group, member, environment_section):
    """A second change is registered already, for later."""
    answer = {"category": "member", "department": environment_section.pk, "job_title": "係長"}
    desk.post(url("change_post", group.slug, member.pk), answer | {"valid_from": "2099-04-01"})
    page = desk.get(url("change_post", group.slug, member.pk))
    assert page.context["form"].initial["department"] == member.term_on(timezone.localdate()).department_id


def test_a_change_of_post_of_who_will_come_begins_with_the_post_they_will_have(desk, group, environment_section):
    coming = builders.make_membership(group=group, department=environment_section, valid_from=date(2099, 4, 1))
    page = desk.get(url("change_post", group.slug, coming.pk))
    assert page.context["form"].initial["department"] == environment_section.pk


def test_a_change_of_post_outside_the_term_is_refused_at_its_field(desk, group, member):
    answer = {"category": "member", "valid_from": "2001-04-01"}
    page = desk.post(url("change_post", group.slug, member.pk), answer)
    assert page.context["form"].errors == {
        "valid_from": ["この日には参加していません。参加している期間の中の日を選んでください。"]
    }


def test_what_was_typed_wrong_is_corrected_in_its_term(desk, group, member):
    term = member.terms.get()
    answer = {"category": "observer", "job_title": "主事", "valid_from": "2020-04-01"}
    desk.post(url("correct_term", group.slug, member.pk, term.pk), answer | {"seen": term.version})
    term.refresh_from_db()
    assert (term.category, term.job_title, term.department) == (Category.OBSERVER, "主事", None)


def test_taking_part_ends_on_a_day(desk, group, member):
    desk.post(url("end_membership", group.slug, member.pk), {"valid_to": "2026-09-30"})
    assert member.terms.get().valid_to == date(2026, 9, 30)


def test_offices_begin_and_end(desk, group, member):
    desk.post(url("give_office", group.slug, member.pk), {"office": "chair", "valid_from": "2026-04-01"})
    office = OfficeTerm.objects.get()
    desk.post(url("end_office", group.slug, member.pk, office.pk), {"valid_to": "2026-09-30"})
    office.refresh_from_db()
    assert (office.membership, office.valid_to) == (member, date(2026, 9, 30))


def test_a_second_chair_is_refused_in_words(desk, group, member, expert):
    answer = {"office": "chair", "valid_from": "2026-04-01"}
    desk.post(url("give_office", group.slug, member.pk), answer)
    page = desk.post(url("give_office", group.slug, expert.pk), answer)
    assert page.context["form"].non_field_errors() == [
        "この期間には、会議体の長が既に登録されています。先に、前任の方の終了日を登録してください。"
    ]


def test_a_member_moves_up_and_down(desk, group, member, planning_section):
    first = builders.make_membership(group=group, department=planning_section)
    roster = group.memberships.current().in_roster_order
    assert list(roster()) == [first, member]
    desk.post(url("move_member", group.slug, member.pk), {"up": "1"})
    assert list(roster()) == [member, first]
    desk.post(url("move_member", group.slug, member.pk), {"up": "0"})
    assert list(roster()) == [first, member]


def test_a_member_of_another_group_is_not_found_here(desk, group, stranger):
    foreign = stranger.memberships.get()
    pages = ["desk_member", "change_post", "end_membership", "give_office"]
    assert {desk.get(url(name, group.slug, foreign.pk)).status_code for name in pages} == {404}


@pytest.mark.parametrize("name", ["change_post", "correct_term", "end_membership", "give_office", "end_office"])
def test_every_form_of_the_desk_opens(desk, group, member, name):
    office = OfficeTerm.objects.create(
        group=group, membership=member, office="vice_chair", valid_from=date(2026, 4, 1)
    )
    further = {
        "correct_term": [member.pk, member.terms.get().pk],
        "end_office": [member.pk, office.pk],
    }
    page = desk.get(url(name, group.slug, *further.get(name, [member.pk])))
    assert (page.status_code, page.context["form"].is_bound) == (200, False)


# Links and slips


def test_who_has_no_mail_gets_a_slip_with_a_code_that_opens(desk, client, group, on_paper, member):
    address = url("desk_slips", group.slug, Purpose.SHEET)
    assert desk.get(address).context["missing"] == [on_paper]
    desk.post(address)
    page = desk.get(address)
    [(person, slip)] = page.context["slips"]
    assert person == on_paper
    assert slip["code"] in page.content.decode()
    assert links.find_by_code(slip["code"]).membership == on_paper


def test_a_slip_for_a_meeting_is_none_for_the_sheet(desk, group, on_paper):
    desk.post(url("desk_slips", group.slug, Purpose.MEETING))
    pages = [desk.get(url("desk_slips", group.slug, purpose)) for purpose in (Purpose.MEETING, Purpose.SHEET)]
    found = [([person for person, _slip in page.context["slips"]], page.context["missing"]) for page in pages]
    assert found == [([on_paper], []), ([], [on_paper])]


def test_slips_are_made_once(desk, group, on_paper):
    for _ in range(2):
        desk.post(url("desk_slips", group.slug, Purpose.MEETING))
    assert PersonalLink.objects.count() == 1


def test_there_are_slips_only_for_what_links_are_for(desk, group):
    assert desk.get(url("desk_slips", group.slug, "anything")).status_code == 404


def test_a_link_made_anew_goes_out_by_mail_and_the_old_one_is_dead(desk, group, member, suzuki):
    desk.post(url("ask_for_sheets", group.slug))
    link = PersonalLink.objects.get(membership=member)
    old = links.token(link)
    desk.post(url("reissue_link", group.slug, member.pk, link.pk))
    assert links.find_by_token(old) is None
    assert list(Email.objects.values_list("to_address", flat=True)) == ["sato@example.jp"] * 2


def test_all_links_of_a_person_are_made_anew_with_one_press(desk, group, member, expert, suzuki):
    of = [member, member, expert]
    purposes = [Purpose.MEETING, Purpose.SHEET, Purpose.MEETING]
    old = [
        links.token(personal_link(membership=whose, purpose=purpose, by=Actor(suzuki)))
        for whose, purpose in zip(of, purposes, strict=True)
    ]
    page = desk.post(url("reissue_links", group.slug, member.pk), follow=True)
    assert page.redirect_chain == [(url("desk_member", group.slug, member.pk), 302)]
    assert [links.find_by_token(token) is None for token in old] == [True, True, False]
    assert list(Email.objects.values_list("to_address", flat=True)) == ["sato@example.jp"]


def test_a_huge_roster_comes_in_pages(as_, suzuki, group):
    for _person in range(51):
        builders.make_membership(group=group)
    url = reverse("members:desk_members", args=[group.slug])
    client = as_(suzuki)
    first = client.get(url, {"order": "kana"}).context["page"]
    second = client.get(f"{url}{first.following}").context["page"]
    assert [len(first), len(second)] == [50, 1]
    assert not {term.pk for term in first} & {term.pk for term in second}
