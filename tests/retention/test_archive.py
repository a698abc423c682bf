"""What the document system gets: one ZIP per meeting and per year, with a list of contents that is true."""

import csv
import hashlib
import io
from datetime import datetime
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from foundation.jobs.states import JobState
from meetings.states import MeetingState, Mode, QuestionChannel
from members.states import Category
from retention import actions
from retention.models import Archive
from tests import builders


@pytest.fixture
def meeting(group, sato, member):
    meeting = builders.make_meeting(group=group, state=MeetingState.HELD)
    item = builders.make_item(meeting=meeting, title="計画の説明", presenter=member)
    meeting.roll.create(membership=member, category=Category.MEMBER, name="佐藤 花子", mode=Mode.VENUE)
    question = meeting.questions.create(channel=QuestionChannel.ORAL, text="=1+1", asker=member, item=item)
    question.answers.create(text="2です。", answerer=member)
    survey = builders.make_survey(meeting=meeting)
    builders.make_reply(survey=survey, membership=member, note="子の通院のため")
    email = builders.make_email(
        state=JobState.DONE, subject="第1回の御案内", body="[[personal-link:7]] から御回答ください。", to=sato
    )
    type(email.job).objects.update(key=f"meetings:announce:{meeting.pk}:{member.pk}:1")
    Event.objects.create(action="meetings.announce", target_type="meetings.meeting", target_id=meeting.pk)
    return meeting


@pytest.fixture
def packed(group, suzuki):
    """`packed(meeting)` or of the year: the files of the ZIP, by name."""

    def do(meeting=None):
        _row, content = actions.archive(group=group, meeting=meeting, by=Actor(suzuki))
        with ZipFile(io.BytesIO(content)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    return do


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


IN_A_MEETING = [
    "会議の概要.csv",
    "01_通知/送信した通知.csv",
    "01_通知/本文1.txt",
    "03_議題/議題.csv",
    "03_議題/課題.csv",
    "02_名簿/出席者名簿.csv",
    "04_会議録/互選.csv",
    "04_会議録/会議の記録.csv",
    "04_会議録/質問と回答.csv",
    "03_議題/資料について.txt",
    "06_回答/出欠と質問.csv",
    "06_回答/受け付けた回答.csv",
    "06_回答/回答の履歴.csv",
    "06_回答/テーマ.csv",
    "04_会議録/結果報告_下書き.txt",
    "05_決裁記録/決裁・供覧.csv",
    "05_決裁記録/公開の経過.csv",
    "05_決裁記録/操作記録.csv",
    "目録.csv",
]


def test_of_a_meeting(packed, meeting):
    assert list(packed(meeting)) == IN_A_MEETING


def test_of_a_year_each_meeting_has_its_folder(packed, meeting):
    of_the_year = ["会議体の概要.csv", "名簿.csv", "事務局.csv", "自己紹介シート.csv", "データセット.csv"]
    of_the_meeting = [f"第1回（開催済み）/{name}" for name in IN_A_MEETING[:-1]]
    assert list(packed()) == [*of_the_year, *of_the_meeting, "目録.csv"]


def test_the_list_tells_size_and_hash_of_each(packed, meeting):
    files = packed(meeting)
    listed = {name: (size, sha256) for name, _about, size, sha256 in rows(files.pop("目録.csv"))[1:]}
    assert listed == {
        name: (str(len(content)), hashlib.sha256(content).hexdigest()) for name, content in files.items()
    }


def test_the_files_say_what_the_rows_say(packed, meeting):
    files = packed(meeting)
    came = ["佐藤 花子", "部会メンバー", "", "会場で出席", "", "", ""]
    assert rows(files["02_名簿/出席者名簿.csv"])[1:] == [came]
    assert rows(files["03_議題/議題.csv"])[1:] == [["1", "その他", "計画の説明", "佐藤 花子"]]
    assert (
        files["01_通知/本文1.txt"].decode("utf-8-sig")
        == "第1回の御案内\r\n\r\n（御本人専用のリンク又はコード） から御回答ください。"
    )
    ((subject, to, address, _sent, state),) = rows(files["01_通知/送信した通知.csv"])[1:]
    assert (subject, to, address, state) == ("第1回の御案内", "佐藤 花子", "a@example.jp", "送信済み")
    ((_at, _by, _via, did, *_rest),) = rows(files["05_決裁記録/操作記録.csv"])[1:]
    assert did == "開催通知の送信"


def test_of_a_photo_it_is_told_that_there_was_one(packed, meeting, member, expert):
    """The picture itself goes with its sheet."""
    builders.make_photo(sheet=builders.make_sheet(membership=member))
    builders.make_sheet(membership=expert)
    told = {row[0]: row[6] for row in rows(packed()["自己紹介シート.csv"])[1:]}
    assert told == {"佐藤 花子": "あり", "田中 三郎": "なし"}


def test_a_reply_of_who_is_no_longer_asked_is_there_too(packed, meeting, member):
    member.terms.update(valid_to=builders.LONG_AGO)
    files = packed(meeting)
    assert len(rows(files["06_回答/出欠と質問.csv"])) == 1
    ((name, mode, *_rest),) = rows(files["06_回答/受け付けた回答.csv"])[1:]
    assert (name, mode) == ("佐藤 花子", "会場で出席")


def test_who_was_elected_and_how(packed, meeting, member):
    meeting.elections.create(elected=member, rule="最年長者")
    assert rows(packed(meeting)["04_会議録/互選.csv"])[1:] == [
        ["部会長", "佐藤 花子", "決め方を示して了承（最年長者など）", "0", *[""] * 4, "最年長者", "会議での了承"]
    ]


def test_how_many_were_for_whom(packed, meeting, member):
    counted = {"method": "secret", "candidates": 1, "cast": 3, "blank": 1, "invalid": 0}
    held = meeting.elections.create(elected=member, **counted)
    held.candidacies.create(membership=member, order=1, votes=2)
    assert rows(packed(meeting)["04_会議録/互選.csv"])[1:] == [
        ["部会長", "佐藤 花子", "無記名投票", "1", "佐藤 花子 2", "3", "1", "0", "", "会議での了承"]
    ]


def test_two_that_were_called_off_have_a_folder_each(packed, group):
    for _time in range(2):
        builders.make_meeting(group=group, state=MeetingState.CANCELLED)
    folders = {name.partition("/")[0] for name in packed() if "/" in name}
    assert folders == {"第1回（中止）", "第1回（中止）_2"}


def test_what_became_of_a_question_and_who_wants_which_theme(packed, meeting, member, suzuki):
    asked = {"channel": QuestionChannel.FORM, "asker": member}
    kept = meeting.questions.create(**asked, text="費用は？", asker_told=True)
    meeting.questions.create(**asked, text="予算は？", state="merged", merged_into=kept)
    meeting.questions.create(**asked, text="件数は？", state="declined", declined_reason="公表済みのため")
    example = meeting.themes.create(title="費用", question=kept)
    reply = meeting.survey.replies.get()
    meeting.themes.create(title="お金", proposed_in=reply, merged_into=example)
    files = packed(meeting)
    header, *lines = rows(files["04_会議録/質問と回答.csv"])
    told = [dict(zip(header, line, strict=True)) for line in lines]
    names = ["質問", "状態", "まとめた先の質問・見送った理由", "加えたテーマ", "掲載の了承"]
    assert [[line[name] for name in names] for line in told if line["受付"] == "入力フォーム"] == [
        ["費用は？", "受付済み", "", "費用", "受付の画面で通知"],
        ["予算は？", "統合済み", "費用は？", "", ""],
        ["件数は？", "見送り", "公表済みのため", "", ""],
    ]
    assert rows(files["06_回答/テーマ.csv"])[1:] == [
        ["費用", "", "費用は？", "", "1", ""],
        ["お金", "佐藤 花子", "", "費用", "1", ""],
    ]


def test_that_an_asker_agreed_is_told_with_who_asked(packed, meeting, member, suzuki):
    when = datetime(2026, 11, 24, 10, 0, tzinfo=TOKYO)
    meeting.questions.create(
        channel=QuestionChannel.FORM, text="費用は？", asker=member, agreed_at=when, agreed_by=suzuki
    )
    header, *_others, line = rows(packed(meeting)["04_会議録/質問と回答.csv"])
    said = dict(zip(header, line, strict=True))["掲載の了承"]
    assert said == "令和8年11月24日（火） 午前10時に鈴木 次郎が確認"


def test_no_cell_computes(packed, meeting):
    header, row = rows(packed(meeting)["04_会議録/質問と回答.csv"])
    said = dict(zip(header, row, strict=True))
    assert (said["質問"], said["回答"], said["回答者"]) == ("'=1+1", "2です。", "佐藤 花子")


def test_what_was_disposed_of_is_said_and_not_listed_as_unanswered(packed, meeting):
    type(meeting.survey).objects.update(replies_disposed_on="2030-04-02")
    files = packed(type(meeting).objects.get(pk=meeting.pk))
    assert "06_回答/出欠と質問.csv" not in files
    assert files["06_回答/出欠の回答について.txt"].decode("utf-8-sig") == (
        "出欠の回答は、保存期間が満了したため、令和12年4月2日（火）に廃棄しました。"
    )


def test_of_a_meeting_whose_records_went_there_is_what_was_published(packed, meeting):
    type(meeting).objects.update(disposed_on="2032-04-02")
    files = packed(type(meeting).objects.get(pk=meeting.pk))
    assert [name for name in files if name.startswith(("02", "04"))] == ["04_会議録/会議の記録について.txt"]
    assert {"03_議題/議題.csv", "06_回答/受け付けた回答.csv"} < files.keys()


def test_what_is_handed_out_is_noted_with_its_hash(group, suzuki, meeting):
    made, content = actions.archive(group=group, meeting=meeting, by=Actor(suzuki))
    assert (made.sha256, made.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert list(Archive.objects.values_list("meeting_number", "made_by")) == [(1, suzuki.pk)]


def test_only_the_desk_takes_it(group, sato, abe):
    for person in (sato, abe):
        with pytest.raises(PermissionDenied):
            actions.archive(group=group, meeting=None, by=Actor(person))


# Materials


@pytest.fixture
def handed_out(meeting, suzuki):
    """Two that people read, one of them in its second version; one for the desk, and one that was taken away."""
    first = builders.make_material(meeting=meeting, by=suzuki, title="構想/素案", data=b"%PDF- 1")
    builders.make_material_version(material=first, by=suzuki, data=b"%PDF- 2")
    paper = builders.make_material(meeting=meeting, by=suzuki, title="記入用紙", data=b"%PDF- 3")
    builders.make_material_version(material=paper, by=suzuki, kind="paper")
    builders.make_material(meeting=meeting, by=suzuki, title="手持ち", audience="desk", data=b"%PDF- 4")
    away = {"withdrawn_at": timezone.now(), "withdrawn_by": suzuki, "data": b"%PDF- 5"}
    builders.make_material(meeting=meeting, by=suzuki, title="取下げ", **away)
    for number in range(1, 6):
        builders.keep_file(f"%PDF- {number}".encode())


def test_what_people_read_at_last_is_in_it_and_all_that_was_brought_is_listed(packed, meeting, handed_out):
    files = packed(meeting)
    assert {name: files[name] for name in files if "資料/" in name} == {
        "03_議題/資料/資料1_構想_素案.pdf": b"%PDF- 2"
    }
    assert [row[:2] + row[3:6] for row in rows(files["03_議題/資料.csv"])[1:]] == [
        ["資料1", "構想/素案", "参加者と事務局", "1", "ファイル"],
        ["資料1", "構想/素案", "参加者と事務局", "2", "ファイル"],
        ["資料2", "記入用紙", "参加者と事務局", "1", "ファイル"],
        ["資料2", "記入用紙", "参加者と事務局", "2", "当日紙で配布"],
        ["", "手持ち", "事務局のみ", "1", "ファイル"],
        ["", "取下げ", "参加者と事務局", "1", "ファイル"],
    ]
    assert "03_議題/資料について.txt" not in files


def test_a_file_that_is_lost_is_told_of(packed, meeting, suzuki):
    builders.make_material(meeting=meeting, by=suzuki, title="素案")
    said = packed(meeting)["03_議題/資料/資料1_素案について.txt"].decode("utf-8-sig")
    assert said == "ファイルが見つからないか、壊れているため、含めていません。"


def test_of_records_that_are_gone_there_are_no_materials(packed, meeting, handed_out):
    type(meeting).objects.update(disposed_on="2030-04-02")
    assert [name for name in packed(type(meeting).objects.get(pk=meeting.pk)) if "資料" in name] == []
