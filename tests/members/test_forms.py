"""What the forms take, and how they say no."""

from datetime import date

import pytest

from members.forms.departments import EndDepartmentForm
from members.forms.groups import GroupForm
from members.forms.memberships import NewMemberForm
from members.forms.municipality import MunicipalityForm
from members.forms.people import EndForm, NewPersonForm, PersonForm
from members.forms.search import PeopleSearchForm
from tests import builders

PERSON = {"family_name": "髙橋", "family_kana": "たかはし", "channel": "mail", "posted_from": "2026-04-01"}


@pytest.mark.parametrize("typed", ["2026-03-31", "R8.3.31", "令和8年3月31日（火）", "２０２６／３／３１"])
def test_a_day_is_read_in_any_spelling(typed):
    form = EndForm({"valid_to": typed})
    assert form.is_valid()
    assert form.cleaned_data["valid_to"] == date(2026, 3, 31)


def test_a_day_that_does_not_exist_is_explained():
    assert EndForm({"valid_to": "令和8年2月30日"}).errors["valid_to"] == [
        "「令和8年2月30日」は存在しない日付です。年・月・日を確認してください。"
    ]


def test_addresses_and_numbers_become_half_width_names_stay_as_they_are(db):
    form = NewPersonForm(PERSON | {"email": "Ａ@example.jp", "phone": "０９０", "employee_number": "Ａ１"})
    assert form.is_valid(), form.errors
    taken = [form.cleaned_data[name] for name in ("family_name", "email", "phone", "employee_number")]
    assert taken == ["髙橋", "A@example.jp", "090", "A1"]


def test_what_may_be_empty_is_unknown_not_empty(db):
    form = NewPersonForm(PERSON)
    assert form.is_valid()
    assert (form.cleaned_data["email"], form.cleaned_data["employee_number"]) == (None, None)


def test_an_own_address_is_not_said_to_be_taken(sato):
    initial = {name: value for name, value in PersonForm(instance=sato).initial.items() if value is not None}
    assert PersonForm(initial, instance=sato).is_valid()


def test_sections_that_have_ended_are_offered_to_nobody_new(citizens_section, group):
    ended = builders.make_department(name="旧課", valid_to=date(2021, 3, 31))
    offered = NewMemberForm(group=group).fields["department"].queryset
    assert (citizens_section in offered, ended in offered) == (True, False)


def test_the_section_of_a_group_stays_on_offer_after_its_end(group, citizens_section):
    ended = builders.make_department(name="旧課", order=90, valid_to=date(2021, 3, 31))
    group.contact_department = ended
    assert list(GroupForm(instance=group).fields["contact_department"].queryset) == [citizens_section, ended]


def test_a_section_is_not_its_own_successor(citizens_section, environment_section):
    builders.make_department(name="旧課", valid_to=date(2021, 3, 31))
    to_come = builders.make_department(name="来年までの課", order=90, valid_to=date(2099, 3, 31))
    offered = EndDepartmentForm(department=citizens_section).fields["successor"].queryset
    assert list(offered) == [environment_section, to_come]


# ASVS V2.2.3
def test_an_end_before_the_beginning_is_refused_in_words(group):
    answer = {"category": "member", "valid_from": "2026-04-01", "valid_to": "2026-03-31"}
    form = NewMemberForm(answer, group=group)
    assert form.errors == {"__all__": ["終了日は開始日以後の日にしてください。"]}


def test_a_group_meets_at_least_once(db):
    assert GroupForm({"planned_meetings": "0"}).errors["__all__"] == ["開催予定回数は1以上にしてください。"]


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a"])
def test_a_municipal_code_has_six_digits(db, code):
    assert MunicipalityForm({"code": code}).errors["code"]


@pytest.mark.parametrize(("asked", "words"), [({}, ""), ({"q": " さとう "}, "さとう"), ({"q": "x" * 101}, "")])
def test_a_search_always_has_words(asked, words):
    assert PeopleSearchForm(asked).words == words
