"""Rosters as lists: four orders, words to search, pages, and the file for a spreadsheet."""

import csv
import io
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from members.models import MembershipTerm
from members.models.placed import RosterOrder
from members.states import Category
from tests import builders

LISTS = ["desk_members", "roster"]
KEYS = [order.key for order in RosterOrder]


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def people_of(page):
    return [line.family_name for line in page.context["page"]]


@pytest.fixture
def five(group, citizens_section, environment_section, planning_section):
    """A section chief, two members, an expert and an observer, entered in no order."""
    for family, kana, section, title, category in (
        ("安藤", "あんどう", environment_section, "主事", Category.MEMBER),
        ("和田", "わだ", citizens_section, "主査", Category.MEMBER),
        ("加藤", "かとう", planning_section, "課長", Category.OBSERVER),
        ("江口", "えぐち", None, "代表", Category.EXPERT),
        ("三木", "みき", citizens_section, "主事", Category.MEMBER),
    ):
        user = builders.make_user(family=family, kana=(kana, ""))
        builders.make_membership(group=group, user=user, department=section, job_title=title, category=category)
    ranks = {"課長": 1, "主査": 2, "主事": 3}
    for title, rank in ranks.items():
        MembershipTerm.objects.filter(job_title=title).update(title_rank=rank)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("order", "people"),
    [
        ("roster", ["三木", "和田", "安藤", "江口", "加藤"]),
        ("title", ["加藤", "和田", "三木", "安藤", "江口"]),
        ("section", ["加藤", "和田", "三木", "安藤", "江口"]),
        ("kana", ["安藤", "江口", "加藤", "三木", "和田"]),
        ("nonsense", ["三木", "和田", "安藤", "江口", "加藤"]),
    ],
)
def test_a_roster_is_read_in_four_orders(desk, group, five, name, order, people):
    assert people_of(desk.get(url(name, group.slug), {"order": order})) == people


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("words", "people"),
    [("わだ", ["和田"]), ("市民課", ["三木", "和田"]), ("市民課 主事", ["三木"]), ("代表", ["江口"]), ("無", [])],
)
def test_a_roster_is_searched_by_name_reading_section_and_title(desk, group, five, name, words, people):
    assert people_of(desk.get(url(name, group.slug), {"q": words})) == people


def test_the_words_that_were_searched_stay_when_the_order_changes(desk, group, five):
    page = desk.get(url("desk_members", group.slug), {"q": "市民課"})
    by_kana = next(link.url for link in page.context["roster"].links if link.label == "五十音順")
    assert people_of(desk.get(url("desk_members", group.slug) + by_kana)) == ["三木", "和田"]


@pytest.mark.parametrize("name", LISTS)
def test_a_page_goes_on_where_the_one_before_it_ended(desk, group, five, monkeypatch, name):
    monkeypatch.setattr("members.views._roster.PEOPLE_PER_PAGE", 2)
    address = url(name, group.slug)
    pages = [desk.get(address, {"order": "kana"})]
    while following := pages[-1].context["page"].following:
        pages.append(desk.get(address + following))
    assert [people_of(page) for page in pages] == [["安藤", "江口"], ["加藤", "三木"], ["和田"]]


@pytest.mark.parametrize("name", LISTS)
def test_a_later_page_of_a_roster_costs_six_queries_at_most(
    desk, group, five, monkeypatch, name, django_assert_max_num_queries
):
    monkeypatch.setattr("members.views._roster.PEOPLE_PER_PAGE", 2)
    address = url(name, group.slug)
    following = desk.get(address, {"q": "課"}).context["page"].following
    with django_assert_max_num_queries(7 if name == "roster" else 6):
        desk.get(address + following)


# The keys are kept in step by the database, whoever writes


def order_of_kana(group):
    terms = MembershipTerm.objects.roster(group).in_order(RosterOrder.KANA)
    return [term.membership.user.family_name for term in terms]


def test_a_corrected_reading_moves_its_person(group, five):
    wada = group.memberships.get(user__family_name="和田").user
    wada.family_kana = "あだ"
    wada.save()
    assert order_of_kana(group)[0] == "和田"


def test_a_section_that_moves_takes_its_people_along(desk, group, five, environment_section):
    environment_section.order = 0
    environment_section.save()
    assert people_of(desk.get(url("desk_members", group.slug), {"order": "section"}))[0] == "安藤"


def test_whom_the_desk_moves_up_stands_higher_in_the_list(desk, group, five):
    wada = group.memberships.get(user__family_name="和田")
    page = desk.post(url("move_member", group.slug, wada.pk), {"up": "1"}, follow=True)
    assert page.redirect_chain == [(f"{url('desk_order', group.slug)}#person-{wada.pk}", 302)]
    assert [term.membership.user.family_name for term in page.context["page"]][:2] == ["和田", "三木"]


def test_terms_from_before_the_keys_get_theirs(group, five):
    """The migration, taken back and done again on rows that are there."""
    migration = import_module("members.migrations.0011_lists_and_years")
    before = list(MembershipTerm.objects.order_by("pk").values_list("group", *KEYS))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(migration.BACKWARD)
        MembershipTerm.objects.update(group=None, **dict.fromkeys(KEYS, ""))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(migration.FORWARD)
    assert list(MembershipTerm.objects.order_by("pk").values_list("group", *KEYS)) == before


# Those who do not take part today


def test_who_will_come_and_who_left_stand_with_their_days(desk, group, citizens_section):
    left = builders.make_membership(group=group, department=citizens_section, valid_to=date(2021, 3, 31))
    builders.make_membership(group=builders.make_group(), valid_to=date(2021, 3, 31))
    page = desk.get(url("desk_others", group.slug))
    assert list(page.context["page"]) == [left]
    assert "令和2年4月1日（水）～令和3年3月31日（水）" in page.content.decode()


# The file


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_member_gets_the_roster_as_a_file_without_what_is_the_desks(as_, sato, group, tanaka):
    sato.phone, sato.employee_number = "内線 1234", "A-0001"
    sato.save()
    response = as_(sato).get(url("roster_csv", group.slug))
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert rows_of(response) == [
        ["氏名", "ふりがな", "所属", "職名", "区分", "役職"],
        ["佐藤 花子", "さとう はなこ", "市民課", "主査", "部会メンバー", ""],
        ["田中 三郎", "たなか さぶろう", "", "", "外部有識者", ""],
    ]


def test_the_desk_gets_beside_it_how_people_are_reached(desk, group, sato, member):
    sato.phone, sato.employee_number = "内線 1234", "A-0001"
    sato.save()
    member.office_terms.create(group=group, office="chair", valid_from=date(2026, 4, 1))
    header, own = rows_of(desk.get(url("roster_csv", group.slug)))
    assert header[6:] == ["開始日", "終了日", "連絡方法", "通知先", "内線・電話", "職員番号"]
    assert own[5:] == ["部会長", "2020-04-01", "", "メール", "sato@example.jp", "内線 1234", "A-0001"]


def test_the_file_comes_in_the_order_of_the_page(desk, group, five):
    response = desk.get(url("roster_csv", group.slug), {"order": "kana"})
    assert [row[0] for row in rows_of(response)[1:]] == [
        "安藤 一郎",
        "江口 一郎",
        "加藤 一郎",
        "三木 一郎",
        "和田 一郎",
    ]


def test_no_cell_of_the_file_computes(desk, group):
    builders.make_membership(group=group, job_title="=1+1")
    assert rows_of(desk.get(url("roster_csv", group.slug)))[1][3] == "'=1+1"
