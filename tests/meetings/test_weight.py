"""What a phone loads for the page on which a member answers, with nothing in its cache and as a proxy packs it."""

import gzip
import re
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders

from foundation.actions import Actor
from meetings.states import SectionKind
from meetings.survey.sections.member_questions import MOST_SHEETS
from members import links
from members.actions.links import personal_link
from members.states import Purpose, SheetState
from tests import builders

pytestmark = pytest.mark.django_db
MOST = 30_000
NAMED = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="/static/([^"]+)"')
IN_A_STYLE_SHEET = re.compile(r'url\("?(?!data:)([^")]+)')
IN_A_SCRIPT = re.compile(r'^import .*"([^"]+)"', re.MULTILINE)
ASSETS = [
    "css/answer.css",
    "css/base.css",
    "css/components.css",
    "css/forms.css",
    "css/print.css",
    "img/favicon.svg",
    "js/own-device.js",
    "js/portal.js",
    "vendor/dads-tokens/tokens.css",
]
# Of what colleagues write about; no two sheets are the same.
WORDS = [
    *[
        "窓口",
        "待ち時間",
        "申請書",
        "電子化",
        "押印",
        "廃止",
        "紙",
        "台帳",
        "転記",
        "入力",
        "誤り",
        "確認",
        "住民",
    ],
    *["説明", "動画", "予約", "会議", "議事録", "文字起こし", "決裁", "文書管理", "保存", "検索", "地図", "公開"],
    *[
        "統計",
        "集計",
        "表計算",
        "マクロ",
        "引継ぎ",
        "異動",
        "研修",
        "庁内",
        "連携",
        "防災",
        "避難所",
        "名簿",
        "更新",
    ],
    *[
        "保育園",
        "入園",
        "調整",
        "税",
        "証明書",
        "郵送",
        "電話",
        "問い合わせ",
        "案内",
        "翻訳",
        "現場",
        "写真",
        "点検",
    ],
    *["道路", "公園", "学校", "図書館", "貸出", "料金", "収納", "財政", "予算", "契約", "入札", "広報", "周知"],
]


def packed(content):
    return len(gzip.compress(content, compresslevel=6))


def prose(chance, words):
    return "、".join(f"{chance.choice(WORDS)}の{chance.choice(WORDS)}を見直すこと" for _ in range(words))


def colleagues(group, number):
    chance = Random(number)
    for _ in range(number):
        texts = {name: prose(chance, 3) for name in ("duties", "problems", "wants", "skills")}
        builders.make_sheet(membership=builders.make_membership(group=group), **texts)


@pytest.fixture
def address(survey, member, suzuki):
    link = personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki))
    return f"/a/{links.token(link)}/meetings/2/"


def test_a_group_of_thirty_loads_in_a_moment(client, address, group):
    colleagues(group, 30)
    page = client.get(address).content
    names = sorted(set(NAMED.findall(page.decode())))
    files = {name: Path(finders.find(name)).read_bytes() for name in names}
    assert names == ASSETS
    assert [name for name, content in files.items() if leads_on(name, content.decode())] == []
    weights = {"page": packed(page)} | {name: packed(content) for name, content in files.items()}
    assert sum(weights.values()) <= MOST, weights


def leads_on(name, text):
    """Other files that the browser would fetch because of this one."""
    return (IN_A_SCRIPT if name.endswith(".js") else IN_A_STYLE_SHEET).findall(text)


def sheets_on(page):
    return page.count("見直すこと、"), page.count("さんの自己紹介シートを読む（別の画面で開きます）")


def test_of_a_large_group_each_sheet_is_opened_by_itself(client, address, group):
    colleagues(group, MOST_SHEETS)
    on_page, links_to_sheets = sheets_on(client.get(address).content.decode())
    assert (on_page > MOST_SHEETS, links_to_sheets) == (True, 0)
    colleagues(group, 1)
    on_page, links_to_sheets = sheets_on(client.get(address).content.decode())
    # A first line stands below each name.
    assert (on_page, links_to_sheets) == (2 * (MOST_SHEETS + 1), MOST_SHEETS + 1)


def test_by_link_a_colleague_s_sheet_is_read_and_nobody_else_s(client, address, group, expert, member):
    builders.make_sheet(membership=expert, wants="市民と行政をつなぎたい")
    hidden = builders.make_membership(group=group)
    builders.make_sheet(membership=hidden, wants="まだ見せない", state=SheetState.SUBMITTED)
    builders.make_sheet(membership=member, wants="自分のもの")
    elsewhere = builders.make_membership(group=builders.make_group())
    builders.make_sheet(membership=elsewhere, wants="別の会議体")
    assert "市民と行政をつなぎたい" in client.get(f"{address}people/{expert.pk}/").content.decode()
    others = [hidden, elsewhere]
    assert [client.get(f"{address}people/{person.pk}/").status_code for person in others] == [404, 404]


def test_where_the_form_asks_about_nobody_no_sheet_is_read(client, address, survey, expert):
    builders.make_sheet(membership=expert)
    survey.sections.filter(kind=SectionKind.MEMBER_QUESTIONS).delete()
    assert client.get(f"{address}people/{expert.pk}/").status_code == 404


@pytest.mark.parametrize("people", [3, 30])
def test_by_link_the_page_takes_the_same_queries_for_any_number(
    client, address, group, talk, people, django_assert_num_queries
):
    colleagues(group, people)
    with django_assert_num_queries(6):
        assert client.get(address).status_code == 200
    # The front page of the link asks first whether there are words of theirs to look at.
    with django_assert_num_queries(8):
        assert client.get(address.partition("meetings")[0]).status_code == 200
