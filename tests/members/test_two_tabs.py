"""Two windows on one row: the second replaces nothing that it did not show, and loses no word."""

import re

from django.urls import reverse

from members.models import Department, Municipality, User, WorkingGroup
from tests import builders
from tests.builders import WORDS

GROUP = {
    "name": "DX推進部会",
    "parent_body": "見本市行政経営本部",
    "fiscal_year": "2026",
    "charter": "設置要綱",
    "planned_meetings": "5",
    "majority": "answered",
    "is_public": "on",
    "contact_phone": "内線 2345",
    **WORDS,
}
PERSON = {
    "family_name": "山本",
    "given_name": "一",
    "family_kana": "やまもと",
    "given_kana": "はじめ",
    "channel": "mail",
    "is_active": "on",
}
TOWN = {
    "name": "見本市",
    "prefecture": "見本県",
    "code": "999997",
    "licence": "CC-BY-4.0",
    "bodies_word": "会議体",
    **WORDS,
}
SECTION = {"level": "division", "name": "市民課", "order": "10", "valid_from": "2020-04-01"}


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def sent_from_two_windows(client, address, answer, first, second):
    """The page that the second window gets; both had shown the first version."""
    assert client.post(address, answer | first | {"seen": 1}).status_code == 302
    return client.post(address, answer | second | {"seen": 1})


def test_two_tabs_on_a_person_lose_no_word_and_the_second_can_be_sent_again(as_, abe, sato):
    office, address = as_(abe), url("edit_person", sato.pk)
    page = sent_from_two_windows(office, address, PERSON, {"phone": "内線 11"}, {"phone": "内線 22"})
    assert page.status_code == 409
    assert page.context["form"].conflict == [("内線・電話", "内線 11", "内線 22")]
    assert page.text.count('<h2 id="conflict">他の画面で変更された内容</h2>') == 1
    assert re.findall(r"<td>(内線 \d\d)</td>", page.text) == ["内線 11", "内線 22"]
    office.post(address, PERSON | {"phone": "内線 22", "seen": page.context["form"]["seen"].value()})
    assert User.objects.get(pk=sato.pk).phone == "内線 22"


def test_a_section_is_not_renamed_over_a_name_that_was_not_shown(as_, abe, citizens_section):
    address = url("edit_department", citizens_section.pk)
    page = sent_from_two_windows(as_(abe), address, SECTION, {"name": "市民窓口課"}, {"name": "市民生活課"})
    assert page.context["form"].conflict == [("組織名", "市民窓口課", "市民生活課")]
    assert Department.objects.get().name == "市民窓口課"


def test_a_group_is_not_renamed_over_a_name_that_was_not_shown(as_, abe, group):
    address = url("edit_group", group.slug)
    page = sent_from_two_windows(as_(abe), address, GROUP, {"name": "デジタル部会"}, {"name": "DX部会"})
    assert page.context["form"].conflict == [("名称", "デジタル部会", "DX部会")]
    assert WorkingGroup.objects.get().name == "デジタル部会"


def test_the_town_hall_is_not_written_over_what_was_not_shown(as_, abe):
    address = url("edit_municipality")
    first, second = {"contact_section": "行政経営課"}, {"contact_section": "広報課"}
    page = sent_from_two_windows(as_(abe), address, TOWN, first, second)
    assert page.context["form"].conflict == [("問い合わせ先の課", "行政経営課", "広報課")]
    assert Municipality.objects.get().contact_section == "行政経営課"


def test_a_term_is_not_corrected_over_a_correction_that_was_not_shown(as_, suzuki, group, member):
    term = member.terms.get()
    answer = {"category": "member", "department": term.department_id, "valid_from": builders.LONG_AGO}
    address = url("correct_term", group.slug, member.pk, term.pk)
    page = sent_from_two_windows(as_(suzuki), address, answer, {"job_title": "係長"}, {"job_title": "主事"})
    assert page.context["form"].conflict == [("職名", "係長", "主事")]
    assert member.terms.get().job_title == "係長"
