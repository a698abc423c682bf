import copy
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.actions import Actor
from meetings.actions import record
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS


@pytest.fixture(scope="module")
def first_once(for_the_module):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def rendered(*args, **options) -> str:
    out = StringIO()
    call_command("render_report", *args, stdout=out, **options)
    return out.getvalue()


def test_text_is_composed_from_todays_rows(first):
    assert rendered(first.group.slug, "1") == first.text()


def test_html_is_a_whole_page(first):
    page = rendered(first.group.slug, "1", format="html")
    assert page.startswith("<!doctype html>")
    assert "<h1>見本市行政経営本部 第1回「DX推進部会」結果報告</h1>" in page


def test_a_frozen_revision_stays_as_it_was(first):
    before = first.text()
    first.approve()
    first.publish()
    record.add_entry(meeting=first.meeting, by=Actor(first.desk), item=first.items[0], text="あとから書いた行")
    assert rendered(first.group.slug, "1", revision=1) == before


def test_a_file_is_written_in_utf_8(first, tmp_path):
    assert rendered(first.group.slug, "1", output=tmp_path / "報告.txt") == ""
    assert (tmp_path / "報告.txt").read_bytes() == first.text().encode()


@pytest.mark.parametrize(
    ("group", "number", "revision", "sentence"),
    [
        ("nowhere", "1", None, "会議体「nowhere」に第1回の会議はありません。"),
        ("dx", "9", None, "会議体「dx」に第9回の会議はありません。"),
        ("dx", "1", 1, "第1回DX推進部会の結果報告に、公開した第1版はありません。"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(first, group, number, revision, sentence):
    first.group.slug = "dx"
    first.group.save()
    with pytest.raises(CommandError) as refusal:
        rendered(group, number, revision=revision)
    assert str(refusal.value) == sentence


def test_a_withheld_revision_is_not_printed(first):
    first.approve()
    first.publish()
    first.withhold()
    with pytest.raises(CommandError) as refusal:
        rendered(first.group.slug, "1", revision=1)
    assert str(refusal.value) == (
        "第1回DX推進部会の結果報告第1版は公開を停止しています（個人情報が含まれていたため）。"
    )


def test_a_path_that_cannot_be_written_is_said_in_a_sentence(first, tmp_path):
    with pytest.raises(CommandError, match="に書き出せません"):
        rendered(first.group.slug, "1", output=tmp_path)
