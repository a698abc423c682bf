"""How each kind of a desk's own question is asked, read and told again."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from meetings.models import Survey
from meetings.survey.content import questionnaire
from meetings.survey.page import ReplyForm, initial_of
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(survey, member):
    """`asked("number")`: the form with one question of this kind, empty, or as it was sent with these values."""

    def form(kind, *typed, is_sent=False, **fields):
        own = builders.make_field(survey=survey, kind=kind, label="設問", **fields)
        asks = questionnaire(Survey.objects.for_person(member).get(pk=survey.pk), member)
        if not (typed or is_sent):
            return ReplyForm(initial=initial_of(None, 0), asks=asks), f"field_{own.pk}"
        data = QueryDict(mutable=True)
        for name, values in {"key": [str(uuid4())], "seen": ["0"], "mode": ["venue"]}.items():
            data.setlist(name, values)
        data.setlist(f"field_{own.pk}", list(typed))
        return ReplyForm(data, asks=asks), f"field_{own.pk}"

    return form


OPTIONS = {"options": ["弁当", "持参"]}


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "told"),
    [
        ("text", [" 茶 "], "茶", "茶"),
        ("paragraph", ["一\r\n二"], "一\n二", "一\n二"),
        ("one", ["弁当"], "弁当", "弁当"),
        ("several", ["弁当", "持参"], ["弁当", "持参"], "弁当、持参"),
        ("number", ["１，２００．５"], "1200.5", "1200.5"),
        ("number", ["0"], "0", "0"),
        ("number", ["−３"], "-3", "-3"),
        ("date", ["R8.12.4"], "2026-12-04", "令和8年12月4日（金）"),
        ("date", ["令和８年１２月４日"], "2026-12-04", "令和8年12月4日（金）"),
    ],
)
def test_it_is_read_as_people_type_it(asked, kind, typed, stored, told):
    form, name = asked(kind, *typed, **(OPTIONS if kind in {"one", "several"} else {}))
    assert form.is_valid(), form.errors
    content = form.content()
    assert list(content["custom"]["answers"].values()) == [stored]
    assert form.asks.words(content) == [("出欠", "会場で出席"), ("設問", told)]
    assert name == f"field_{next(iter(content['custom']['answers']))}"


@pytest.mark.parametrize("kind", ["text", "paragraph", "one", "several", "number", "date"])
def test_left_open_it_is_no_answer(asked, kind):
    form, _name = asked(
        kind, "" if kind != "several" else "弁当", **(OPTIONS if kind in {"one", "several"} else {})
    )
    assert form.is_valid(), form.errors
    assert form.content()["custom"]["answers"] == ({} if kind != "several" else {_name[6:]: ["弁当"]})


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("text", "あ" * 201, "この値は 200 文字以下でなければなりません( 201 文字になっています)。"),
        ("paragraph", "あ" * 1001, "1000文字以内で入力してください（現在は1001文字です）。"),
        ("one", "外食", "選択肢が変わりました。選び直してください。"),
        ("several", "外食", "選択肢が変わりました。選び直してください。"),
        ("number", "三人", "数字で入力してください。例：12"),
        ("number", "NaN", "数字で入力してください。例：12"),
        (
            "date",
            "来週",
            "「来週」を日付として読み取れません。「令和3年5月18日」「R3.5.18」「2021/5/18」のように入力してください。",
        ),
    ],
)
def test_what_is_none_of_its_kind_is_told_at_its_field(asked, kind, typed, said):
    form, name = asked(kind, typed, **(OPTIONS if kind in {"one", "several"} else {}))
    assert form.errors == {name: [said]}


@pytest.mark.parametrize("kind", ["text", "one", "several"])
def test_what_has_to_be_answered_stands_open_and_is_asked_for(asked, kind):
    typed = [""] if kind != "several" else []
    form, name = asked(
        kind, *typed, is_sent=True, is_required=True, **(OPTIONS if kind in {"one", "several"} else {})
    )
    said = {
        "text": "設問を入力してください。",
        "one": "設問を選択してください。",
        "several": "一つ以上選択してください。",
    }
    assert form.errors == {name: [said[kind]]}


def test_one_that_may_stay_empty_can_be_emptied_again(asked):
    form, name = asked("one", **OPTIONS)
    assert form.fields[name].choices == [("", "選択しない"), ("弁当", "弁当"), ("持参", "持参")]


def test_a_stored_day_is_shown_as_an_office_writes_it(asked, survey, member, give):
    form, name = asked("date")
    initial = initial_of({"custom": {"answers": {name.removeprefix("field_"): "2026-12-04"}}}, 1)
    again = ReplyForm(initial=initial, asks=form.asks)
    assert again[name].value() == "令和8年12月4日（金）"


def test_a_survey_without_own_questions_shows_no_section(survey, member):
    asks = questionnaire(Survey.objects.for_person(member).get(pk=survey.pk), member)
    assert [name for name in ReplyForm(asks=asks).fields if name.startswith("field_")] == []
