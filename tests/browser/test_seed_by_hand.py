"""The meeting of the seed, entered by hand from the imported roster to the draft of its report.

Half a minute for one walk: nearly forty pages of a real browser. What they cost is printed.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting
from meetings.states import Point
from members.models import Membership
from reports.compose import compose
from tests import builders
from tests.browser.by_hand import Hand, import_people, write_lines
from tests.stories.first_meeting import INTRODUCTIONS, TASK
from tests.stories.seed_words import typed_words

SEED = os.environ.get("DXBUKAI_SEED", "")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not SEED, reason="DXBUKAI_SEED does not name the seed report"),
]
MARKS = {Point.POINT: "○", Point.REPLY: "→", Point.CONTINUATION: "→", Point.PLAIN: ""}


def test_the_meeting_of_the_seed_is_entered_by_hand(page, log_in, suzuki, seed, words):
    log_in(page, suzuki)
    hand = Hand(page)
    import_people(hand, seed_people(words))
    one_sheet_is_shown()
    plan_the_first(hand, words)
    plan_the_second(hand, words)
    take_the_roll(hand, words)
    take_minutes(hand, words)
    record_results(hand, words)
    write_questions(hand, words)
    finish(hand, words)
    composition = compose(Meeting.objects.get(number=1))
    assert (composition.text.strip(), composition.problems) == (seed, ())
    assert hand.is_light()


@pytest.fixture
def seed():
    return Path(SEED).read_text(encoding="utf-8").strip()


@pytest.fixture
def words(seed):
    return typed_words(seed)


@pytest.fixture
def group(town, words):
    """As its administrator founded it; the section of its chair is Suzuki's."""
    return builders.make_group(
        slug="first",
        name=words.group,
        parent_body=words.parent_body,
        fiscal_year=2021,
        charter=words.charter,
        planned_meetings=words.planned_meetings,
        plan_season=words.plan_season,
        plan_name=words.plan_name,
        member_phrase=words.member_phrase,
        expert_phrase=words.expert_phrase,
    )


def seed_people(words):
    """Twenty-six of the town's sections and three from elsewhere, as the desk keeps them in Excel."""
    section, title = words.chair
    titles = ["区分", "氏名", "ふりがな", "課", "職名", "所属団体"]
    chair = ["部会メンバー", "座席 一", "ざせき はじめ", section, title, ""]
    others = [person("部会メンバー", n, section, "主査", "") for n in range(25)]
    speaker = ["外部有識者", " ".join(words.speaker), "そうてい いちろう", "", "", "見本研究所"]
    experts = [person("外部有識者", n, "", "", "見本大学") for n in range(25, 27)]
    return [titles, chair, *others, speaker, *experts]


def person(category, n, *post):
    return [category, f"席田 花{chr(0x3041 + n)}", f"せきた はな{chr(0x3041 + n)}", *post]


def one_sheet_is_shown():
    """Its member handed it in beforehand."""
    builders.make_sheet(membership=Membership.objects.get(user__given_name="花ぁ"))


def plan_the_first(hand, words):
    hand.page.goto("/groups/first/desk/")
    hand.follow("第1回の会議を作成する")
    hand.type("開催日", "2021-05-18")
    hand.type("開始時刻", "13:00")
    hand.type("終了時刻", "15:15")
    hand.type("建物", words.building)
    hand.type("部屋", words.room)
    hand.send("第1回を作成する")
    hand.follow("次第（議題）")
    speaker = " ".join(words.speaker)
    kinds = [("説明", ""), ("自己紹介", ""), ("話題提供", speaker), ("課題", "座席 一")]
    for title, (kind, presenter) in zip(words.items, kinds, strict=True):
        hand.type("議題", title)
        hand.choose("種類", kind)
        if presenter:
            hand.choose("説明者", presenter)
        if kind == "自己紹介":
            hand.type("1人当たりの時間（分）", "2")
        hand.send("議題を追加する")
        expect(hand.page.get_by_role("heading", name=title)).to_be_visible()
    hand.follow("第1回の準備に戻る")


def plan_the_second(hand, words):
    hand.page.goto("/groups/first/desk/")
    hand.follow("第1回の内容を引き継いで第2回を作成する")
    hand.type("開催日", "2021-05-27")
    hand.type("テーマ", words.theme)
    hand.choose("進め方", "グループワーク")
    hand.send("第2回を作成する")
    hand.follow("入力フォーム")
    for section in ("自己紹介への質問", "話題提供への質問", "取り上げたいテーマ"):
        hand.page.get_by_label(section).check()
    hand.type("テーマの例", "\n".join(words.examples))
    hand.send("入力フォームを保存する")
    hand.sees("第2回")


def take_the_roll(hand, words):
    """One of each category online, one not there: three taps, and one press for the others."""
    hand.page.goto("/groups/first/desk/meetings/1/roll/")
    speaker = " ".join(words.speaker)
    for name, mode in ((speaker, "オンライン"), ("席田 花ぁ", "オンライン"), ("席田 花あ", "欠席")):
        button = hand.page.get_by_role("button", name=re.compile(f"{mode}.*{name}"))
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    hand.send("残り26名を、会場で出席と記録する")
    hand.send("開催済みにする")
    hand.sees("会議の記録")


def take_minutes(hand, words):
    """On the page to which the roll led: item by item."""
    for position, title in enumerate(words.items):
        lines = [f"{MARKS[point]}{text}" for at, point, text in words.lines if at == position]
        write_lines(hand, title, lines)


def record_results(hand, words):
    hand.follow("互選の結果を記録する")
    hand.choose("議題", words.items[INTRODUCTIONS])
    hand.choose("選出された方", "座席 一")
    hand.type("決め方", words.rule)
    hand.send("互選の結果を記録する")
    hand.follow("課題を記録する")
    hand.choose("議題", words.items[TASK])
    hand.type("課題名", "オープンデータ")
    hand.choose("提出期限の会議", "第2回")
    hand.type("概要に載せる文", words.summary)
    hand.type("詳細に載せる文", words.detail)
    hand.send("課題を記録する")


def write_questions(hand, words):
    hand.follow("質疑")
    for text, (answer, *more) in words.questions:
        hand.type("質問", text)
        hand.type("回答", answer)
        hand.send("質疑を追加する")
        expect(hand.page.get_by_role("heading", name=f"Q. {text}")).to_be_visible()
        for another in more:
            question = hand.page.locator(".question", has_text=text)
            hand.follow("回答を追加する", question)
            hand.type("回答", another)
            hand.send("回答を保存する")


def finish(hand, words):
    hand.follow("記録")
    line = hand.page.get_by_role("listitem").filter(has_text="次回フォームのテーマ欄")
    hand.follow("修正", line)
    hand.type("記録", words.wish)
    hand.send("保存する")
    hand.follow("結果報告")
    hand.type("会議の成果", words.outcome)
    hand.send("会議の成果を保存する")
    hand.sees("結果報告の下書き")
