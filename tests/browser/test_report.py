"""From the last line of the record to what a citizen reads: the desk, then anyone, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

WIDTHS = [390, 1280]


@pytest.fixture
def first(transactional_db):
    builders.make_municipality()
    return FirstMeeting(OUR_WORDS, members=5)


@pytest.fixture
def look(axe, overflow, shot):
    def look_(page, name, title):
        expect(page).to_have_title(re.compile(title))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shot(page, f"report-{name}-{width}")
            assert overflow(page) == 0
        assert axe(page) == []

    return look_


def test_from_the_record_to_the_published_report(page, log_in, look, first):
    desk = f"/groups/{first.group.slug}/desk/meetings/1"
    log_in(page, first.desk)
    add_a_line(page, look, desk)
    decide(page, look, desk)
    publish(page, look)
    page.context.clear_cookies()
    read(page, look, first)


def add_a_line(page, look, desk):
    page.goto(f"{desk}/record/")
    look(page, "record", "会議の記録")
    item = page.get_by_role("region", name="1. 部会の進め方")
    item.get_by_text("行を追加する").first.click()
    item.get_by_label("記録").fill("庁内の手続の一覧を次回までに用意")
    item.get_by_role("button", name="追加する", exact=True).click()
    expect(page.get_by_text("庁内の手続の一覧を次回までに用意").first).to_be_visible()


def decide(page, look, desk):
    page.goto(f"{desk}/report/")
    look(page, "draft", "結果報告の下書き")
    page.get_by_role("button", name="確認中にする").click()
    page.get_by_role("link", name="決裁・供覧を記録する").click()
    page.get_by_role("radio", name="供覧").check()
    page.get_by_label("決裁・供覧の年月日").fill("2021-05-25")
    page.get_by_label("決裁者（供覧の場合は、最後に閲覧した方）の職名").fill("行政経営部長")
    look(page, "approval", "決裁・供覧の記録")
    page.get_by_role("button", name="記録する").click()


def publish(page, look):
    page.get_by_role("link", name="公開前の確認へ進む").click()
    look(page, "check", "公開前の確認")
    page.get_by_role("button", name="公開する").click()
    expect(page.get_by_text("結果報告を公開しました。")).to_be_visible()


def read(page, look, first):
    page.goto("/")
    look(page, "front-door", "ホーム")
    page.get_by_role("link", name=re.compile("第1回「DX推進部会」")).click()
    look(page, "published", "結果報告")
    expect(page.get_by_text("○庁内の手続の一覧を次回までに用意")).to_be_visible()
    page.get_by_role("link", name="テキスト形式で読む").click()
    expect(page.locator("body")).to_contain_text("○庁内の手続の一覧を次回までに用意")
