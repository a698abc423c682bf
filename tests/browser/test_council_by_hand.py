"""A council of another shape, by hand: no experts, its chair away, a substitute, a tie, an audience, opinions.

Half a minute for one walk: some forty pages of a real browser. What they cost is printed.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from foundation.actions import Actor
from meetings.models import Meeting
from meetings.states import Mode
from members.actions.memberships import give_office
from members.models import Membership
from members.states import Office
from reports.compose import compose
from reports.models import Style
from tests import builders
from tests.browser.by_hand import Hand, import_people, write_lines

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [
    "青木 例一",
    "井上 例二",
    "上田 例三",
    "江川 例四",
    "大野 例五",
    "加藤 例六",
    "木村 例七",
    "工藤 例八",
    "近藤 例九",
]
ITEMS = ["前期基本計画の評価", "副会長の互選", "今後の日程"]
REPORT = """\
総合計画審議会 会議結果

会議名：第1回総合計画審議会

開催日時：令和8年5月20日（水曜日） 午後1時30分から3時30分まで

開催場所：見本市役所 第1会議室

公開・非公開の別：公開

非公開の理由：－

出席者氏名：委員：井上　例二（会長職務代理者・議長）、上田　例三、江川　例四（副会長）、大野　例五、\
加藤　例六、木村　例七、代理 次郎（近藤　例九の代理）

欠席者氏名：委員：青木　例一（会長）、工藤　例八

傍聴者：4名

説明員の職・氏名：見本市主査　事務　局子

事務局職員の職・氏名：見本市主査　事務　局子

会議事項：（1）前期基本計画の評価
（2）副会長の互選
（3）今後の日程

決定事項：副会長に江川委員を選出した。

〔要旨〕

1. 前期基本計画の評価（見本市主査）

○資料に基づき説明

○指標の見直しを求める意見
→次回までに案を示す

○欠席者から、書面で次の意見があった。

・評価の基準を市民に分かる言葉にしてほしい。

・日程は早めに知らせてほしい。

2. 副会長の互選

○審議会条例に基づき、無記名投票による互選により副会長を選出\
（候補者2名、上田例三氏3票、江川例四氏3票、白票1票、投票総数7票、同数のためくじにより江川例四氏に決定）

3. 今後の日程

○11月に答申することを確認

〔質疑〕

委員：評価は誰が行うのか。

説明員：事務局の案を審議会が評価する。
"""


@pytest.fixture
def group(town):
    return builders.make_group(
        slug="first",
        name="総合計画審議会",
        parent_body="見本市",
        charter="審議会条例",
        planned_meetings=1,
        substitutes_allowed=True,
        quorum="majority",
        quorum_counts_substitutes=True,
        body_word="審議会",
        member_word="委員",
        expert_word="専門委員",
        chair_word="会長",
        vice_chair_word="副会長",
        acting_word="会長職務代理者",
    )


def test_a_council_without_its_chair_is_entered_by_hand(page, log_in, suzuki, group):
    log_in(page, suzuki)
    hand = Hand(page)
    import_people(hand, council())
    they_have_offices(suzuki)
    choose_a_style(hand)
    plan(hand)
    they_answer()
    take_the_roll(hand)
    take_minutes(hand)
    elect(hand)
    write_question(hand)
    finish(hand)
    composition = compose(Meeting.objects.get())
    assert (composition.text, composition.problems) == (REPORT, ())
    assert hand.is_light()
    a_style_shows_what_it_makes_while_one_types(page)


def council():
    titles = ["区分", "氏名", "ふりがな", "所属団体", "職名"]
    kana = [f"{reading(name)} れい{chr(0x3041 + n)}" for n, name in enumerate(PEOPLE)]
    people = [["委員", name, read, "見本商工会", ""] for name, read in zip(PEOPLE, kana, strict=True)]
    return [titles, *people, ["事務局", "事務 局子", "じむ きょくこ", "見本市", "主査"]]


def reading(name):
    kana = {"青": "あおき", "井": "いのうえ", "上": "うえだ", "江": "えがわ", "大": "おおの"}
    return (kana | {"加": "かとう", "木": "きむら", "工": "くどう", "近": "こんどう"})[name[0]]


def member(name):
    return Membership.objects.get(user__family_name=name.split()[0])


def they_have_offices(suzuki):
    for name, office in (("青木 例一", Office.CHAIR), ("井上 例二", Office.ACTING)):
        give_office(membership=member(name), by=Actor(suzuki), office=office, valid_from=date(2026, 4, 1))


def choose_a_style(hand):
    hand.page.goto("/groups/first/desk/report-style/?from=council")
    hand.send("この様式を使う")


def a_style_shows_what_it_makes_while_one_types(page):
    page.goto("/groups/first/desk/report-style/")
    page.get_by_label("標題").fill("第{回}回{会議体} 会議録")
    expect(page.locator("#preview .report__title")).to_have_text("第1回総合計画審議会 会議録")
    assert Style.objects.get(group__slug="first").title == "{会議体} 会議結果"


def plan(hand):
    hand.page.goto("/groups/first/desk/")
    hand.follow("第1回の会議を作成する")
    hand.type("開催日", "2026-05-20")
    hand.type("開始時刻", "13:30")
    hand.type("終了時刻", "15:30")
    hand.type("建物", "見本市役所")
    hand.type("部屋", "第1会議室")
    hand.send("第1回を作成する")
    hand.follow("次第（議題）")
    for title, presenter in zip(ITEMS, ("事務 局子", "", ""), strict=True):
        hand.type("議題", title)
        if presenter:
            hand.choose("説明者", presenter)
        hand.send("議題を追加する")
        expect(hand.page.get_by_role("heading", name=title)).to_be_visible()
    hand.follow("第1回の準備に戻る")
    hand.follow("会議の公開・傍聴のお知らせ")
    hand.page.get_by_role("radio", name="公開", exact=True).check()
    hand.type("傍聴の定員", "10")
    hand.send("保存する")
    hand.follow("入力フォーム")
    hand.send("入力フォームを保存する")


def they_answer():
    """By the form, before its deadline: two stay away and write what they think."""
    survey = Meeting.objects.get().survey
    said = {"青木 例一": "評価の基準を市民に分かる言葉にしてほしい。", "工藤 例八": "日程は早めに知らせてほしい。"}
    for name in PEOPLE:
        mode = Mode.ABSENT if name in said else Mode.VENUE
        builders.make_reply(survey=survey, membership=member(name), mode=mode, written_opinion=said.get(name, ""))


def take_the_roll(hand):
    hand.page.goto("/groups/first/desk/meetings/1/roll/")
    hand.send("回答のあった9名を、回答どおりに記録する")
    row = hand.page.get_by_role("row", name="近藤 例九")
    hand.follow("代理・遅参・早退", row)
    hand.type("代理の方の氏名", "代理 次郎")
    hand.type("代理の方の職名", "事務局長")
    hand.send("記録する")
    button = hand.page.get_by_role("button", name=re.compile("会場.*事務 局子"))
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(hand.page.get_by_text("定足数に達しています")).to_be_visible()
    hand.follow("議長と傍聴者を記録する")
    hand.choose("議長を務めた方", "井上 例二")
    hand.type("傍聴者の数", "4")
    hand.send("記録する")
    hand.send("開催済みにする")
    hand.sees("会議の記録")


def take_minutes(hand):
    write_lines(hand, ITEMS[0], ["○資料に基づき説明", "○指標の見直しを求める意見", "→次回までに案を示す"])
    write_lines(hand, ITEMS[2], ["○11月に答申することを確認"])
    hand.follow("欠席した方の書面意見を追加する（2名）")
    hand.choose("記録に追加する場所", ITEMS[0])
    hand.send("選んだ意見を記録に追加する")


def elect(hand):
    """Seven vote by secret ballot; three are for each of two, and a lot decides."""
    hand.follow("互選の結果を記録する")
    hand.choose("議題", ITEMS[1])
    hand.choose("役職", "副会長")
    hand.page.get_by_role("radio", name="無記名投票").check()
    for line, name in enumerate(("上田 例三", "江川 例四"), 1):
        hand.choose(f"候補者{line}", name)
        hand.type(f"候補者{line}の得票", "3")
    hand.type("投票総数", "7")
    hand.type("白票", "1")
    hand.type("決め方", "くじ")
    hand.choose("選出された方", "江川 例四")
    hand.page.get_by_role("radio", name="要綱の定め").check()
    hand.send("互選の結果を記録する")


def write_question(hand):
    hand.follow("質疑")
    hand.type("質問", "評価は誰が行うのか。")
    hand.type("回答", "事務局の案を審議会が評価する。")
    hand.send("質疑を追加する")


def finish(hand):
    hand.follow("結果報告")
    hand.type("決定事項", "副会長に江川委員を選出した。")
    hand.send("報告に載せる内容を保存する")
    hand.sees("結果報告の下書き")
