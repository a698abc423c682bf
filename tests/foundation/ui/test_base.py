# ruff: noqa: E501 - HTML is compared as it is, unbroken
"""The page around every page."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from foundation.ui.forms import PortalForm
from tests.foundation.ui.html import rendered, tidy

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")

PAGE = '{% extends "base.html" %}{% block title %}回答{% endblock %}{% block heading %}出欠の回答{% endblock %}'
STANDALONE = {"500.html", "503.html", "507.html"}


class NameForm(PortalForm):
    name = forms.CharField(label="氏名")


class Person:
    is_authenticated = True

    def __str__(self):
        return "見本 一郎"


def title_of(html):
    return re.search("<title>(.*)</title>", html)[1]


def test_the_title_is_the_page_and_then_the_portal():
    assert title_of(rendered(PAGE)) == "回答｜会議と公開データのポータル"
    assert title_of(rendered(PAGE, portal={"name": "見本ポータル"})) == "回答｜見本ポータル"


def test_what_stands_above_the_page_stands_in_its_header():
    """A reader who goes from landmark to landmark misses what stands in none."""
    header = re.search("<body>\\s*<header>(.*)</header>", rendered(PAGE, portal={"mode": "demo"}), re.DOTALL)[1]
    assert re.findall('class="(skip-link|demo-banner|site-header)"', header) == [
        "skip-link",
        "demo-banner",
        "site-header",
    ]


def test_errors_are_told_in_the_title_and_above_the_heading():
    html = rendered(PAGE, form=NameForm({}))
    assert title_of(html) == "エラー：回答｜会議と公開データのポータル"
    assert html.index('<section class="dads-error-summary"') < html.index("<h1>出欠の回答</h1>")


def test_a_form_that_was_not_sent_tells_no_error():
    html = rendered(PAGE, form=NameForm())
    assert title_of(html) == "回答｜会議と公開データのポータル"
    assert "dads-error-summary" not in html


def test_a_visitor_is_offered_the_login():
    html = rendered(PAGE)
    assert '<a class="account__login" href="/login/">ログイン</a>' in html
    assert "ログアウト" not in html


def test_who_is_logged_in_leaves_by_a_post():
    html = rendered(PAGE, user=Person(), csrf_token="token")
    assert '<summary><span class="account__name">見本 一郎</span></summary>' in html
    assert (
        tidy("""
        <li><form method="post" action="/logout/"><input type="hidden" name="csrfmiddlewaretoken" value="token"><button type="submit">ログアウト</button></form></li>
    """)
        in html
    )
    assert "account__login" not in html


def test_every_page_leads_to_the_four_policies():
    links = re.findall(r'<a href="(/about/[#\w/-]+)">(.*?)</a>', rendered(PAGE))
    assert links == [
        ("/about/#contact", "お問い合わせ"),
        ("/about/policy/", "サイトポリシー"),
        ("/about/privacy/", "個人情報の取扱い"),
        ("/about/accessibility/", "アクセシビリティ方針"),
    ]


def test_the_demo_says_on_every_page_that_it_is_one():
    banner = "これは体験用の見本です。"
    assert banner in rendered(PAGE, portal={"mode": "demo"})
    assert banner not in rendered(PAGE, portal={"mode": "production"})


def test_the_town_hall_is_asked_for_once():
    class Portal:
        asked = 0

        @property
        def municipality(self):
            self.asked += 1
            return "見本市"

    portal = Portal()
    assert rendered(PAGE, portal=portal).count("見本市") == 2
    assert portal.asked == 1


@pytest.mark.parametrize("name", ["400", "403", "404", "410", "429", "500", "503", "507"])
def test_an_error_page_says_what_happened_in_one_heading(name):
    html = render_to_string(f"{name}.html")
    assert len(re.findall(r"<h1>[^<]+</h1>", html)) == 1
    assert title_of(tidy(html)).endswith("｜会議と公開データのポータル")


@pytest.mark.parametrize("name", sorted(STANDALONE))
def test_the_last_pages_need_neither_request_nor_database(name, settings):
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = ["no.such.processor"]
    assert "csrfmiddlewaretoken" not in render_to_string(name)


def test_a_withheld_page_says_when_and_why():
    html = tidy(render_to_string("410.html", {"reason": "個人情報の確認のため"}))
    assert tidy('<dt>理由</dt><dd class="short">個人情報の確認のため</dd>') in html
