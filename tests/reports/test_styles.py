"""A style is data: what it prints, how it writes it, what it asks for, and what it refuses in words."""

import copy
import re
from datetime import datetime, time
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.calendar.wareki import TOKYO
from meetings.actions import meetings, record, roll
from meetings.models import Meeting
from meetings.states import Mode
from members.states import Category
from reports import actions as reports
from reports.compose import compose
from reports.compose.shipped import SHIPPED
from reports.formats import as_text
from reports.formats.as_page import page_of
from reports.formats.explained import EXPLAINED
from reports.formats.moments import DateStyle, held
from reports.formats.parts import KINDS_OF_PARTS
from reports.models import Report, Style
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

BEGUN, ENDED = datetime(2021, 5, 18, 13, 30, tzinfo=TOKYO), datetime(2021, 5, 18, 16, 0, tzinfo=TOKYO)
WRITTEN = {
    "decisions": "年間の予定を決定した。\n次回までに一覧表を持ち寄ることとした。",
    "was_recorded": True,
    "signers": "例田花子",
}


@pytest.fixture(scope="module")
def first_once(for_the_module):
    """A small meeting, with two of the secretariat and somebody who did not come."""
    first = FirstMeeting(OUR_WORDS, members=3)
    clerk = first.join(Category.SECRETARIAT, user=first.person("事務", "太郎"), job_title="主事")
    roll.mark(meeting=first.meeting, membership=clerk, by=Actor(first.desk), mode=Mode.VENUE)
    roll.mark(meeting=first.meeting, membership=first.members[2], by=Actor(first.desk), mode=Mode.ABSENT)
    write(first, **WRITTEN)
    count(first, 1)
    open_to(first, "closed", "個人に関する情報を審議するため")
    first.group.contact_department = builders.make_department(name="企画課", phone="0000-11-2222")
    first.group.save()
    return first


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def write(first, **written):
    seen = Report.objects.get(meeting=first.meeting).version
    reports.write_outcome(meeting=first.meeting, by=Actor(first.desk), seen=seen, **written)


def count(first, observers):
    """Who listened."""
    first.meeting.refresh_from_db(fields=["version"])
    roll.note_day(meeting=first.meeting, by=Actor(first.desk), seen=first.meeting.version, observers=observers)
    first.meeting.refresh_from_db(fields=["observers"])


def open_to(first, openness, reason=""):
    held = meetings.set_openness(
        meeting=first.meeting,
        by=Actor(first.desk),
        seen=Meeting.objects.get(pk=first.meeting.pk).version,
        openness=openness,
        openness_reason=reason,
    )
    first.meeting.openness, first.meeting.openness_reason = held.openness, held.openness_reason


def choose(first, **rules):
    return reports.edit_style(group=first.group, by=Actor(first.desk), **rules)


def text_in(first, key, **others):
    return as_text.render(compose(first.meeting, Style(**SHIPPED[key] | others)).blocks)


# What comes with the portal


def test_each_style_that_comes_with_the_portal_is_whole_and_says_the_same_everywhere(first):
    for key, rules in SHIPPED.items():
        style = Style(**rules)
        style.full_clean(exclude={"group"})
        composition = compose(first.meeting, style)
        page = page_of(composition.blocks)
        assert (key, composition.blockers) == (key, [])
        assert composition.text.startswith(page.title)
        assert signs_aside(words_of(page.facts + page.body)) == signs_aside(
            composition.text.removeprefix(page.title)
        )


def words_of(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


def signs_aside(text):
    return re.sub(r"[\s【】《》：]", "", text)


def test_without_a_style_of_its_own_a_group_has_the_first(first):
    assert as_text.render(compose(first.meeting).blocks) == text_in(first, "result")


def test_the_formal_minutes_have_the_ten_fields(first):
    text = text_in(first, "minutes")
    labels = [line.partition("　")[2].partition("　")[0] for line in text.splitlines() if line[:1].isdigit()]
    assert [label for label in labels if label] == [
        "会議の名称",
        "開催日時",
        "開催場所",
        "公開・非公開の別",
        "出席者氏名",
        "欠席者氏名",
        "説明者の職・氏名",
        "事務局職員の職・氏名",
        "傍聴者の数",
        "議題",
        "配布資料",
        "決定事項",
        "会議の経過",
        "質疑応答",
        "連絡事項",
    ]
    for line in (
        "1　会議の名称　第1回DX推進部会",
        "2　開催日時　令和3年5月18日（火） 午後1時00分～3時15分",
        "4　公開・非公開の別　非公開（理由：個人に関する情報を審議するため）",
        "8　事務局職員の職・氏名　主事　事務　太郎",
        "9　傍聴者の数　1名",
        "12　決定事項　年間の予定を決定した。",
    ):
        assert line in text.splitlines()


# Each element that other towns' reports have (the row it is from, in our own words)

ELEMENTS = {
    "council": [
        "火曜日） 午後1時から3時15分まで",
        "非公開の理由：個人に",
        "決定事項：",
        "〔要旨〕",
        "委員：",
        "説明員：",
    ],
    "numbered": ["1　日時　", "傍聴者　1名", "－部会の進め方－", "・要綱と年間予定を配り、部会の役割を説明"],
    "table": [
        "会議の公開の別　非公開",
        "非公開の理由　個人に",
        "傍聴人の数　1名",
        "会議録　要点を",
        "問い合わせ先　企画課",
    ],
    "western": [
        "2021年5月18日（火） 午後1時から午後3時15分まで",
        "住所：",
        "担当：企画課　電話　0000-11-2222",
    ],
    "dialogue": ["会議主管課：企画課", "録音の有無：有", "会議録署名人：例田花子", "委員：", "説明者："],
    "clock": [
        "【日 時】 令和3年5月18日（火） 13時～",
        "【場 所】",
        "【欠席委員】 部会メンバー：見本　一郎",
        "【協議事項】",
    ],
    "digest": ["月日：令和3年", "結果：年間の予定を決定した。", "○内容", "（1）部会の進め方"],
}


def test_each_style_has_what_the_reports_of_its_kind_have(first):
    texts = {key: text_in(first, key) for key in ELEMENTS}
    missing = {key: [one for one in wanted if one not in texts[key]] for key, wanted in ELEMENTS.items()}
    assert missing == {key: [] for key in ELEMENTS}


def test_in_a_dialogue_who_speaks_is_sign_enough(first):
    record.add_entry(meeting=first.meeting, by=Actor(first.desk), item=first.items[0], text="会長：開会する。")
    assert "\n会長：開会する。\n" in text_in(first, "dialogue")
    assert "\n○会長：開会する。\n" in text_in(first, "result")


def test_a_table_is_one_on_the_page_and_in_word(first):
    page = page_of(compose(first.meeting, Style(**SHIPPED["table"])).blocks)
    assert '<tr><th scope="row">傍聴人の数</th><td>1名</td></tr>' in page.facts


# How it is written


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (DateStyle(), "令和3年5月18日（火） 午後1時30分～4時00分"),
        (
            DateStyle(weekday="long", clock="halves_short", span="words"),
            "令和3年5月18日（火曜日） 午後1時30分から4時まで",
        ),
        (DateStyle(span="both_halves"), "令和3年5月18日（火） 午後1時30分から午後4時00分まで"),
        (DateStyle(era="western", weekday="none", clock="hours"), "2021年5月18日 13時30分～16時"),
        (DateStyle(era="both", clock="colon", span="open"), "令和3年（2021年）5月18日（火） 13:30～"),
    ],
)
def test_a_moment_is_written_as_the_style_has_it(style, wanted):
    assert held(BEGUN, ENDED, style) == wanted


def test_a_meeting_over_noon_or_midnight_says_both_halves_or_days():
    style = DateStyle(span="words")
    assert held(BEGUN.replace(hour=10), ENDED, style).endswith("午前10時30分から午後4時00分まで")
    assert held(BEGUN, ENDED.replace(day=19), style).endswith(
        "午後1時30分から令和3年5月19日（水） 午後4時00分まで"
    )


def test_d25_names_are_printed_with_office_mode_and_substitute(first):
    roll.mark(
        meeting=first.meeting,
        membership=first.members[2],
        by=Actor(first.desk),
        mode=Mode.VENUE,
        substitute_name="代田 次郎",
        substitute_title="市民課主任",
    )
    people = text_in(first, "western").partition("出席者：")[2].partition("\n\n")[0].splitlines()
    assert people[0] == "部会メンバー"
    assert people[3] == "市民課主任　代田 次郎（見本　一郎の代理）"
    assert "欠席者：なし" in text_in(first, "western")


def test_who_came_late_or_left_early_is_printed_with_the_time(first):
    line = {"meeting": first.meeting, "membership": first.members[2], "by": Actor(first.desk), "mode": Mode.VENUE}
    roll.mark(**line, times=(time(14, 0), time(15, 30)))
    assert "見本　一郎（午後2時から午後3時30分まで）" in text_in(first, "western")


# What is missing


def test_what_the_style_prints_and_nobody_entered_is_said_and_blocks(first):
    write(first, decisions="", was_recorded=None, signers="")
    count(first, None)
    first.meeting.openness = ""
    style = Style(parts="日時\n公開の別\n傍聴者\n決定事項\n録音\n署名\n詳細")
    composition = compose(first.meeting, style)
    assert [problem.message for problem in composition.blockers] == [
        "会議の公開の別が入力されていません。",
        "傍聴者の数が入力されていません。いなかったときは「0」と入力してください。",
        "決定事項が入力されていません。決定がなかったときは「なし」と入力してください。",
        "録音の有無が入力されていません。",
        "署名する方の氏名が入力されていません。",
    ]
    assert composition.text.count("（未入力）") == 5


def test_nobody_counted_is_not_nobody_came(first):
    style = Style(parts="日時\n傍聴者\n詳細")
    count(first, 0)
    assert "【傍聴者】 なし" in compose(first.meeting, style).text
    count(first, None)
    assert "【傍聴者】 （未入力）" in compose(first.meeting, style).text


def test_of_a_roll_that_was_not_taken_nothing_is_counted_and_nobody_named(first):
    other = builders.make_meeting(group=first.group, number=3)
    style = Style(parts="日時\n出席\n出席者\n欠席者\n概要\n詳細")
    composition = compose(other, style)
    assert "0名" not in composition.text
    assert [problem.message for problem in composition.problems].count("出席の記録がまだありません。") == 1


def test_a_later_meeting_names_the_founders_and_no_place_in_a_plan_it_outgrew(first):
    first.group.planned_meetings = 2
    first.group.save()
    builders.make_membership(group=first.group)
    third = builders.make_meeting(group=first.group, number=3)
    assert "庁内の若手職員3名に" in compose(third).text
    assert "について、第3回の会議を開催した。" in compose(third).text


# The group's own


def test_a_style_of_the_group_is_what_its_reports_are_written_in(first):
    choose(first, title="{会議体}（第{回}回）のまとめ", parts="日時：とき\n場所：ところ\n詳細：話したこと")
    assert first.text().startswith("DX推進部会（第1回）のまとめ\n\n【とき】 令和3年")


def test_what_was_decided_on_and_published_keeps_its_style(first):
    first.approve()
    before = first.publish()
    choose(first, title="{会議体}", parts="日時\n詳細")
    assert first.text() == before.text
    first.take_back()
    assert first.text().startswith("DX推進部会\n\n【日時】")
    assert Report.objects.get(meeting=first.meeting).revisions.get().text == before.text


@pytest.mark.parametrize(
    ("rules", "field", "sentence"),
    [
        ({"parts": "日時\n天気\n詳細"}, "parts", "「天気」という項目はありません。"),
        ({"parts": "日時\n詳細\n日時"}, "parts", "「日時」が2行あります。"),
        ({"parts": "場所"}, "parts", "「日時」の行がありません。"),
        ({"parts": "日時\n非公開の理由\n詳細"}, "parts", "「公開の別」の行も必要です。"),
        ({"parts": "日時\n末尾：以上\n詳細"}, "parts", "「末尾」の行は、最後に置いてください。"),
        ({"parts": "日時\n詳細\n文："}, "parts", "「文：上記のとおり相違ない。」のように"),
        ({"parts": "日時\n固定文：会議録\n詳細"}, "parts", "「固定文：見出し：文」のように"),
        ({"title": "{天気}"}, "title", "「{天気}」は差し込める項目ではありません。"),
        ({"title": "第{回回"}, "title", "組にして使ってください。"),
        ({"title": ""}, "title", "標題を入力してください。"),
        ({"item_form": "{番号}."}, "item_form", "「{議題}」を入れてください。"),
        ({"question_sign": "A."}, "answer_sign", "読む方が区別できません。"),
        ({"purpose": "", "turnout": "", "request": ""}, "parts", "概要の文がありません。"),
        ({"has_sizes": True}, "has_sizes", "「配布資料」の行がないため"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_in_words(rules, field, sentence):
    with pytest.raises(ValidationError) as refused:
        Style(**rules).full_clean(exclude={"group"})
    assert sentence in refused.value.message_dict[field][0]


def test_only_the_desk_chooses_and_no_old_page_overwrites(first, sato):
    with pytest.raises(PermissionDenied):
        reports.edit_style(group=first.group, by=Actor(sato), name="会議録")
    choose(first, name="会議録")
    with pytest.raises(Conflict):
        choose(first, name="要旨")


# The page


@pytest.fixture
def page(first, client):
    client.force_login(first.desk)
    return reverse("reports:edit_style", args=[first.group.slug])


def sent(**rules):
    ticked = {name: "on" for name in ("has_speakers", "has_sizes") if rules.get(name)}
    return {name: said for name, said in rules.items() if not isinstance(said, bool)} | ticked


ON_PAPER = {
    "name": "会議録（要点筆記）",
    "title": "第{回}回{会議体}会議録（要点筆記）",
    "parts": "日時：日　時\n場所：場　所\n出席状況\n傍聴者：傍聴人\n詳細：議　事\n質疑：意見等\n"
    "文：上記のとおり相違ないことを確認する。\n文：令和　　年　　月　　日\n署名：会議録署名人",
    "facts_look": "numbered",
    "heading_look": "none",
    "subheading_look": "none",
    "clock": "halves_short",
    "span": "both_halves",
    "names_look": "titles",
    "item_form": "（{番号}）{議題}【{資料}】",
    "point_sign": "・",
}


def test_a_stranger_writes_an_eighth_style_from_a_printed_example(first, page, client):
    """A number of the material in the heading, 出 and 欠 in a table, a sentence and names to sign at the end."""
    builders.make_material(meeting=first.meeting, by=first.desk, title="年間予定", item=first.items[0])
    eighth = sent(**Style().rules | ON_PAPER)
    tried = client.post(page, eighth | {"preview": "1"}).content.decode()
    assert "第1回DX推進部会会議録（要点筆記）" in tried
    assert not Style.objects.exists()
    assert client.post(page, eighth).status_code == 302
    told = [line for line in first.text().splitlines() if line]
    roll = told.index("3　出席状況")
    assert told[:roll] == [
        "第1回DX推進部会会議録（要点筆記）",
        "1　日　時　令和3年5月18日（火） 午後1時から午後3時15分まで",
        "2　場　所　見本市役所本庁舎 第一会議室",
    ]
    assert told[roll + 1 : roll + 4] == [
        "行政経営課長　見本　一郎（部会長）　出",
        "見本　一郎　出（オンライン）",
        "見本　一郎　欠",
    ]
    assert [line for line in told if line.startswith("（")][:2] == ["（1）部会の進め方【資料1】", "（2）自己紹介"]
    assert told[-3:] == [
        "上記のとおり相違ないことを確認する。",
        "令和　　年　　月　　日",
        "会議録署名人　例田花子",
    ]


def test_each_word_that_a_line_may_begin_with_is_explained_beside_it():
    assert set(EXPLAINED) == set(KINDS_OF_PARTS)


def test_one_that_comes_with_the_portal_is_tried_before_it_is_kept(first, page, client):
    shown = client.get(page, {"from": "minutes"}).content.decode()
    assert "公開・非公開の別" in shown
    assert "第1回DX推進部会" in shown
    assert not Style.objects.exists()


def test_what_is_wrong_is_said_beside_the_field_and_shows_no_example(first, page, client):
    shown = client.post(page, sent(**Style().rules | {"parts": "天気"}) | {"preview": "1"}).content.decode()
    assert "「天気」という項目はありません。" in shown
    assert "様式に誤りがあるため、見本を表示できません。" in shown


def test_the_draft_asks_for_what_the_style_prints(first, client):
    choose(first, parts="日時\n公開の別\n傍聴者\n録音\n詳細")
    client.force_login(first.desk)
    draft = reverse("reports:draft", args=[first.group.slug, 1])
    form = client.get(draft).context["form"]
    assert [*form.fields] == ["seen", "was_recorded"]
    seen = Report.objects.get(meeting=first.meeting).version
    client.post(draft, {"seen": seen, "was_recorded": "no"})
    assert Report.objects.get(meeting=first.meeting).was_recorded is False


def test_a_style_that_prints_nothing_more_asks_for_nothing(first, client):
    choose(first, parts="日時\n詳細")
    client.force_login(first.desk)
    assert (
        "報告に載せる内容を保存する"
        not in client.get(reverse("reports:draft", args=[first.group.slug, 1])).content.decode()
    )


# Who spoke


def test_who_spoke_is_printed_by_choice_alone(first):
    """Where the words say it themselves, once; of what is withheld, not at all."""
    item, chair = first.meeting.items.first(), first.chair
    line = {"section": "item", "item": item, "speaker": chair}
    first.meeting.entries.create(**line, order=90, text="賛成である。")
    first.meeting.entries.create(**line, order=91, text="会長：続けたい。")
    first.meeting.entries.create(**line, order=92, text="個別の案件", withheld_reason="個人に関する情報")
    told = [said for said in compose(first.meeting, Style()).text.splitlines() if "賛成" in said or "続け" in said]
    assert told == ["○賛成である。", "○会長：続けたい。"]
    named = compose(first.meeting, Style(names_speakers=True, has_speakers=True)).text.splitlines()
    told = [said for said in named if "賛成" in said or "続け" in said or "一部非公開" in said]
    assert told == [
        f"{chair.terms.get().house_title}：賛成である。",
        "会長：続けたい。",
        "（一部非公開：個人に関する情報）",
    ]
