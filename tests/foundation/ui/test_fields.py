from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from foundation.ui.fields import DayField, DeadlineField, MomentField, ParagraphField, visible_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("質問です。", 5),
        ("𠮷野家", 3),
        ("か\u3099", 1),
        ("葛\U000e0100城市", 3),
        ("👨\u200d👩\u200d👧", 1),
        ("🇯🇵🇫🇷", 2),
        ("👍🏽", 1),
        ("一行目\n二行目", 7),
    ],
)
def test_characters_are_counted_as_people_see_them(text, length):
    assert visible_length(text) == length


@given(st.text(max_size=40))
def test_nobody_sees_more_characters_than_there_are(text):
    assert visible_length(text) <= len(text)


@pytest.mark.parametrize("typed", ["", " ", "\u3000"])
def test_a_blank_is_no_day(typed):
    assert DayField(required=False).clean(typed) is None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1872-12-31", "明治6年より前の日付は入力できません。年を確認してください。"),
        ("2026-02-30", "「2026-02-30」は存在しない日付です。年・月・日を確認してください。"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(typed, reason):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == [reason]


def test_the_first_day_of_the_calendar_is_one():
    assert DayField().clean("明治6年1月1日") == date(1873, 1, 1)


def test_a_line_end_is_one_character_as_in_the_browser():
    assert ParagraphField(max_length=3).clean("一\r\n二") == "一\n二"


def test_a_text_that_is_too_long_is_told_by_how_much():
    with pytest.raises(ValidationError) as refused:
        ParagraphField(max_length=3).clean("一二三四")
    assert refused.value.messages == ["3文字以内で入力してください（現在は4文字です）。"]


def test_nothing_typed_stays_nothing():
    assert ParagraphField(required=False, empty_value=None).clean("") is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1872-12-31", "明治6年より前の日付は入力できません。年を確認してください。"),
        ("2200-01-01", "2199年より後の日付は入力できません。年を確認してください。"),
        ("9999-12-31", "2199年より後の日付は入力できません。年を確認してください。"),
    ],
)
def test_a_day_out_of_reach_is_refused_with_and_without_a_time(typed, sentence):
    for field, value in ((DayField(), typed), (MomentField(), f"{typed}T10:00")):
        with pytest.raises(ValidationError) as refused:
            field.clean(value)
        assert refused.value.messages == [sentence]


@pytest.mark.parametrize("day", ["1873-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_within_reach(day):
    found = DayField().clean(day), MomentField().clean(f"{day}T10:00").date()
    assert [value.isoformat() for value in found] == [day, day]


def test_a_day_that_is_one_already_stays():
    assert DayField().to_python(date(2026, 5, 18)) == date(2026, 5, 18)


def test_a_deadline_is_no_midnight_because_that_is_read_as_two_days():
    with pytest.raises(ValidationError) as refusal:
        DeadlineField().clean("2026-12-03T00:00")
    assert refusal.value.message == (
        "「午前0時まで」は、前日の夜までか当日の夜までか、読む方が迷います。"
        "12月2日（水）の夜までであれば、午後11時59分を入力してください。"
    )
    assert f"{DeadlineField().clean('2026-12-02T23:59'):%d %H:%M}" == "02 23:59"
