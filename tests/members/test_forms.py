"""What the forms take, and how they say no."""

from datetime import date

import pytest

from foundation.actions import Actor
from members.actions import people
from members.forms.departments import EndDepartmentForm
from members.forms.groups import GroupForm
from members.forms.memberships import TermForm
from members.forms.municipality import MunicipalityForm
from members.forms.people import EndForm, NewPersonForm, PersonForm
from members.forms.search import PeopleSearchForm
from members.models import User
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
    offered = TermForm(group=group).fields["department"].queryset
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
    form = TermForm(answer, group=group)
    assert form.errors == {"__all__": ["終了日は開始日以後の日にしてください。"]}


def test_a_group_meets_at_least_once(db):
    assert GroupForm({"planned_meetings": "0"}).errors["__all__"] == ["開催予定回数は1以上にしてください。"]


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a"])
def test_a_municipal_code_has_six_digits(db, code):
    assert MunicipalityForm({"code": code}).errors["code"]


@pytest.mark.parametrize(("asked", "words"), [({}, ""), ({"q": " さとう "}, "さとう"), ({"q": "x" * 101}, "")])
def test_a_search_always_has_words(asked, words):
    assert PeopleSearchForm(asked).words == words


# Names


def asked_of(form):
    return form.is_valid(), form.questions


NAMESAKE = "同じ氏名・ふりがなの方が、既に登録されています（佐藤 花子、市民課 主査、sato@example.jp）。"


def test_a_namesake_is_asked_about_once_and_then_taken(sato):
    typed = PERSON | {"family_name": "佐藤", "family_kana": "サトウ", "given_name": "花子", "given_kana": "はなこ"}
    form = NewPersonForm(typed)
    assert asked_of(form) == (False, [NAMESAKE])
    assert form.errors == {}
    again = NewPersonForm(form.data)
    assert asked_of(again) == (True, [])
    assert "meant" not in again.cleaned_data


def test_an_answer_holds_for_what_was_asked_and_nothing_else(sato):
    typed = PERSON | {"family_name": "佐藤", "family_kana": "さとう", "given_name": "花子", "given_kana": "はなこ"}
    form = NewPersonForm(typed)
    assert not form.is_valid()
    other = NewPersonForm(form.data | {"display_family_name": "花🍊", "display_family_kana": "はな"})
    assert asked_of(other) == (False, ["氏名に、文字ではない記号（🍊）が入っています。", NAMESAKE])


def test_nothing_is_asked_while_something_is_wrong(sato):
    typed = PERSON | {"family_name": "佐藤", "family_kana": "山田", "given_name": "花子", "given_kana": "はなこ"}
    form = NewPersonForm(typed)
    assert asked_of(form) == (False, [])
    assert form.errors == {
        "family_kana": ["ふりがなは、ひらがなかカタカナで入力してください（「山」は使えません）。"]
    }


def test_who_corrects_something_else_is_not_asked_about_the_name(sato):
    builders.make_user(family="佐藤", given="花子", kana=("さとう", "はなこ"))
    initial = {name: value for name, value in PersonForm(instance=sato).initial.items() if value is not None}
    assert asked_of(PersonForm(initial | {"phone": "2345"}, instance=sato)) == (True, [])
    form = PersonForm(initial | {"given_kana": "ハナコ"}, instance=sato)
    assert not form.is_valid()
    assert len(form.questions) == 1


def test_a_person_who_was_switched_off_is_told_of_as_such(sato):
    User.objects.filter(pk=sato.pk).update(is_active=False, email=None, employee_number="12")
    typed = PERSON | {"family_name": "佐藤", "family_kana": "さとう", "given_name": "花子", "given_kana": "はなこ"}
    form = NewPersonForm(typed)
    assert not form.is_valid()
    assert form.questions == [
        "同じ氏名・ふりがなの方が、既に登録されています（佐藤 花子、停止中、市民課 主査、12）。"
    ]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (
            "family_name",
            "見\u202e本",
            "目に見えない文字（U+202E）が入っています。欄を空にして、入力し直してください。",
        ),
        ("display_family_name", "旧", "旧姓・通称を使用するときは、その姓のふりがなも入力してください。"),
        (
            "email",
            "taro..yamada.@docomo.ne.jp",
            "メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。",
        ),
        ("delivery_email", "taro", "メールアドレスに「@」がありません。入力し直してください。"),
    ],
)
def test_what_cannot_be_is_refused_once_at_its_field(db, field, typed, sentence):
    form = NewPersonForm(PERSON | {field: typed})
    assert not form.is_valid()
    assert list(form.errors.values()) == [[sentence]]


def test_emails_may_go_to_an_address_of_a_carrier(abe):
    form = NewPersonForm(PERSON | {"delivery_email": "ｔａｒｏ..yamada.@docomo.ne.jp"})
    assert form.is_valid(), form.errors
    person = people.add_person(by=Actor(abe), **form.cleaned_data)
    assert person.address == "taro..yamada.@docomo.ne.jp"
