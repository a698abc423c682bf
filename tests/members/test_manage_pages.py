"""An administrator makes departments, people and a group, and names its desk."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.audit.models import Event
from members.models import Department, DeskGrant, Municipality, Posting, User, WorkingGroup
from tests import builders

GROUP = {
    "name": "DX推進部会",
    "slug": "dx-new",
    "parent_body": "見本市行政経営本部",
    "fiscal_year": "2026",
    "charter": "設置要綱",
    "planned_meetings": "5",
    "majority": "answered",
    "is_public": "on",
}
SECTION = {"level": "division", "name": "市民課", "order": "10", "valid_from": "2020-04-01"}
PERSON = {"family_name": "山本", "given_name": "一", "family_kana": "やまもと", "given_kana": "はじめ"}
UNSTORABLE = [
    b'{"type": "Polygon", "coordinates": [NaN]}',
    b'{"type": "Polygon", "coordinates": [1e999]}',
    b'{"type": "Polygon", "name": "\\u0000"}',
    b'{"type": "Polygon", "name": "\\ud800"}',
    b'{"type": ["Polygon"]}',
]
SQUARE = b'{"type": "Polygon", "coordinates": [[[137, 36], [138, 36], [138, 37], [137, 36]]]}'


def url(name, *args):
    return reverse(f"members:{name}", args=args)


LISTS = [
    "manage",
    "manage_departments",
    "add_department",
    "manage_people",
    "add_person",
    "manage_groups",
    "add_group",
    "edit_municipality",
    "audit",
    "outbox",
]


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_open_for_administrators_and_do_not_exist_for_others(as_, abe, suzuki, sato, name):
    assert [as_(person).get(url(name)).status_code for person in (abe, suzuki, sato)] == [200, 404, 404]


def test_no_form_complains_before_anything_was_typed(office, town):
    pages = [office.get(url(name)) for name in ("add_department", "add_person", "add_group", "edit_municipality")]
    assert [page.context["form"].errors for page in pages] == [{}] * 4
    assert pages[-1].context["form"]["name"].value() == "見本市"


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_ask_visitors_to_log_in(client, town, name):
    assert client.get(url(name)).url.startswith(reverse("account_login"))


# Departments


def test_departments_stand_in_their_order(office, citizens_section, environment_section, planning_section):
    page = office.get(url("manage_departments"))
    assert list(page.context["page"]) == [planning_section, citizens_section, environment_section]


def test_departments_that_were_are_listed_apart(office, citizens_section, environment_section):
    Department.objects.filter(pk=citizens_section.pk).update(valid_to=date(2026, 3, 31))
    lists = [office.get(url("manage_departments"), ended).context["page"] for ended in ({}, {"ended": "1"})]
    assert [list(page) for page in lists] == [[environment_section], [citizens_section]]


def test_an_administrator_adds_a_department(office):
    office.post(url("add_department"), SECTION | {"name": "デジタル課", "order": "5", "valid_from": "R8.4.1"})
    department = Department.objects.get()
    assert (department.name, department.order, department.valid_from) == ("デジタル課", 5, date(2026, 4, 1))


def test_two_departments_of_one_name_are_refused_in_words(office, citizens_section):
    page = office.post(url("add_department"), SECTION | {"name": "市民課"})
    assert page.context["form"].non_field_errors() == [
        "同じ名前の組織が、同じ部局又は課の下に既に登録されています。",
        "同じ表示名の組織が既に登録されています。部局名を付けて区別してください。",
    ]


def test_a_department_ends_and_its_people_go_on_in_the_next(office, sato, member, citizens_section):
    following = builders.make_department(name="市民サービス課")
    answer = {"valid_to": "2027-03-31", "successor": following.pk, "move_people": "on"}
    assert office.post(url("end_department", citizens_section.pk), answer).status_code == 302
    posts = sato.postings.order_by("valid_from")
    assert [(post.department.name, post.valid_to) for post in posts] == [
        ("市民課", date(2027, 3, 31)),
        ("市民サービス課", None),
    ]
    terms = member.terms.order_by("valid_from")
    assert [(term.department.name, term.valid_from) for term in terms] == [
        ("市民課", builders.LONG_AGO),
        ("市民サービス課", date(2027, 4, 1)),
    ]


def test_a_department_is_corrected(office, citizens_section):
    assert office.get(url("edit_department", citizens_section.pk)).status_code == 200
    answer = SECTION | {"name": "市民窓口課"}
    office.post(url("edit_department", citizens_section.pk), answer | {"seen": 1})
    citizens_section.refresh_from_db()
    assert citizens_section.name == "市民窓口課"


# People


@pytest.mark.parametrize("count", [1, 3, 30, 300])
def test_the_list_of_people_asks_as_often_for_many(office, count, django_assert_num_queries):
    section = builders.make_department()
    people = User.objects.bulk_create(
        User(family_name="見本", family_kana="みほん", kana_key="みほん", email=f"p{n}@example.jp")
        for n in range(count)
    )
    Posting.objects.bulk_create(
        Posting(user=user, department=section, valid_from=date(2020, 4, 1)) for user in people
    )
    with django_assert_num_queries(5):
        office.get(url("manage_people"))


def test_the_start_page_tells_how_many_there_are_and_of_many_that_they_are_more(office, monkeypatch):
    monkeypatch.setattr("foundation.ui.paging.MOST_COUNTED", 2)
    builders.make_user()
    assert told_of_people(office) == "2名"
    builders.make_user()
    assert told_of_people(office) == "2名以上"


def told_of_people(office):
    body = re.sub(r"<[^>]+>|\s", "", office.get(url("manage")).content.decode())
    return re.search(r"利用できる職員等(.*?)会議体", body)[1]


def test_an_administrator_adds_a_person_with_a_post(office, citizens_section):
    answer = PERSON | {
        "email": "ＹＡＭＡＭＯＴＯ＠example.jp",
        "channel": "mail",
        "department": citizens_section.pk,
        "job_title": "係長",
        "posted_from": "2026-04-01",
    }
    assert office.post(url("add_person"), answer).status_code == 302
    person = User.objects.get(family_name="山本")
    assert (person.email, person.has_usable_password()) == ("yamamoto@example.jp", False)
    assert person.postings.get().department == citizens_section
    assert person.emailaddress_set.get().email == "yamamoto@example.jp"


def test_a_taken_address_is_refused_in_words(office, sato):
    answer = PERSON | {"email": "SATO@example.jp", "channel": "mail", "posted_from": "2026-04-01"}
    page = office.post(url("add_person"), answer)
    assert page.context["form"].non_field_errors() == ["このログイン用メールアドレスは別の方が使っています。"]


def test_a_person_is_switched_off(office, sato):
    form = office.get(url("edit_person", sato.pk)).context["form"]
    answer = {name: value for name, value in form.initial.items() if value not in (None, False)}
    answer.pop("is_active")
    assert office.post(url("edit_person", sato.pk), answer | {"seen": 1}).status_code == 302
    sato.refresh_from_db()
    assert not sato.is_active


@pytest.mark.parametrize(
    ("kept", "given_up"), [("is_active", "is_administrator"), ("is_administrator", "is_active")]
)
def test_administrators_do_not_lock_themselves_out(office, abe, kept, given_up):
    page = office.post(url("edit_person", abe.pk), PERSON | {"channel": "mail", kept: "on", "seen": 1})
    assert page.context["form"].non_field_errors() == [
        "御自分の管理者の権限と利用は、御自分では止められません。別の管理者に依頼してください。"
    ]
    abe.refresh_from_db()
    assert getattr(abe, given_up)


def test_administrators_change_their_own_telephone(office, abe):
    answer = PERSON | {
        "channel": "mail",
        "is_active": "on",
        "is_administrator": "on",
        "phone": "内線 9",
        "seen": 1,
    }
    assert office.post(url("edit_person", abe.pk), answer).status_code == 302
    abe.refresh_from_db()
    assert abe.phone == "内線 9"


def test_posts_begin_and_end(office, sato, environment_section):
    address = url("add_posting", sato.pk)
    assert office.get(address).status_code == 200
    beside = {"department": environment_section.pk, "valid_from": "2026-04-01", "kind": "concurrent"}
    office.post(address, beside)
    posting = sato.postings.get(department=environment_section)
    address = url("end_posting", sato.pk, posting.pk)
    assert office.get(address).status_code == 200
    office.post(address, {"valid_to": "2026-09-30"})
    posting.refresh_from_db()
    assert posting.valid_to == date(2026, 9, 30)


def test_a_person_is_found_by_kana(office, abe, sato, kimura):
    lists = [office.get(url("manage_people"), asked).context["page"] for asked in ({"q": "きむら"}, {"q": ""}, {})]
    everybody = [abe, kimura, sato]
    assert [list(page) for page in lists] == [[kimura], everybody, everybody]


# Groups


def test_an_administrator_makes_a_group_and_is_led_to_name_its_desk(office):
    page = office.post(url("add_group"), GROUP, follow=True)
    assert page.redirect_chain == [(url("manage_group", "dx-new"), 302)]
    assert "事務局の担当者が足りません" in page.content.decode()
    assert WorkingGroup.objects.get().name == "DX推進部会"


def test_a_group_is_not_called_like_a_page(office):
    page = office.post(url("add_group"), GROUP | {"slug": "add"})
    assert [*page.context["form"].errors] == ["slug"]


@pytest.mark.parametrize("year", ["8", "1999", "20260"])
def test_a_year_that_no_era_has_is_refused_in_words(office, year):
    page = office.post(url("add_group"), GROUP | {"fiscal_year": year})
    assert page.status_code == 200
    assert page.context["form"].errors["fiscal_year"]


def test_the_address_of_a_group_stays(office, group):
    assert office.get(url("edit_group", group.slug)).status_code == 200
    office.post(url("edit_group", group.slug), GROUP | {"slug": "other", "name": "新しい名前", "seen": 1})
    group.refresh_from_db()
    assert (group.slug, group.name) == ("dx-now", "新しい名前")


def test_two_at_the_desk_are_enough(office, group, suzuki, kimura):
    assert office.get(url("manage_group", group.slug)).context["group"].desk_count == 1
    assert list(office.get(url("choose_desk", group.slug), {"q": "木村"}).context["page"]) == [kimura]
    address = url("grant_desk", group.slug, kimura.pk)
    assert office.get(address).status_code == 200
    office.post(address, {"valid_from": "2026-04-01", "valid_to": "2099-03-31"})
    page = office.get(url("manage_group", group.slug))
    assert page.context["group"].desk_count == 2
    assert "事務局の担当者が足りません" not in page.content.decode()


def test_a_second_grant_for_the_same_days_is_refused_in_words(office, group, suzuki):
    page = office.post(url("grant_desk", group.slug, suzuki.pk), {"valid_from": "2026-04-01"})
    assert page.context["form"].non_field_errors() == ["この方には既に事務局の権限があります。"]


def test_a_grant_ends(office, group, suzuki):
    grant = DeskGrant.objects.get()
    assert office.get(url("end_grant", group.slug, grant.pk)).status_code == 200
    office.post(url("end_grant", group.slug, grant.pk), {"valid_to": "2026-09-30"})
    grant.refresh_from_db()
    assert grant.valid_to == date(2026, 9, 30)


# The town hall

TOWN = {"name": "見本市", "prefecture": "見本県", "code": "９９９９９７", "licence": "CC-BY-4.0"}


def test_the_town_hall_is_entered_for_the_first_time(as_, db):
    office, address = as_(builders.make_user(is_administrator=True)), url("edit_municipality")
    seen = office.get(address).context["form"]["seen"].value()
    assert office.post(address, TOWN | {"seen": seen}).status_code == 302
    assert Municipality.objects.get().name == "見本市"


def test_the_town_hall_is_written_once_for_all(office):
    boundary = SimpleUploadedFile("area.geojson", SQUARE)
    assert office.post(url("edit_municipality"), TOWN | {"boundary": boundary, "seen": 1}).status_code == 302
    office.post(url("edit_municipality"), TOWN | {"contact_section": "行政経営課", "seen": 2})
    town = Municipality.objects.get()
    assert (town.code, town.contact_section, town.boundary["type"]) == ("999997", "行政経営課", "Polygon")


def test_the_boundary_is_removed_by_a_tick_and_the_trail_says_so(office, town):
    assert "remove_boundary" not in office.get(url("edit_municipality")).context["form"].fields
    office.post(url("edit_municipality"), TOWN | {"boundary": SimpleUploadedFile("a.json", SQUARE), "seen": 1})
    both = {"boundary": SimpleUploadedFile("a.json", SQUARE), "remove_boundary": "on"}
    office.post(url("edit_municipality"), TOWN | both | {"seen": 2})
    office.post(url("edit_municipality"), TOWN | {"remove_boundary": "on", "seen": 3})
    town.refresh_from_db()
    said = [event.changes for event in Event.objects.filter(action="members.edit_municipality").order_by("id")]
    assert [(each["new_boundary"], each["removed_boundary"]) for each in said] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert town.boundary is None


@pytest.mark.parametrize(
    "swapped", [[[36, 137], [36, 138], [37, 138]], [[1200, 3400], [1300, 3400], [1300, 3500]]]
)
def test_a_boundary_that_is_not_in_japan_is_refused_in_words(office, swapped):
    content = json.dumps({"type": "Polygon", "coordinates": [swapped]}).encode()
    page = office.post(
        url("edit_municipality"), TOWN | {"boundary": SimpleUploadedFile("a.json", content), "seen": 1}
    )
    assert "経度・緯度の順に並んだGeoJSONを選んでください。" in page.context["form"].errors["boundary"][0]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"type": "Point"}', b"[" * 100_000, *UNSTORABLE]
)
def test_what_is_no_boundary_is_said_to_be_none(office, content):
    page = office.post(
        url("edit_municipality"), TOWN | {"boundary": SimpleUploadedFile("a.json", content), "seen": 1}
    )
    assert [*page.context["form"].errors] == ["boundary"]
