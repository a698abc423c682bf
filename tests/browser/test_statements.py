"""What the town says of its site, for citizens: at a phone, at a desk, without script, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from statements.results import table_of, to_json
from tests import builders

PAGES = ["/about/", "/about/policy/", "/about/privacy/", "/about/accessibility/", "/about/accessibility/results/"]
BODY = "前文\n\n■見出し\n本文\n・一つ\n・二つ"


@pytest.fixture
def said(transactional_db, suzuki):
    """Everything is published; the test of accessibility has one failure with a remark."""
    for text in ("contact", "policy", "privacy", "accessibility"):
        builders.make_published_statement(by=suzuki, statement=text, body=BODY)
    test = builders.make_accessibility_test()
    remark = {"judgements": {"home": "fail"}, "remarks": {"home": "図の代替文がない"}}
    test.criteria.create(criterion="1.1.1", **remark)
    builders.make_published_statement(by=suzuki, statement="results", body="", results=to_json(table_of(test)))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_accessible_and_fits(open_page, axe, overflow, shot, said, address, width):
    page = open_page(width)
    assert page.goto(address).ok
    shot(page, f"statements{address.replace('/', '-')}{width}")
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("address", PAGES)
def test_before_anything_is_decided_the_same_holds(open_page, axe, overflow, town, address):
    page = open_page(390)
    assert page.goto(address).ok
    assert (axe(page), overflow(page)) == ([], 0)


def test_the_table_of_results_fits_on_sheets_of_a4(open_page, said):
    """A sheet is 794 pixels wide, and 643 less two margins of 20 mm."""
    page = open_page(794)
    page.goto("/about/accessibility/results/")
    page.emulate_media(media="print")
    page.evaluate("document.body.style.width = '643px'")
    table = page.locator(".results table")
    assert table.evaluate("table => table.scrollWidth") <= 643
    assert table.locator("thead").is_visible()
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 4


@pytest.mark.parametrize("js", [True, False])
def test_a_criterion_is_judged_by_keyboard(open_page, log_in, axe, abe, js):
    builders.make_accessibility_test()
    page = open_page(1280, js=js)
    log_in(page, abe)
    page.goto("/manage/statements/")
    page.get_by_role("link", name="アクセシビリティ試験").press("Enter")
    page.get_by_role("link", name="1.2.1").press("Enter")
    page.get_by_label("「判定しない」としたページの全てに付ける判定").select_option("適用なし")
    page.get_by_role("button", name="保存する", exact=True).press("Enter")
    row = page.get_by_role("row", name="1.2.1")
    expect(row.get_by_role("cell", name="適用なし")).to_have_count(8)
    if js:
        assert axe(page) == []
