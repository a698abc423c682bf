"""The map beside a public table: points and rows lead to each other; without script there is the table alone."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders

SQUARE = {"type": "Polygon", "coordinates": [[[137.2, 36.1], [137.4, 36.1], [137.4, 36.2], [137.2, 36.2]]]}
HEADERS = ["名称", "緯度", "経度"]


@pytest.fixture
def toilets(kimura, environment_section, town):
    """Thirty public toilets in a town whose outline is known; the last is on the table's second page."""
    type(town).objects.update(boundary=SQUARE)
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    columns = [
        {"index": index, "letter": "ABC"[index - 1], "header": header, "field": None, "publish": True}
        for index, header in enumerate(HEADERS, 1)
    ]
    rows = [[f"第{n}公園", f"36.1{n:02}", f"137.2{n:02}"] for n in range(1, 31)]
    return builders.make_version(dataset=dataset, state="published", rows=rows, columns=columns)


@pytest.mark.parametrize("width", [320, 1280])
def test_points_and_rows_lead_to_each_other(open_page, toilets, axe, overflow, shot, width):
    page = open_page(width)
    page.goto("/data/public-toilet/")
    expect(page.locator("#map-status")).to_contain_text("30地点を表示しています。")
    assert (page.locator("path.map__point").count(), page.locator("path.map__outline").count()) == (30, 1)
    page.get_by_role("button", name="地図で見る：第3公園").press("Enter")
    link = page.get_by_role("link", name="表の行を見る")
    expect(link).to_be_focused()
    shot(page, f"map-{width}")
    assert (axe(page), overflow(page)) == ([], 0)
    link.press("Escape")
    expect(page.get_by_role("button", name="地図で見る：第3公園")).to_be_focused()
    page.locator("path.map__point").last.dispatch_event("click")
    page.get_by_role("link", name="表の行を見る").click()
    expect(page).to_have_url(re.compile(r"\?row=31#row-31$"))
    expect(page.locator("tr:target")).to_contain_text("第30公園")


def test_without_script_there_is_the_table_alone(open_page, toilets, axe):
    page = open_page(1280, js=False)
    page.goto("/data/public-toilet/")
    expect(page.get_by_role("heading", name="地図")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="第20公園")).to_be_visible()
    page.get_by_role("link", name="次へ").click()
    expect(page.get_by_role("rowheader", name="第30公園")).to_be_visible()
    page.set_viewport_size({"width": 240, "height": 900})
    page.locator(".records .table-region").evaluate("region => { region.scrollLeft = 60 }")
    names, places = (page.locator(f"tr:last-child > :nth-child({n})").last.bounding_box()["x"] for n in (1, 2))
    assert (names >= 0, places < 100) == (True, True)


def test_on_paper_there_is_no_map_and_no_table_that_is_cut(page, toilets):
    page.goto("/data/public-toilet/")
    expect(page.locator("path.map__point")).to_have_count(30)
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_hidden()
    expect(page.get_by_role("rowheader", name="第20公園")).to_be_hidden()
    expect(page.get_by_text("地図で見る", exact=True).first).to_be_hidden()
    expect(page.get_by_role("heading", name="列の説明")).to_be_visible()


def test_who_mends_the_table_sees_which_points_lie_outside_of_the_town(page, log_in, kimura, toilets):
    builders.make_version(
        dataset=toilets.dataset,
        number=2,
        columns=toilets.columns,
        rows=[["駅", "36.15", "137.3"], ["港", "35", "137"]],
    )
    log_in(page, kimura)
    page.goto("/data/mine/public-toilet/table/")
    expect(page.locator("#map-status")).to_contain_text("赤い輪は、行政区域の外にある地点です。")
    assert page.locator("path.map__point--outside").count() == 1
    page.get_by_role("button", name="地図で見る：港").click()
    expect(page.get_by_text("行政区域の外にあります。", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="公開する列")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="公開する列")).to_be_visible()
    expect(page.get_by_role("columnheader")).to_have_count(0)


def test_the_front_page_has_a_small_picture_of_the_newest_places(open_page, toilets, axe, overflow):
    page = open_page(320)
    page.goto("/")
    expect(page.get_by_role("img", name="公衆トイレ一覧の地点の図")).to_be_visible()
    assert (axe(page), overflow(page)) == ([], 0)
    page.get_by_role("link", name="公衆トイレ一覧の地点の図").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("公衆トイレ一覧")
