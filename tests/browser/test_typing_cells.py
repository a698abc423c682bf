"""A section types into faulty cells one after the other, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from foundation.actions import Actor
from opendata import actions
from tests.opendata.test_typing_cells import LACKING

POSITION = "C{}セルの値"


@pytest.fixture
def lacking(kimura, environment_section):
    given = {"standard": "public_toilet", "name": "公衆トイレ.csv", "data": LACKING.encode()}
    version = actions.upload(department=environment_section, by=Actor(kimura), **given)
    return actions.read(version=version, by=Actor(kimura))


def test_tab_saves_a_cell_and_goes_on_to_the_next(open_page, log_in, kimura, lacking):
    page = open_page(1280)
    log_in(page, kimura)
    page.goto(f"/data/mine/{lacking.dataset.slug}/findings/")
    cell = page.get_by_label(re.compile(POSITION.format(2)))
    cell.focus()
    page.keyboard.type("北口")
    page.keyboard.press("Tab")
    page.keyboard.type("南")
    expect(page.locator("#found-said")).to_contain_text("C2を、入力した値に修正しました。")
    page.keyboard.type("口")
    expect(page.get_by_label(re.compile(POSITION.format(3)))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label(re.compile(POSITION.format(4)))).to_be_focused()
    assert [row.cells[2] for row in lacking.rows.order_by("row")] == ["北口", "南口", "", ""]
