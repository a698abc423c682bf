#!/usr/bin/env python
"""Take docs/picture.png from a running demo: `tools/scripts/picture.py [http://127.0.0.1:8000]`.

A member's answer page on a phone, the desk's tally and a published report, side by side. Reached by clicks
from the front door, as a visitor would. Needs the development dependencies and an installed Chromium.
"""

import base64
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURE = Path(__file__).parents[2] / "docs" / "picture.png"
CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "chrome"]
HEIGHT, GAP = 640, 16
# Width of the window, and how much of the page's height stands in it.
PHONE, DESK = (390, 920), (1280, 1500)
SHEET = """<body style="margin:0;padding:{gap}px;display:inline-flex;gap:{gap}px;background:#e8eaed">{images}"""
IMAGE = """<img style="height:{height}px;border-radius:6px" src="data:image/png;base64,{data}">"""


def take(address: str) -> None:
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=ja"])
        shots = [shot(browser, address, size, way) for size, way in WAYS]
        compose(browser, shots)
        browser.close()


def shot(browser: Browser, address: str, size: tuple[int, int], way: Callable[[Page], None]) -> bytes:
    width, height = size
    context = browser.new_context(
        base_url=address, locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": width, "height": height}
    )
    page = context.new_page()
    page.goto("/demo/")
    way(page)
    page.wait_for_load_state("networkidle")
    # The banner and the step-in page belong to the demo, not to the product.
    page.locator(".demo-banner").evaluate("banner => banner.remove()")
    page.evaluate("scrollTo(0, 0)")
    image = page.screenshot()
    context.close()
    return image


def step_into(page: Page, name: str) -> None:
    page.locator(f"form[action$='/{name}/'] button").click()
    page.wait_for_url("**/")


def answer(page: Page) -> None:
    page.get_by_role("link", name="届いた回答用リンクを開く").first.click()
    page.get_by_text("会場で出席", exact=False).first.click()


def tally(page: Page) -> None:
    step_into(page, "desk")
    page.get_by_role("link", name="DX推進部会（令和8年度）の事務局").first.click()
    page.get_by_role("link", name="第2回", exact=True).click()
    page.get_by_role("link", name="回答状況", exact=True).click()


def report(page: Page) -> None:
    page.get_by_role("link", name="公開ページを開く").click()
    page.get_by_role("link", name="第1回DX推進部会 結果報告").click()


def compose(browser: Browser, shots: list[bytes]) -> None:
    page = browser.new_page()
    images = "".join(IMAGE.format(height=HEIGHT, data=base64.b64encode(image).decode()) for image in shots)
    page.set_content(SHEET.format(gap=GAP, images=images))
    page.locator("body").screenshot(path=PICTURE)


WAYS = [(PHONE, answer), (DESK, tally), (DESK, report)]

if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
