import datetime as dt
import re
from datetime import UTC, date

import pytest
from hypothesis import given, strategies as st

from foundation.calendar import wareki


def tokyo(*parts):
    return dt.datetime(*parts, tzinfo=wareki.TOKYO)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 5, 18), "令和3年5月18日（火）"),
        (date(2019, 5, 1), "令和元年5月1日（水）"),
        (date(2019, 4, 30), "平成31年4月30日（火）"),
        (date(1989, 1, 8), "平成元年1月8日（日）"),
        (date(1989, 1, 7), "昭和64年1月7日（土）"),
        (date(1926, 12, 25), "昭和元年12月25日（土）"),
        (date(1926, 12, 24), "大正15年12月24日（金）"),
        (date(1912, 7, 30), "大正元年7月30日（火）"),
        (date(1912, 7, 29), "明治45年7月29日（月）"),
        (date(1873, 1, 1), "明治6年1月1日（水）"),
        (date(1872, 12, 31), "1872年12月31日（火）"),
    ],
)
def test_a_day_is_written_in_its_era(day, written):
    assert wareki.date(day) == written


def test_a_short_date_leaves_the_year_out():
    assert wareki.short_date(date(2021, 5, 27)) == "5月27日（木）"


@pytest.mark.parametrize(
    ("clock", "written"),
    [
        (dt.time(13), "午後1時"),
        (dt.time(9, 5), "午前9時05分"),
        (dt.time(12), "正午"),
        (dt.time(12, 30), "午後0時30分"),
        (dt.time(0), "午前0時"),
        (dt.time(23, 59, 59), "午後11時59分"),
    ],
)
def test_a_time_is_written_by_halves_of_the_day(clock, written):
    assert wareki.time(clock) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (dt.time(13), dt.time(15, 15), "午後1時～3時15分"),
        (dt.time(9, 30), dt.time(11), "午前9時30分～11時"),
        (dt.time(10), dt.time(12), "午前10時～正午"),
        (dt.time(12), dt.time(13), "正午～午後1時"),
        (dt.time(11), dt.time(12, 30), "午前11時～午後0時30分"),
        (dt.time(12, 30), dt.time(13, 15), "午後0時30分～1時15分"),
    ],
)
def test_the_second_half_of_the_day_is_said_only_when_it_differs(start, end, written):
    assert wareki.time_range(start, end) == written


def test_a_record_is_written_to_the_minute():
    assert wareki.time_range(dt.time(13), dt.time(15), full=True) == "午後1時00分～3時00分"
    assert wareki.time_range(dt.time(10), dt.time(12), full=True) == "午前10時00分～正午"


def test_a_range_over_midnight_names_the_second_day():
    assert wareki.time_range(tokyo(2021, 5, 18, 23), tokyo(2021, 5, 19, 1)) == "午後11時～5月19日（水） 午前1時"
    assert wareki.time_range(tokyo(2021, 5, 18, 13), tokyo(2021, 5, 18, 15)) == "午後1時～3時"
    assert wareki.time_range(tokyo(2021, 5, 18, 13), dt.time(15)) == "午後1時～3時"
    assert wareki.time_range(dt.time(13), tokyo(2021, 5, 18, 15)) == "午後1時～3時"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (tokyo(2026, 12, 31, 23), tokyo(2027, 1, 1, 1), "午後11時～令和9年1月1日（金） 午前1時"),
        (tokyo(2019, 4, 30, 22), tokyo(2019, 5, 1, 1), "午後10時～令和元年5月1日（水） 午前1時"),
    ],
)
def test_a_range_into_another_year_or_era_names_it(start, end, written):
    assert wareki.time_range(start, end) == written


def test_an_aware_moment_is_told_in_japanese_time():
    moment = dt.datetime(2021, 5, 17, 15, 30, tzinfo=UTC)
    assert wareki.datetime(moment) == "令和3年5月18日（火） 午前0時30分"
    assert wareki.date(moment) == "令和3年5月18日（火）"


def test_a_deadline_is_written_for_the_subject_of_an_email():
    assert wareki.deadline(tokyo(2021, 5, 24, 17)) == "5月24日（月）午後5時まで"
    assert wareki.deadline(tokyo(2021, 5, 24, 17, 15)) == "5月24日（月）午後5時15分まで"


@pytest.mark.parametrize(
    ("day", "began", "written"),
    [
        (date(2021, 4, 1), 2021, "令和3年度"),
        (date(2022, 3, 31), 2021, "令和3年度"),
        (date(2022, 4, 1), 2022, "令和4年度"),
        (date(2019, 4, 1), 2019, "令和元年度"),
        (date(2019, 3, 31), 2018, "平成30年度"),
        (date(1989, 2, 1), 1988, "昭和63年度"),
    ],
)
def test_the_fiscal_year_begins_in_april(day, began, written):
    assert (wareki.year_of_april(day), wareki.fiscal_year(day)) == (began, written)


@pytest.mark.parametrize(
    "typed",
    [
        "令和3年5月18日",
        "令和３年５月１８日",
        "令和 3年 5月 18日",
        "令和3年5月18日（火）",
        "R3.5.18",
        "r3.5.18",
        "R3/5/18",
        "R03-05-18",
        "令和3.5.18",
        "㋿3年5月18日",
        "2021-05-18",
        "２０２１／５／１８",
        "2021年5月18日",
        "2021.5.18",
        "20210518",
        "2021ー5ー18",
        " 2021/5/18 ",
        "令3.5.18",
        "令３・５・１８",
        "令和三年五月十八日",
        "令和三年五月十八日（火曜日）",
        "二〇二一年五月十八日",
        "令和3年5月18日（火・祝）",
        "令和3年5月18日（火曜日・祝日）",
        "R3.5.18(火祝)",
        "令和3年5月18日（火・休）",
    ],
)
def test_every_spelling_of_the_office_is_read(typed):
    assert wareki.parse_date(typed) == date(2021, 5, 18)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S64.1.7", date(1989, 1, 7)),
        ("平31.4.30", date(2019, 4, 30)),
        ("昭64.1.7", date(1989, 1, 7)),
        ("大15.12.24", date(1926, 12, 24)),
        ("明45.7.29", date(1912, 7, 29)),
        ("令元.5.1", date(2019, 5, 1)),
        ("平成三十一年四月三十日", date(2019, 4, 30)),
        ("昭和二十年十月二十日", date(1945, 10, 20)),
        ("一九四五年十月十日", date(1945, 10, 10)),
        ("R2.2.29", date(2020, 2, 29)),
    ],
)
def test_the_borders_of_the_eras_are_read(typed, day):
    assert wareki.parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "H31.5.1",
            "「H31.5.1」は平成の日付ではありません（平成は平成元年1月8日（日）から平成31年4月30日（火）までです）。",
        ),
        ("R1.4.30", "「R1.4.30」は令和の日付ではありません（令和は令和元年5月1日（水）からです）。"),
        ("R3.2.30", "「R3.2.30」は存在しない日付です。年・月・日を確認してください。"),
        ("R3.4.31", "「R3.4.31」は存在しない日付です。年・月・日を確認してください。"),
        ("R0.5.1", "「R0.5.1」は存在しない日付です。年・月・日を確認してください。"),
        ("0000-01-01", "「0000-01-01」は存在しない日付です。年・月・日を確認してください。"),
        ("2021/5/18（水）", "「2021/5/18（水）」は火曜日です。日付か曜日を確認してください。"),
        ("令3.5.18（水・祝）", "「令3.5.18（水・祝）」は火曜日です。日付か曜日を確認してください。"),
        (
            "平31.5.1",
            "「平31.5.1」は平成の日付ではありません（平成は平成元年1月8日（日）から平成31年4月30日（火）までです）。",
        ),
        (
            "令和三年十三月一日",
            "「令和三年十三月一日」は存在しない日付です。年・月・日を確認してください。",
        ),
        (
            "21/5/18",
            "「21/5/18」を日付として読み取れません。「令和3年5月18日」「R3.5.18」「2021/5/18」のように入力してください。",
        ),
        (
            "9" * 100,
            "日付として読み取れません。「令和3年5月18日」「R3.5.18」「2021/5/18」のように入力してください。",
        ),
    ],
)
def test_what_is_no_date_is_answered_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as refusal:
        wareki.parse_date(typed)
    assert str(refusal.value) == sentence


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2117, 12, 31)))
def test_every_day_that_is_written_is_read_back(day):
    assert wareki.parse_date(wareki.date(day)) == day


@given(st.text(alphabet="令平昭和成元年月日RHS0129／./-ー（火・祝） 〇一十\0\ud800", max_size=20))
def test_no_text_makes_the_reader_stumble(text):
    try:
        assert wareki.parse_date(text).year > 0
    except ValueError as refusal:
        assert str(refusal).endswith("。")  # noqa: PT017
