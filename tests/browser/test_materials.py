"""An expert brings slides from a phone, and a colleague finds and saves them: with script and without."""

import pytest
from playwright.sync_api import expect

from foundation.actions import Actor
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(group, expert):
    """The one meeting there is; Tanaka presents at it."""
    meeting = builders.make_meeting(group=group)
    builders.make_item(meeting=meeting, title="他市の取組の紹介", presenter=expert)
    builders.make_survey(meeting=meeting)
    return meeting


@pytest.fixture
def door(meeting, suzuki):
    return lambda person: links.path_of(
        personal_link(membership=person, purpose=Purpose.MEETING, by=Actor(suzuki))
    )


@pytest.fixture
def slides(tmp_path):
    path = tmp_path / "紹介.pdf"
    path.write_bytes(builders.pdf("紹介スライド"))
    return path


@pytest.mark.parametrize("js", [True, False], ids=["phone", "phone-no-js"])
def test_slides_are_brought_by_link_and_saved_by_a_colleague(
    js, open_page, door, expert, member, slides, axe, overflow, shot
):
    page = open_page(**PHONE, js=js)
    page.goto(door(expert))
    page.get_by_role("link", name="あなたが説明する議題の資料（登録・差替え・公開への同意）").click()
    page.get_by_label("資料名").fill("紹介スライド")
    page.get_by_label("ファイル", exact=True).last.set_input_files(slides)
    shot(page, f"materials-offer-{'js' if js else 'no-js'}")
    if js:
        assert (axe(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="資料を登録する").click()
    expect(page.get_by_text("資料を登録しました。会議の参加者に表示しています。")).to_be_visible()
    page.goto(door(member))
    page.get_by_text("資料（1件）").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="資料1 紹介スライド").click()
    assert saved.value.suggested_filename == "第1回_紹介スライド.pdf"
    if js:
        assert (axe(page), overflow(page)) == ([], 0)
