"""What the tools write down, as lines with time and speaker."""

import io

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.forms.transcripts import match
from meetings.states import ItemKind
from meetings.transcripts import brought_back, carried, speakers, utterances
from tests import builders

TEAMS_VTT = """WEBVTT

NOTE duration:"00:00:09.000"

3e6a2d1c-0000-4a6b-9d9d-0123456789ab/12-0
00:00:03.450 --> 00:00:06.120
<v 佐藤 花子>それでは始めます。</v>

3e6a2d1c-0000-4a6b-9d9d-0123456789ab/13-0
00:00:06.500 --> 00:00:08.000
<v 佐藤 花子>資料1を
御覧ください。</v>

00:01:12.000 --> 00:01:14.000
<v 田中 三郎>A&amp;Bの件です。</v>
"""
ZOOM_VTT = """WEBVTT

1
00:00:03.450 --> 00:00:06.120
佐藤 花子: それでは始めます。

2
00:00:06.500 --> 00:00:08.000
資料1を御覧ください。
"""
SRT = "1\n00:00:03,450 --> 00:00:06,120\nそれでは始めます。\n\n2\n00:01:12,000 --> 00:01:14,000\n次の議題です。\n"
ZOOM_TEXT = "[佐藤 花子] 13:01:02\nそれでは始めます。\n資料1を御覧ください。\n\n[田中 三郎] 13:02:00\nはい。\n"
TEAMS_WORD = "佐藤 花子   0:03\nそれでは始めます。\n\n田中 三郎   1:12\nはい。\n"
TOOL = "00:00:03 話者1：それでは始めます。\n00:01:12 話者2：はい。\n続けます。\n"
BOOK = "○見本部会長　それでは始めます。\n○田中委員　はい。\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            TEAMS_VTT,
            ["0:03 佐藤 花子 それでは始めます。資料1を御覧ください。", "1:12 田中 三郎 A&Bの件です。"],
        ),
        (ZOOM_VTT, ["0:03 佐藤 花子 それでは始めます。", "0:06  資料1を御覧ください。"]),
        (SRT, ["0:03  それでは始めます。次の議題です。"]),
        (
            ZOOM_TEXT,
            ["13:01:02 佐藤 花子 それでは始めます。資料1を御覧ください。", "13:02:00 田中 三郎 はい。"],
        ),
        (TEAMS_WORD, ["0:03 佐藤 花子 それでは始めます。", "1:12 田中 三郎 はい。"]),
        (TOOL, ["0:03 話者1 それでは始めます。", "1:12 話者2 はい。続けます。"]),
        (BOOK, [" 見本部会長 それでは始めます。", " 田中委員 はい。"]),
        ("ただの文。\nもう一つ。", ["  ただの文。もう一つ。"]),
    ],
    ids=["teams.vtt", "zoom.vtt", "srt", "zoom.txt", "teams.docx", "tool", "book", "plain"],
)
def test_a_text_is_read_with_time_and_speaker(text, lines):
    found = utterances(text)
    assert [f"{each.at} {each.who} {each.said}" for each in found] == lines
    assert brought_back(carried(found)) == found


def test_four_hours_of_talk_are_read():
    text = "".join(f"話者{n % 12 + 1}  {n // 60}:{n % 60:02}:00\n{'話' * 300}\n" for n in range(240))
    found = utterances(text)
    assert (len(found), speakers(found)[-1], found[-1].at) == (240, "話者12", "3:59:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n\n", "発言を読み取れませんでした。"),
        ("話" * 300_001, "文字起こしが長すぎます（300,001文字）。"),
        ("\n".join(f"人{n}：は" for n in range(3001)).replace("人", "話者"), "発言が3,001件あります。"),
    ],
)
def test_what_is_none_or_too_much_is_refused_in_words(text, said):
    with pytest.raises(ValidationError, match=said):
        utterances(text)


def test_a_thousand_speakers_are_a_thousand_names():
    assert len(speakers(utterances("\n".join(f"話者{n}：はい" for n in range(1000))))) == 1000


# The page


@pytest.fixture
def meeting(group, suzuki, member, expert):
    meeting = builders.make_meeting(group=group)
    builders.make_item(meeting=meeting, kind=ItemKind.DISCUSSION, title="意見交換")
    return meeting


@pytest.fixture
def page(meeting):
    return reverse("meetings:import_transcript", args=[meeting.group.slug, meeting.number])


def in_word(text):
    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_ticked_lines_become_lines_of_the_record_and_the_rest_is_not_kept(meeting, page, member, as_, suzuki):
    desk, item = as_(suzuki), meeting.items.get()
    shown = desk.post(page, {"pasted": f"{ZOOM_TEXT}\n[佐藤 花子] 13:03:00\n雑談です。"}).context["form"]
    assert {name: shown.initial[box] for name, box in shown.boxes.items()}["佐藤 花子"] == str(member.pk)
    assert not meeting.entries.exists()
    picked = {"carried": shown.initial["carried"], "place": item.pk, "point": ["0"], "reply": ["1"], "apply": "1"}
    boxes = {box: shown.initial[box] for box in shown.boxes.values()}
    record = desk.post(page, picked | boxes, follow=True)
    lines = [(line.point, line.text, line.speaker_id) for line in meeting.entries.all()]
    said = ("point", "それでは始めます。資料1を御覧ください。", member.pk)
    assert (lines[0], [text for _point, text, _who in lines[1:]]) == (said, ["はい。"])
    assert "（佐藤 花子）" in record.content.decode()
    assert "追加を元に戻す" in record.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("会議.vtt", TEAMS_VTT.encode("utf-8-sig")),
        ("会議.txt", ZOOM_TEXT.encode("cp932")),
        ("会議.docx", in_word(TEAMS_WORD)),
    ],
)
def test_a_file_is_read_by_its_kind(page, as_, suzuki, name, data):
    form = as_(suzuki).post(page, {"file": SimpleUploadedFile(name, data)}).context["form"]
    assert speakers(form.found) == ["佐藤 花子", "田中 三郎"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "文字起こしを貼り付けるか、ファイルを選択してください。"),
        ({"file": SimpleUploadedFile("録音.mp4", b"x")}, "この種類のファイルは読み取れません。"),
        ({"file": SimpleUploadedFile("会議.docx", b"PK\x03\x04 word/document")}, "読み取れませんでした。"),
        ({"file": SimpleUploadedFile("会議.vtt", b"WEBVTT\n")}, "発言を読み取れませんでした。"),
        ({"carried": "[]"}, "この画面の情報が足りません。"),
        ({"carried": '[["","","長い"]]', "place": "notices"}, "記録に取り込む行を、○又は→で選んでください。"),
        ({"carried": '[["","","長い"]]', "place": "notices", "reply": "0"}, "→ の行は、○ 又は印なしの行の下に"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_words(meeting, page, as_, suzuki, sent, said):
    for file in sent.values():
        if hasattr(file, "seek"):
            file.seek(0)
    assert said in as_(suzuki).post(page, sent).content.decode()
    assert not meeting.entries.exists()


def test_a_crowd_is_not_matched_and_said_so(page, as_, suzuki):
    shown = as_(suzuki).post(page, {"pasted": "\n".join(f"話者{n}：はい" for n in range(1000))})
    assert shown.context["form"].boxes == {}
    assert "発言者の名前が60を超えるため" in shown.content.decode()


@pytest.mark.parametrize("called", ["佐藤 花子", "佐藤花子", "佐藤委員", "佐藤", "サトウ"])
def test_a_speaker_is_known_by_name_with_or_without_a_title(member, called):
    assert match(called, [member]) == ("" if called == "サトウ" else str(member.pk))


def test_two_of_one_family_name_are_not_guessed(group, member):
    other = builders.make_membership(group=group)
    other.user.family_name = "佐藤"
    assert match("佐藤委員", [member, other]) == ""
