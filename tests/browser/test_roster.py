"""Twenty-nine people come into a group: the desk pastes them from Excel, or chooses the file."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.members.roster.books import book

MOST_PRESSES, MOST_PAGES = 15, 6
WIDTHS = [390, 1280]
TITLES = ["職員番号", "氏名", "ﾌﾘｶﾞﾅ", "部", "課", "職名", "メール"]


@pytest.fixture
def people():
    """As the personnel office has them: in sections of the town, three of ten without an address."""
    bureau = builders.make_department(name="市民部", level="bureau", order=900)
    builders.make_department(name="窓口課", parent=bureau, order=901)
    return [
        [f"{n:05}", f"{name} 太郎", "ﾀｶｻｷ ﾀﾛｳ", "市民部", "窓口課", "主査", f"p{n}@example.jp" if n % 3 else ""]
        for n, name in enumerate(["髙﨑", "𠮷田", *(f"試山{chr(0x3041 + n)}" for n in range(27))], 1)
    ]


@pytest.fixture
def counted(page):
    """What the desk presses, and how many pages its browser loads."""
    met = {"presses": 0, "pages": 0}

    def loaded(frame):
        met["pages"] += frame == page.main_frame

    page.on("framenavigated", loaded)

    def press(role, name):
        met["presses"] += 1
        page.get_by_role(role, name=name).click()

    met["press"] = press
    return met


@pytest.fixture
def look(page, axe, overflow, shot):
    def look_(name, title):
        expect(page).to_have_title(re.compile(title))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shot(page, f"roster-{name}-{width}")
            assert overflow(page) == 0
        assert axe(page) == []

    return look_


def begin(page, log_in, counted, suzuki, group):
    log_in(page, suzuki)
    page.goto(f"/groups/{group.slug}/desk/members/")
    counted["press"]("link", "名簿をまとめて取り込む")


def end(page, counted, look, group):
    expect(page.get_by_role("button", name="この内容で登録する（29名）")).to_be_visible()
    look("preview", "^取り込む内容の確認")
    counted["press"]("button", "この内容で登録する（29名）")
    expect(page.get_by_text("29名を登録しました。", exact=True)).to_be_visible()
    look("registered", "^名簿の取込み")
    assert group.memberships.current().counted().count() == 29


def test_twenty_nine_people_are_pasted(page, log_in, counted, look, people, suzuki, group):
    begin(page, log_in, counted, suzuki, group)
    look("empty", "^名簿の取込み")
    text = "\n".join("\t".join(row) for row in [TITLES, *people])
    page.get_by_label("Excelから貼り付ける").fill(text)
    counted["press"]("button", "内容を確認する")
    end(page, counted, look, group)
    print(f"{counted['presses']} presses, {counted['pages']} pages")  # noqa: T201 -- what the test counts
    assert counted["presses"] <= MOST_PRESSES
    assert counted["pages"] <= MOST_PAGES


def test_twenty_nine_people_come_as_a_file(page, log_in, counted, look, people, suzuki, group, tmp_path):
    path = tmp_path / "名簿.xlsx"
    path.write_bytes(book([TITLES, *people], head=[["令和8年度 名簿"]]))
    begin(page, log_in, counted, suzuki, group)
    page.get_by_label("又は、ファイルを選択する").set_input_files(path)
    counted["press"]("button", "内容を確認する")
    end(page, counted, look, group)
    assert counted["presses"] <= MOST_PRESSES
    assert counted["pages"] <= MOST_PAGES


def test_without_script_an_import_is_decided_and_taken_back(open_page, log_in, people, suzuki, group):
    page = open_page(width=390, js=False)
    log_in(page, suzuki)
    page.goto(f"/groups/{group.slug}/desk/members/import/")
    rows = [TITLES, *people[:2], [*people[2][:4], "未来課", *people[2][5:]]]
    page.get_by_label("Excelから貼り付ける").fill("\n".join("\t".join(row) for row in rows))
    page.get_by_role("button", name="内容を確認する").click()
    page.get_by_label("「市民部 未来課」は、どの組織ですか").select_option("窓口課")
    page.get_by_role("row", name="髙﨑 太郎").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="条件を反映する").click()
    page.get_by_role("button", name="この内容で登録する（2名）").click()
    expect(page.get_by_text("2名を登録しました。", exact=True)).to_be_visible()
    page.get_by_role("button", name="取込みを取り消す").click()
    expect(page.get_by_text("取込みを取り消し、取り込む前の状態に戻しました。")).to_be_visible()
    assert not group.memberships.exists()
