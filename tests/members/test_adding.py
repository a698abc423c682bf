"""Many people into a group at once: chosen by ticks, shown with their posts, stored together."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Membership
from members.states import Category, PostingKind
from tests import builders

YEAR_BEGINS = date(2026, 4, 1)


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def expert_elsewhere(town):
    """Known in another group, and posted nowhere in the town hall."""
    user = builders.make_user(family="江口", given="守", kana=("えぐち", "まもる"))
    membership = builders.make_membership(
        group=builders.make_group(), user=user, category=Category.EXPERT, job_title="代表理事"
    )
    membership.terms.update(affiliation="見本デジタル協会")
    return user


def form_of(desk, group, *people):
    return desk.get(url("add_members", group.slug), {"user": [person.pk for person in people]}).context["form"]


def answers(form, **changes):
    """What the page holds, sent back."""
    people = [newcomer.user.pk for newcomer in form.newcomers]
    held = {name: form[name].value() or "" for name in form.fields}
    return {"user": people} | held | changes


def test_the_desk_finds_a_person_by_name_kana_or_section(desk, group, kimura):
    for words in ("木村", "きむら", "キムラ", "木村四郎", "環境", "きむら　環境課"):
        page = desk.get(url("choose_people", group.slug), {"q": words})
        assert list(page.context["page"]) == [kimura]


def test_what_was_ticked_stays_ticked_while_another_is_searched(desk, group, kimura, abe):
    page = desk.get(url("choose_people", group.slug), {"q": "阿部", "user": [kimura.pk]})
    assert [person.user for person in page.context["chosen"]] == [kimura]
    assert list(page.context["page"]) == [abe]


def test_the_next_page_begins_behind_who_was_ticked_last(desk, group, kimura, abe, monkeypatch):
    """Whoever is ticked leaves the list: in the order of the kana あべ, きむら, さとう, すずき."""
    monkeypatch.setattr("members.views._people.PEOPLE_PER_PAGE", 1)
    address = url("choose_people", group.slug)
    first = desk.get(address)
    assert (list(first.context["page"]), 'name="after"' in first.content.decode()) == ([abe], True)
    assert list(desk.get(address, {"user": [abe.pk], "after": abe.pk}).context["page"]) == [kimura]


def test_who_takes_part_already_is_shown_and_not_offered(desk, group, sato):
    body = desk.get(url("choose_people", group.slug), {"q": "佐藤"}).content.decode()
    assert ("登録済み" in body, f'value="{sato.pk}"' in body) == (True, False)


def test_people_are_added_together_from_the_first_day_of_the_year(
    desk, group, kimura, environment_section, expert_elsewhere
):
    form = form_of(desk, group, kimura, expert_elsewhere)
    response = desk.post(url("add_members", group.slug), answers(form))
    assert response.status_code == 302
    terms = [Membership.objects.get(group=group, user=user).terms.get() for user in (kimura, expert_elsewhere)]
    assert [(t.category, t.department, t.affiliation, t.job_title, t.valid_from) for t in terms] == [
        (Category.MEMBER, environment_section, "", "主査", YEAR_BEGINS),
        (Category.EXPERT, None, "見本デジタル協会", "代表理事", YEAR_BEGINS),
    ]


def test_who_was_a_member_elsewhere_is_proposed_as_one_without_a_post_in_the_town_hall(desk, group):
    """A citizen of a council."""
    citizen = builders.make_membership(group=builders.make_group(), category=Category.MEMBER)
    citizen.terms.update(affiliation="公募委員")
    [newcomer] = form_of(desk, group, citizen.user).newcomers
    assert (newcomer.category, newcomer.affiliation) == (Category.MEMBER, "公募委員")


def test_who_comes_when_others_came_later_than_the_year_comes_today(desk, group, member, kimura):
    assert form_of(desk, group, kimura).initial["valid_from"] == timezone.localdate()


def test_who_holds_two_posts_comes_with_the_main_one(desk, group, kimura, citizens_section, environment_section):
    builders.make_posting(
        user=kimura, department=citizens_section, kind=PostingKind.CONCURRENT, valid_from=date(2021, 4, 1)
    )
    [newcomer] = form_of(desk, group, kimura).newcomers
    assert newcomer.department == environment_section


def test_of_two_people_with_one_name_both_are_marked(desk, group, kimura, abe):
    builders.make_user(family="木村", given="四郎", kana=("きむら", "しろう"), employee_number="B-0002")
    found = {newcomer.user: newcomer.is_namesake for newcomer in form_of(desk, group, kimura, abe).newcomers}
    assert found == {kimura: True, abe: False}
    pages = [
        desk.get(url("choose_people", group.slug), {"q": "木村"}).content.decode(),
        desk.get(url("add_members", group.slug), {"user": [kimura.pk]}).content.decode(),
    ]
    assert [page.count("同姓同名") for page in pages] == [2, 1]
    assert ["B-0002" in page for page in pages] == [False, False]


def test_where_one_cannot_be_added_nobody_is_and_the_page_says_who(desk, group, sato, member, kimura):
    form = form_of(desk, group, sato, kimura)
    page = desk.post(url("add_members", group.slug), answers(form, valid_from="2026-04-01"))
    assert page.context["form"].non_field_errors() == ["佐藤 花子：参加の期間が、登録済みの期間と重なっています。"]
    assert not Membership.objects.filter(group=group, user=kimura).exists()


def test_without_anybody_ticked_the_page_leads_back(desk, group):
    page = desk.get(url("add_members", group.slug), follow=True)
    assert page.redirect_chain == [(url("choose_people", group.slug), 302)]
    assert "どなたも選ばれていません" in page.content.decode()


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30])
def test_nonsense_in_place_of_a_person_is_nobody(desk, group, nonsense):
    assert desk.get(url("add_members", group.slug), {"user": nonsense}).status_code == 302


def test_the_page_asks_the_database_as_often_for_many(desk, group, django_assert_num_queries):
    people = [builders.make_user() for _ in range(5)]
    for person in people:
        builders.make_posting(user=person, department=builders.make_department())
    with django_assert_num_queries(9):
        form_of(desk, group, *people)


def test_last_years_people_are_offered_ticked(desk, group, kimura, abe, environment_section):
    before = builders.make_group(fiscal_year=2025)
    group.predecessor = before
    group.save()
    builders.make_membership(group=before, user=kimura)
    page = desk.get(url("choose_people", group.slug), {"last_year": "1"})
    assert list(page.context["page"]) == [kimura]
    assert f'value="{kimura.pk}"\n  checked>' in page.content.decode()
