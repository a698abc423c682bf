"""A report of our own that holds the same ground as the seed's; then one row at a time is moved.

Each test plays a whole first meeting of 29 people, which is what its time goes into.
"""

import copy

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from meetings.actions import elections, record, roll
from meetings.states import ItemKind, Mode, Origin, SectionKind
from members import names
from members.states import Category
from reports import actions as reports
from reports.compose import compose
from reports.compose.problems import Fix, Gravity, Shortcoming
from reports.formats import as_text
from reports.formats.blocks import SpanOrigin, walk
from tests import builders
from tests.stories.first_meeting import FirstMeeting, moved
from tests.stories.our_words import OUR_WORDS

REPORT = """\
見本市行政経営本部 第1回「DX推進部会」結果報告

【日時】 令和3年5月18日（火） 午後1時00分～3時15分

【場所】 見本市役所本庁舎 第一会議室

【出席】 28名

部会メンバー25名（うちオンライン参加1名）

外部有識者3名（うちオンライン参加1名）

【概要】

今秋の「見本市DX推進計画（仮称）」の策定に向け、庁内の若手職員26名に地域IT人材（外部有識者）3名を加えて設置した\
「DX推進部会」について、全5回実施予定のうちの第1回の会議を開催した。

オンライン2名を含めた全28名の参加があり、部会の目的と一年の流れを確かめた。

5月27日（木）第2回の開催に向けて、所属ごとに「公開できそうな一覧表」を一つ持ち寄るよう求めた。

【詳細】

1. 部会の進め方

○要綱と年間予定を配り、部会の役割を説明

2. 自己紹介

○事前提出を求めたシートに基づき、各2分程度で自己紹介

○窓口の混雑と紙の申請書を挙げた人が多い

○通常の業務との両立を心配する声あり
→所属長あてに部会の趣旨を改めて伝えることとした

○設置要綱に基づき、互選により部会長を選出（立候補者なし、採用年次が最上位の行政経営課長で了承）

3. 話題提供（外部有識者「例山文子氏」）

○紙を減らすことから始め（電子化）、次に手順を見直す（業務の改善）
→その先に、住民との関わり方が変わる（変革）

どの段階も価値がある

4. オープンデータ（行政経営課長）

○公開の意義と、身近な一覧表の例を説明

○次回までに、担当する仕事の一覧表を1つ選び、提出することを依頼

《質疑》

Q. 自分の課に公開できるものがあるとは思えないが、どう探せばよいか？

A. 窓口でよく聞かれることの一覧から探すとよい

Q. 集めた一覧表は誰が確かめるのか？

A. 内容は所属長が確かめる

A. 形式は事務局が確かめ、直し方を案内する

《連絡事項等》

○各個人の自己紹介に対する質疑、例山さんの話題提供に対する質疑は、第2回出欠の入力フォームに欄を設けるので、\
あれば記入すること

○次回、第2回は「申請から交付までの見直し」としてグループワークをしたい。住民票の郵送請求、補助金の申請を例に\
記載したが、ほかに見直したい手続があれば、同じく入力フォームに設ける欄に記入すること

以上
"""


@pytest.fixture(scope="module")
def first_once(for_the_module):
    return FirstMeeting(OUR_WORDS)


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def test_a_report_comes_out_of_the_rows(first, django_assert_num_queries):
    with django_assert_num_queries(10):
        composition = compose(first.meeting)
    assert as_text.render(composition.blocks) == REPORT
    assert composition.problems == ()


def test_more_rows_are_read_in_as_many_queries(first, django_assert_num_queries):
    for position in range(20):
        item = first.items[position % 4]
        record.add_entry(meeting=first.meeting, by=Actor(first.desk), item=item, text=f"追加の記録{position}")
    with django_assert_num_queries(10):
        compose(first.meeting)


def test_every_character_knows_where_it_came_from(first):
    assert as_text.count(compose(first.meeting).blocks) == {
        SpanOrigin.TYPED: 366,
        SpanOrigin.OVERRIDE: 0,
        SpanOrigin.GENERATED: 633,
    }


# One row moved


def test_one_person_less_on_the_roll_moves_three_places(first):
    roll.mark(meeting=first.meeting, membership=first.members[2], by=Actor(first.desk), mode=Mode.ABSENT)
    assert moved(REPORT, first.text()) == [
        ("【出席】 28名", "【出席】 27名"),
        ("部会メンバー25名", "部会メンバー24名"),
        ("全28名", "全27名"),
    ]


def test_secretariat_and_observers_on_the_roll_move_nothing(first):
    for category in (Category.SECRETARIAT, Category.OBSERVER):
        clerk = first.join(category)
        roll.mark(meeting=first.meeting, membership=clerk, by=Actor(first.desk), mode=Mode.ONLINE)
    assert first.text() == REPORT


def test_a_substitute_counts_as_present(first):
    roll.mark(
        meeting=first.meeting,
        membership=first.members[-1],
        by=Actor(first.desk),
        mode=Mode.VENUE,
        substitute_name="代理 人見",
        substitute_title="市民課主任",
    )
    assert moved(REPORT, first.text()) == [
        ("【出席】 28名", "【出席】 29名"),
        ("部会メンバー25名", "部会メンバー26名"),
        ("全28名", "全29名"),
    ]


def test_without_anybody_online_the_brackets_vanish(first):
    for membership in (first.members[1], first.speaker):
        roll.mark(meeting=first.meeting, membership=membership, by=Actor(first.desk), mode=Mode.VENUE)
    text = first.text()
    assert text == (
        REPORT.replace("（うちオンライン参加1名）", "").replace("オンライン2名を含めた全28名", "全28名")
    )


def test_without_submitted_sheets_the_introductions_do_not_refer_to_them(first):
    first.members[1].sheet.delete()
    assert first.text() == REPORT.replace("事前提出を求めたシートに基づき、", "")


def test_an_open_date_is_left_out_and_a_rough_one_told(first):
    reschedule(first, starts_at=None, ends_at=None, date_note="")
    assert "。\n\n第2回の開催に向けて、" in first.text()
    reschedule(first, date_note="6月上旬")
    assert "。\n\n6月上旬の第2回の開催に向けて、" in first.text()


def reschedule(first, **fields):
    for name, value in fields.items():
        setattr(first.next_meeting, name, value)
    first.next_meeting.save()
    first.meeting = roll.renew_snapshot(meeting=first.meeting, seen=first.meeting.version, by=Actor(first.desk))


def test_each_result_has_a_line_of_its_own_also_after_another_was_removed(first):
    elections.record_election(
        meeting=first.meeting,
        by=Actor(first.desk),
        item=first.items[1],
        elected=first.members[1],
        office="vice_chair",
        candidates=2,
        basis="charter",
    )
    vice_chair = (
        "○設置要綱に基づき、互選により副部会長を選出（立候補者2名、設置要綱の定めにより見本一郎氏に決定）\n"
    )
    assert vice_chair in first.text()
    chair = first.meeting.entries.get(election__office="chair")
    record.remove_entry(entry=chair, seen=chair.version, by=Actor(first.desk))
    assert vice_chair in first.text()
    again = record.add_entry(
        meeting=first.meeting, by=Actor(first.desk), item=first.items[1], origin=Origin.ELECTION
    )
    assert again.election.office == "chair"


# What a person decides


def test_an_override_replaces_the_words_and_keeps_the_computed_ones(first):
    line = first.meeting.entries.get(origin=Origin.ELECTION)
    record.edit_entry(
        entry=line,
        by=Actor(first.desk),
        seen=line.version,
        override="互選により部会長を選出",
        override_reason="部会長の希望による",
    )
    (block,) = [block for block in walk(compose(first.meeting).blocks) if block.key == f"entry-{line.pk}"]
    (span,) = block.spans
    assert (block.text, span.reason) == ("互選により部会長を選出", "部会長の希望による")
    assert span.computed == (
        "設置要綱に基づき、互選により部会長を選出（立候補者なし、採用年次が最上位の行政経営課長で了承）"
    )


def test_a_withheld_line_leaves_its_reason_in_its_place(first):
    line = first.meeting.entries.get(text="窓口の混雑と紙の申請書を挙げた人が多い")
    record.edit_entry(
        entry=line, by=Actor(first.desk), seen=line.version, withheld_reason="個人が分かるおそれがあるため"
    )
    assert first.text() == REPORT.replace(
        "窓口の混雑と紙の申請書を挙げた人が多い", "（一部非公開：個人が分かるおそれがあるため）"
    )


@pytest.mark.parametrize("form", ["氏", "さん"])
def test_an_asker_is_named_only_who_wished_it_and_an_expert_as_experts_are(first, form):
    question = first.meeting.questions.first()
    question.asker = asker = first.experts[0] if form == "氏" else first.members[1]
    question.save()
    assert first.text() == REPORT
    question.name_in_report = True
    question.save()
    assert (
        f"Q. 自分の課に公開できるものがあるとは思えないが、どう探せばよいか？（{names.full(asker.user)}{form}）\n"
        in first.text()
    )


# What stands in the way


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (SectionKind.MEMBER_QUESTIONS, "第2回の入力フォームに「自己紹介への質問」の欄がありません。"),
        (SectionKind.TALK_QUESTIONS, "第2回の入力フォームに「話題提供への質問」の欄がありません。"),
        (SectionKind.THEMES, "第2回の入力フォームに「取り上げたいテーマ」の欄がありません。"),
    ],
)
def test_a_box_that_the_form_lacks_is_said_and_keeps_the_report_from_publication(first, section, sentence):
    first.survey.sections.get(kind=section).delete()
    assert compose(first.meeting).problems == (Shortcoming(Gravity.BLOCKER, sentence, Fix.FORM),)
    reports.send_for_review(meeting=first.meeting, by=Actor(first.desk), seen=first.report.version)
    with pytest.raises(ValidationError) as refusal:
        reports.approve(
            meeting=first.meeting,
            by=Actor(first.desk),
            shown="",
            kind="circulation",
            decided_on="2021-05-25",
            decided_by="部長",
        )
    assert refusal.value.messages == [sentence]


def test_a_box_for_what_the_meeting_did_not_hear_is_not_missed(first):
    """Nobody spoke: the next form needs no box for questions about a talk."""
    first.meeting.items.filter(kind=ItemKind.TALK).update(kind=ItemKind.OTHER)
    first.survey.sections.get(kind=SectionKind.TALK_QUESTIONS).delete()
    assert compose(first.meeting).problems == ()


def test_a_later_change_is_a_warning_and_changes_nothing_by_itself(first):
    first.join(Category.MEMBER)
    first.next_meeting.starts_at = first.next_meeting.starts_at.replace(day=28)
    first.next_meeting.save()
    assert first.text() == REPORT
    people, day = [problem.message for problem in compose(first.meeting).warnings]
    assert people == (
        "開催日の人数は記録したとき（部会メンバー26名・外部有識者3名）と"
        "今の名簿（部会メンバー27名・外部有識者3名）で異なります。"
    )
    assert day == (
        "次回の予定は開催日に記録したもの（第2回 令和3年5月27日（木））と"
        "今の予定（第2回 令和3年5月28日（金））で異なります。"
    )


def test_a_meeting_without_rows_says_all_that_is_missing(first):
    composition = compose(builders.make_meeting(group=first.group, number=3))
    assert [problem.message for problem in composition.problems] == [
        "会議がまだ「開催済み」になっていません。開会と閉会の時刻を記録してください。",
        "出席の記録がまだありません。",
        "【概要】の「会議の成果」が入力されていません。",
        "議題が登録されていません。",
    ]
