"""A body speaks in words of its own: on pages, in emails, in reports. The town holds those of the next one."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.template.loader import render_to_string

from foundation.actions import Actor
from members import usual
from members.actions import groups
from members.models import Department, Municipality, OfficeTerm, WorkingGroup
from members.states import Category, Office
from tests import builders

COUNCIL = {
    "body_word": "審議会",
    "member_word": "委員",
    "expert_word": "専門委員",
    "chair_word": "会長",
    "vice_chair_word": "副会長",
    "acting_word": "会長職務代理者",
}


@pytest.fixture
def council(abe, kimura):
    """総合計画審議会, with 木村 as its 会長."""
    Municipality.objects.update(portal_name="", bodies_word="審議会等")
    group = builders.make_group(slug="shingikai", name="総合計画審議会", **COUNCIL)
    builders.make_grant(group=group, user=abe)
    membership = builders.make_membership(group=group, user=kimura, category=Category.MEMBER)
    OfficeTerm.objects.create(
        group=group, membership=membership, office=Office.CHAIR, valid_from=builders.LONG_AGO
    )
    return group


def test_a_council_has_a_chair_by_its_own_word_and_no_word_of_another(as_, abe, council):
    for address in ("members/", "desk/members/", "desk/members/choose/"):
        page = as_(abe).get(f"/groups/shingikai/{address}").content.decode()
        assert not [word for word in ("部会", "構成員", "座長") if word in page], address
    roster = as_(abe).get("/groups/shingikai/members/").content.decode()
    assert ("会長" in roster, "委員" in roster) == (True, True)


def test_it_is_asked_in_its_own_words(as_, abe, council, kimura):
    page = as_(abe).get(f"/groups/shingikai/desk/members/{council.memberships.get().pk}/office/")
    assert list(page.context["form"].fields["office"].choices) == [
        ("chair", "会長"),
        ("vice_chair", "副会長"),
        ("acting", "会長職務代理者"),
    ]
    page = as_(abe).get(f"/groups/shingikai/desk/members/add/?user={abe.pk}")
    assert [label for _value, label in page.context["form"].fields[f"category_{abe.pk}"].choices] == [
        "委員",
        "専門委員",
        "事務局",
        "オブザーバー",
    ]


def test_a_new_body_begins_with_the_words_of_the_town(as_, abe):
    Municipality.objects.update(**COUNCIL)
    form = as_(abe).get("/manage/groups/add/").context["form"]
    assert {name: form[name].value() for name in COUNCIL} == COUNCIL


def test_without_a_word_it_has_the_usual_one(abe):
    fields = {"parent_body": "見本町", "fiscal_year": 2026, "charter": "要綱", "planned_meetings": 1}
    blank = dict.fromkeys(usual.WORDS, " ")
    group = groups.add_group(by=Actor(abe), slug="new", name="協議会", **fields, **blank)
    assert group.words == usual.WORDS


@pytest.mark.parametrize(
    ("fields", "portal", "bodies"),
    [
        ({}, "会議と公開データのポータル", "会議体"),
        ({"portal_name": "見本村の会議", "bodies_word": "審議会等"}, "見本村の会議", "審議会等"),
    ],
    ids=["as it comes", "named"],
)
def test_the_house_is_called_as_the_town_calls_it(client, db, fields, portal, bodies):
    Municipality.objects.create(name="見本村", prefecture="見本県", code="999997", **fields)
    page = client.get("/groups/").content.decode()
    assert f"<title>{bodies}｜{portal}</title>" in page
    assert render_to_string("account/email/login_code_subject.txt").strip() == f"【見本村 {portal}】確認コード"


@pytest.mark.parametrize(
    ("main", "number", "dialled"),
    [
        ("0000-00-0000", "内線 2345", "0000-00-0000（代表） 内線 2345"),
        ("0000-00-0000", "0000-11-1111", "0000-11-1111"),
        ("0000-00-0000", "", "0000-00-0000（代表）"),
        ("", "内線 2345", "内線 2345"),
    ],
    ids=["an extension", "a whole number", "none", "a town without"],
)
def test_somebody_outside_is_told_what_can_be_dialled(group, main, number, dialled):
    Municipality.objects.update(main_phone=main)
    group.contact_phone = number
    assert group.phone == dialled


def test_whoever_began_with_one_bodys_words_goes_on_with_them(group, sato, citizens_section, environment_section):
    """The step that fills the tables of a house that ran before there were words."""
    WorkingGroup.objects.update(**usual.WORDS)
    Department.objects.update(label="", path="")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_posting DROP CONSTRAINT members_posting_one_main")
    beside = builders.make_posting(user=sato, department=environment_section)
    migration = import_module("members.migrations.0008_own_words_and_sections")
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    group.refresh_from_db()
    town = Municipality.objects.get()
    assert (group.words, town.words) == (builders.WORDS, builders.WORDS)
    assert (town.portal, town.bodies_word) == ("DX推進部会ポータル", "部会")
    assert list(Department.objects.values_list("label", flat=True)) == ["市民課", "環境課"]
    assert dict(sato.postings.values_list("pk", "kind"))[beside.pk] == "concurrent"
