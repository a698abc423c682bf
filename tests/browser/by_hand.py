"""Somebody enters a meeting by hand, and what that costs is counted."""

import re

from playwright.sync_api import expect

MOST_PAGES, MOST_SENDS, MOST_CHARACTERS = 45, 30, 1800


class Hand:
    """Somebody at the desk. Counted are pages that load, forms that are sent, and characters that are typed."""

    def __init__(self, page):
        self.page = page
        self.pages = self.sends = self.characters = 0
        page.on("response", self._answered)

    def is_light(self):
        """Says what it cost."""
        print(f"{self.pages} pages, {self.sends} sends, {self.characters} characters")  # noqa: T201
        return self.pages <= MOST_PAGES and self.sends <= MOST_SENDS and self.characters <= MOST_CHARACTERS

    def _answered(self, got):
        asked = got.request
        self.sends += asked.method == "POST"
        self.pages += asked.is_navigation_request() and not 300 <= got.status < 400

    def follow(self, name, within=None):
        (within or self.page.get_by_role("main")).get_by_role("link", name=name).first.click()

    def send(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def type(self, label, text, within=None):
        self.characters += len(text)
        self.paste(label, text, within)

    def paste(self, label, text, within=None):
        self.field(label, within).fill(text)

    def field(self, label, within=None):
        """By the words of its label, with or without 「※必須」."""
        found = (within or self.page).get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(※必須)?\s*$"))
        return found.and_(self.page.locator("input, select, textarea"))

    def choose(self, label, option, within=None):
        field = self.field(label, within)
        field.select_option(field.locator("option", has_text=option).first.get_attribute("value"))

    def sees(self, title):
        expect(self.page).to_have_title(re.compile(title))


def import_people(hand, people):
    hand.page.goto("/groups/first/desk/members/import/")
    hand.paste("Excelから貼り付ける", "\n".join("\t".join(row) for row in people))
    hand.send("内容を確認する")
    hand.send(f"この内容で登録する（{len(people) - 1}名）")
    hand.sees("名簿の取込み")


def write_lines(hand, item, lines):
    """All lines of one item at once, with their marks."""
    place = hand.page.get_by_role("region", name=item)
    place.get_by_text("行を追加する").click()
    hand.type("記録", "\n".join(lines), place)
    place.get_by_role("button", name="追加する", exact=True).click()
    expect(place.get_by_text(lines[-1].lstrip("○→")).first).to_be_visible()
