"""A member introduces herself, on a phone and at the desk, with script and without; the desk shows, prints, locks.

A minute or more: each way is walked four times, and axe looks at every state.
"""

import re
from datetime import timedelta

import pytest

from foundation.actions import Actor
from foundation.db import clock
from meetings.models import Theme
from members import links
from members.actions.links import personal_link
from members.models import IntroSheet, SheetPhoto
from members.states import Purpose, SheetState
from tests import builders, photos
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = [(PHONE, True), (PHONE, False), (DESKTOP, True), (DESKTOP, False)]
NAMES = ["phone", "phone-no-js", "desktop", "desktop-no-js"]
HERE = "/groups/dx-now"
# What is between the margins of print.css, in pixels.
A4 = {"viewport": {"width": 643, "height": 971}}


@pytest.fixture(params=WAYS, ids=NAMES)
def way(request, open_page):
    """A page, whether its script runs, and the name of its pictures."""
    options, js = request.param
    return open_page(**options, js=js), js, NAMES[WAYS.index(request.param)]


@pytest.fixture
def address(member, suzuki):
    return links.path_of(personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki)))


@pytest.fixture
def look(axe, overflow, shot):
    """axe finds nothing, and nothing is wider than the window; a script is what axe is."""

    def at(page, js, name):
        shot(page, name)
        assert overflow(page) == 0 if js else True
        if js:
            assert axe(page) == [], name

    return at


@pytest.fixture
def photo_of_a_phone(tmp_path):
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(photos.heic(4000, 3000))
    return path


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_from_the_link_to_a_sheet_with_a_photo(way, address, look, photo_of_a_phone):
    page, js, name = way
    page.goto(address)
    look(page, js, f"sheet-empty-{name}")
    page.get_by_role("link", name="顔写真を登録する").click()
    look(page, js, f"sheet-photo-{name}")
    page.get_by_label("写真", exact=True).set_input_files(photo_of_a_phone)
    press(page, "この写真を登録する")
    page.get_by_role("img", name="佐藤 花子さんの顔写真").wait_for()
    page.get_by_label("業務での困り事").fill("窓口の待ち時間が長い")
    page.get_by_label("この困り事をテーマの候補として提案する").check()
    press(page, "提出する")
    page.get_by_role(
        "link", name="提出するには、「取り組みたいこと」を入力してください。一言でも構いません。"
    ).wait_for()
    look(page, js, f"sheet-error-{name}")
    page.get_by_label("取り組みたいこと").fill("書かない窓口を試したい")
    press(page, "見え方を確認する")
    page.get_by_role("heading", name="参加者に表示される内容").wait_for()
    look(page, js, f"sheet-preview-{name}")
    press(page, "提出する")
    page.get_by_text("自己紹介シートを受け付けました。").wait_for()
    look(page, js, f"sheet-handed-in-{name}")
    sheet = IntroSheet.objects.get()
    assert (sheet.state, sheet.offers_problem, sheet.is_example) == (SheetState.SUBMITTED, True, False)
    assert bytes(SheetPhoto.objects.get().jpeg)[:3] == b"\xff\xd8\xff"


def test_a_draft_saves_itself_and_is_found_again(open_page, address, photo_of_a_phone):
    page = open_page(**PHONE)
    page.goto(address)
    page.get_by_label("担当業務").fill("戸籍・住民票の窓口")
    page.locator("form [role=status]", has_text="下書きを保存しました").wait_for()
    page.goto(address)
    assert page.get_by_label("担当業務").input_value() == "戸籍・住民票の窓口"
    assert page.get_by_text("下書きの続きから書けます").is_visible()


def test_what_is_no_photo_is_told_and_the_photo_is_taken_away(way, address, member, look, tmp_path):
    page, js, name = way
    builders.make_photo(sheet=builders.make_sheet(membership=member))
    paper = tmp_path / "名簿.pdf"
    paper.write_bytes(b"%PDF-1.7")
    page.goto(address)
    page.get_by_role("link", name="顔写真を替える").click()
    page.get_by_label("写真", exact=True).set_input_files(paper)
    press(page, "この写真を登録する")
    page.get_by_role("link", name="このファイルは写真として読み取れませんでした。").wait_for()
    look(page, js, f"sheet-photo-error-{name}")
    page.get_by_role("link", name="登録せずに、自己紹介シートの入力に戻る").click()
    press(page, "顔写真を削除する")
    page.get_by_text("顔写真を削除しました。").wait_for()
    assert not SheetPhoto.objects.exists()


def test_after_the_last_day_the_page_says_whom_to_ask(way, address, group, member, look):
    page, js, name = way
    builders.make_sheet(membership=member, is_example=True)
    group.sheets_lock_on = clock.today() - timedelta(days=1)
    group.save()
    page.goto(address)
    assert page.get_by_text("内線 2345").is_visible()
    look(page, js, f"sheet-locked-{name}")
    press(page, "記入例にすることを取りやめる")
    page.get_by_text("取りやめました。今後は表示しません。").wait_for()
    assert not IntroSheet.objects.get().is_example


def test_the_desk_shows_prints_and_takes_over(way, log_in, suzuki, member, expert, group, look):
    page, js, name = way
    meeting = builders.make_meeting(group=group)
    builders.make_survey(meeting=meeting)
    sheet = builders.make_sheet(
        membership=member, state=SheetState.SUBMITTED, problems="待ち時間が長い", offers_problem=True
    )
    builders.make_photo(sheet=sheet)
    log_in(page, suzuki)
    page.goto(f"{HERE}/desk/sheets/")
    look(page, js, f"desk-sheets-{name}")
    press(page, "提出されたシートを参加者に公開する")
    page.get_by_text("1名分の自己紹介シートを参加者に公開しました。").wait_for()
    page.get_by_role("link", name="公開したシートを冊子として印刷する").click()
    assert page.get_by_role("img", name="佐藤 花子さんの顔写真").is_visible()
    look(page, js, f"booklet-{name}")
    page.goto(f"{HERE}/desk/sheets/order/?start=13:30")
    page.get_by_role("button", name=re.compile("^下へ.*佐藤 花子")).click()
    page.get_by_role("row", name="2 午後1時32分 佐藤 花子").wait_for()
    look(page, js, f"speakers-{name}")
    page.goto(f"{HERE}/desk/meetings/1/form/")
    page.get_by_role("button", name=re.compile("^テーマの例に加える")).click()
    page.get_by_text("テーマの例に加えました。").wait_for()
    look(page, js, f"survey-themes-{name}")
    assert Theme.objects.get().title == "待ち時間が長い"


def test_the_desk_locks_and_opens_again_for_one(way, log_in, suzuki, member, look):
    page, js, name = way
    builders.make_sheet(membership=member)
    log_in(page, suzuki)
    page.goto(f"{HERE}/desk/sheets/rules/")
    look(page, js, f"sheet-rules-{name}")
    page.get_by_label("変更期限").fill(str(clock.today() - timedelta(days=1)))
    press(page, "保存する")
    page.get_by_text("変更期限と記入例の設定を保存しました。").wait_for()
    page.get_by_role("button", name=re.compile("^変更できるようにする.*佐藤 花子")).click()
    page.get_by_text("佐藤 花子さんが、期限の後も変更できるようにしました。").wait_for()
    look(page, js, f"desk-sheets-locked-{name}")
    member.refresh_from_db()
    assert member.has_sheet_reopened


def test_from_a_sheet_to_the_question_for_its_person(way, log_in, sato, member, expert, group, look):
    page, js, name = way
    builders.make_photo(sheet=builders.make_sheet(membership=expert, wants="市民と行政をつなぎたい"))
    builders.make_survey(meeting=builders.make_meeting(group=group))
    log_in(page, sato)
    page.goto(f"{HERE}/sheets/")
    look(page, js, f"sheets-{name}")
    page.get_by_role("link", name="田中 三郎").click()
    look(page, js, f"sheet-{name}")
    page.get_by_role("link", name="田中 三郎さんへの質問を書く").click()
    box = page.locator(f"#id_person_{expert.pk}")
    box.wait_for()
    box.fill("どのように始めましたか。")
    page.get_by_role("link", name="参加者の自己紹介シートを読む").wait_for()


def test_nobody_is_cut_in_two_on_paper(open_page, log_in, suzuki, group):
    """The longest that a sheet can be fits on a page of A4; so each can begin on the page on which it ends."""
    for _ in range(3):
        texts = dict.fromkeys(["duties", "problems", "wants", "skills"], "長い文章です。" * 57) | {
            "message": "長" * 200
        }
        builders.make_photo(sheet=builders.make_sheet(membership=builders.make_membership(group=group), **texts))
    page = open_page(**A4)
    log_in(page, suzuki)
    page.goto(f"{HERE}/desk/sheets/booklet/")
    page.emulate_media(media="print")
    people = page.locator(".booklet__person")
    inside = people.evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")
    heights = people.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().height))")
    assert inside == ["avoid"] * 3
    assert [height for height in heights if height > A4["viewport"]["height"]] == []
    paper = page.pdf(prefer_css_page_size=True)
    # The title stands alone, because nobody fits below it.
    assert paper.count(b"/Type /Page\n") == 4
