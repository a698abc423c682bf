"""The sheets of 使い方 (dxbukai/howto.py) are true, and each is one sheet of paper.

Whoever follows a step looks for what stands in 「…」. What is not on the page comes after pressing what was there
before it. `make howto` puts the pictures of this walk into static/; without it they stay in test-results/.
"""

import io
import os
import re

import pytest
from PIL import Image

from dxbukai.demo.cast import CAST
from dxbukai.demo.seed import lists, plant
from dxbukai.demo.views import door_of
from dxbukai.howto import SHEETS, picture_of
from members.models import User
from tests.repository import ROOT

WRITE = os.environ.get("HOWTO") == "write"
MOST_BYTES = 40_000
WHO = {"member": None, "expert": None, "citizen": None, "desk": "desk", "clerk": "clerk", "administrator": "admin"}
MEETING = "/groups/dx-now/desk/meetings"
# Where a step begins, if not where the one before it ended; and by whom, if somebody logs in meanwhile.
BEGINS = {
    ("member", 6): "/",
    ("expert", 1): "/a/",
    ("expert", 2): "/",
    ("expert", 3): "/",
    ("expert", 5): "/groups/dx-now/meetings/2/",
    ("expert", 6): "/",
    ("citizen", 1): "/",
    ("citizen", 2): "/",
    ("citizen", 3): "/groups/dx-r3/meetings/1/report/",
    ("citizen", 4): "/",
    ("desk", 1): "/",
    ("desk", 2): f"{MEETING}/3/",
    ("desk", 3): f"{MEETING}/2/",
    ("desk", 4): f"{MEETING}/2/",
    ("desk", 6): f"{MEETING}/1/",
    ("clerk", 1): "/",
    ("clerk", 2): "/data/mine/",
    ("clerk", 6): "/data/mine/",
    ("administrator", 1): "/",
    ("administrator", 5): "/manage/audit/",
    ("administrator", 6): "/manage/retention/",
}
# Which of its words the picture shows, where not the last.
SHOWN = {("member", 2): 0, ("clerk", 4): 1}
LOGS_IN = {("member", 6): "hanako", ("expert", 2): "taro"}


def link(words, *, last=False):
    def press(page):
        links = page.get_by_role("link", name=words, exact=True)
        links.first.wait_for()
        (links.last if last else links.first).click()

    return press


def each(*deeds):
    return lambda page: [deed(page) for deed in deeds]


def press(page, name):
    """And wait for what the server makes of it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name=name).click()
    page.wait_for_load_state("networkidle")


def choose_and_send(page):
    page.get_by_text("会場で出席").first.click()
    press(page, "回答を送信する")


def upload(page):
    file = lists.TOILETS_WITH_DIRT.replace("\n", "\r\n").encode("cp932")
    page.set_input_files("input[type=file]", {"name": "toilets.csv", "mimeType": "text/csv", "buffer": file})
    press(page, "アップロードして確認する")


def confirm_kind(page):
    """The town's list is public already; this one is made beside it, and published in the last step."""
    page.get_by_text("新しいデータセット").click()
    press(page, "この内容で進む")


def repair(page):
    press(page, re.compile("か所を全て修正する"))
    press(page, re.compile("緯度と経度.*全て修正する"))
    page.get_by_label("D7セルの値").fill("見本市本町1-1")
    press(page, re.compile("保存.*D7", re.DOTALL))
    page.get_by_role("link", name="公開する内容へ進む").click()


def describe(page):
    page.get_by_label("データセット名").fill("公衆トイレ一覧（駅前）")
    page.get_by_label("説明").first.fill("市が管理する公衆トイレの一覧です。")
    page.get_by_text("公開してはならない個人の情報が含まれていないことを確認しました").click()
    press(page, "保存して次へ")


# What is done where the words name a choice, or ask to fill something in.
DEEDS = {
    ("member", 3, "回答を送信する"): choose_and_send,
    ("member", 6, "利用できるページ"): link("DX推進部会（令和8年度）"),
    ("expert", 6, "利用できるページ"): link("DX推進部会（令和8年度）"),
    ("citizen", 1, "開催予定の会議"): link("第3回総合計画審議会"),
    ("citizen", 4, "公開データ"): each(link("公開データ"), link("公衆トイレ一覧", last=True)),
    ("desk", 1, "利用できるページ"): link("DX推進部会（令和8年度）の事務局"),
    ("clerk", 2, "アップロードして確認する"): upload,
    ("clerk", 2, "この内容で進む"): confirm_kind,
    ("clerk", 4, "公開する内容へ進む"): repair,
    ("clerk", 4, "保存して次へ"): describe,
    ("clerk", 6, "所属課のデータ"): link("公衆トイレ一覧"),
}


@pytest.fixture
def demo_town(transactional_db, settings, tmp_path):
    """Some ten seconds: the fictitious town, whose rows the pictures show."""
    settings.MEDIA_ROOT, settings.MAIL_FOLDER = tmp_path / "files", tmp_path / "mail"
    plant()


class Reader:
    """Goes on by the words of a sheet alone."""

    def __init__(self, page, role):
        self.page, self.role, self.last, self.before = page, role, None, None

    def find(self, number, words):
        """As it stands there: a button or link before other text."""
        found = self.visible(words)
        if found is None and self.last is not None:
            self.last()
            self.last = None
            found = self.comes(words)
        assert found is not None, f"{words} is not on {self.page.url}"
        self.before = words
        if deed := DEEDS.get((self.role, number, words)):
            self.last = lambda: deed(self.page)
        elif found.evaluate("e => !!e.closest('a, button')"):
            self.last = found.click
        return found

    def visible(self, words):
        page = self.page
        roles = ("button", "link", "heading")
        ways = [page.get_by_role(role, name=words, exact=exact) for exact in (True, False) for role in roles]
        found = (way.locator("visible=true") for way in [*ways, page.get_by_text(words)])
        return next((one.first for one in found if one.count() and not self.is_the_last(one.first, words)), None)

    def is_the_last(self, found, words):
        """Where words stand within those before them, another thing is meant."""
        return self.before not in {None, words} and words in self.before and self.before in found.inner_text()

    def comes(self, words, patience=50):
        """A press takes its time."""
        for _beat in range(patience):
            self.page.wait_for_timeout(100)
            self.page.wait_for_load_state()
            if found := self.visible(words):
                return found
        return None


def test_whoever_follows_a_sheet_finds_each_of_its_words(open_page, log_in, demo_town):
    """A minute: thirty-six steps, in a town that is planted once."""
    for role in SHEETS:
        follow(open_page, log_in, role)


def follow(open_page, log_in, role):
    sheet = SHEETS[role]
    width, height = sheet.size
    page = open_page(viewport={"width": width, "height": height})
    if WHO[role]:
        log_in(page, person(WHO[role]))
    if role == "member":
        page.goto(door_of(CAST["hanako"]))
    reader = Reader(page, role)
    for number, step in enumerate(sheet.steps, 1):
        if (role, number) in LOGS_IN:
            log_in(page, person(LOGS_IN[role, number]))
        if (role, number) in BEGINS:
            page.goto(BEGINS[role, number])
            reader.last = None
        found = [reader.find(number, words) for words in re.findall("「(.+?)」", str(step.text))]
        take(page, found[SHOWN.get((role, number), -1)], picture_of(role, number))


def person(name):
    return User.objects.get(email=CAST[name].email)


def take(page, found, picture):
    """With a frame around what the step named last."""
    found.evaluate(
        "e => { e.scrollIntoView({block: 'center', behavior: 'instant'}); e.style.outline = '3px solid #c8102e' }"
    )
    shot = page.screenshot()
    found.evaluate("e => { e.style.outline = '' }")
    (ROOT / "test-results").mkdir(exist_ok=True)
    (ROOT / "test-results" / picture.replace("/", "-").replace(".webp", ".png")).write_bytes(shot)
    if WRITE:
        (ROOT / "static" / picture).parent.mkdir(exist_ok=True)
        Image.open(io.BytesIO(shot)).save(ROOT / "static" / picture, "WEBP", quality=60, method=6)


@pytest.mark.parametrize("role", SHEETS)
def test_a_sheet_is_one_page_of_a4(page, town, role):
    assert page.goto(f"/about/howto/{role}/").ok
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True))) == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/about/howto/", "/about/howto/member/", "/about/howto/desk/"])
def test_the_sheets_are_accessible_and_fit(open_page, axe, overflow, town, address, width):
    page = open_page(width)
    assert page.goto(address).ok
    assert (axe(page), overflow(page)) == ([], 0)


def test_each_step_has_a_small_picture():
    pictures = {
        picture_of(role, number) for role, sheet in SHEETS.items() for number in range(1, len(sheet.steps) + 1)
    }
    kept = {str(path.relative_to(ROOT / "static")): path for path in (ROOT / "static/img/howto").iterdir()}
    assert set(kept) == pictures
    assert [name for name, path in kept.items() if path.stat().st_size > MOST_BYTES] == []
