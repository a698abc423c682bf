"""The gallery stands for every page: what holds for its pieces holds wherever they are used."""

import re

import pytest
from playwright.sync_api import expect

STATES = ["empty", "errors", "filled", "disabled"]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_accessible_at_every_width(open_page, axe, overflow, shot, town, state, width):
    page = open_page(width)
    assert page.goto(f"/components/?state={state}").ok
    shot(page, f"components-{state}-{width}")
    assert axe(page) == []
    assert overflow(page) == 0


def test_without_our_script_the_same_holds(open_page, axe, overflow, town):
    """axe is itself a script: so the page loses its own, instead of the browser all."""
    page = open_page(320)
    page.route("**/portal.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    assert page.goto("/components/?state=errors").ok
    assert axe(page) == []
    assert overflow(page) == 0


# Errors


@pytest.mark.parametrize("js", [True, False])
def test_after_an_error_the_keyboard_is_at_the_summary(open_page, town, js):
    page = open_page(1280, js=js)
    page.goto("/components/?state=errors")
    expect(page).to_have_title(re.compile("^エラー："))
    expect(page.locator("#error-summary")).to_be_focused()


def test_a_link_of_the_summary_leads_into_the_field_even_in_a_closed_fold(page, town):
    page.goto("/components/?state=errors")
    fold = page.locator("details", has=page.locator("#id_question_2"))
    fold.evaluate("fold => fold.open = false")
    page.get_by_role("link", name=re.compile("架空 花子さんへの質問")).click()
    expect(page.locator("#id_question_2")).to_be_focused()
    expect(page.locator("#id_question_2")).to_be_visible()


# Choices


@pytest.mark.parametrize("js", [True, False])
def test_a_choice_shows_what_it_asks_further(open_page, town, js):
    page = open_page(390, js=js)
    page.goto("/components/")
    connection, opinion = page.get_by_label("接続する端末"), page.get_by_label("書面意見")
    expect(connection).to_be_hidden()
    page.get_by_role("radio", name="オンラインで出席").check()
    expect(connection).to_be_visible()
    page.get_by_role("radio", name="欠席").check()
    expect(connection).to_be_hidden()
    expect(opinion).to_be_visible()


def test_choices_are_at_least_44_pixels_high(phone, town):
    phone.goto("/components/")
    heights = phone.locator(".dads-choice").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


# What the script adds


def test_the_counter_counts_what_people_see(page, town):
    page.goto("/components/?state=filled")
    counter = page.locator("[data-counter=id_opinion]")
    page.get_by_label("書面意見").fill("𠮷👨\u200d👩\u200d👧か\u3099")
    expect(counter).to_have_text("残り197文字")
    page.get_by_label("書面意見").fill("あ" * 203)
    expect(counter).to_have_text("3文字超えています")


def test_a_day_is_repeated_in_the_japanese_calendar(page, town):
    page.goto("/components/")
    page.get_by_label("提出予定日").fill("2021-07-13")
    expect(page.locator(".dads-field__echo")).to_have_text("令和3年7月13日（火）")


def with_drafts(page, status):
    """The gallery's form, given an address for drafts that answers with `status`."""
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        route.fulfill(status=status)

    page.route("**/draft/", answer)
    page.route("**/components/", lambda route: route.fulfill(response=route.fetch(), body=drafting(route.fetch())))
    page.goto("/components/")
    return sent


def drafting(response):
    return response.text().replace(
        '<form class="dads-form"', '<form class="dads-form" data-autosave-url="/draft/"', 1
    )


def test_a_draft_is_kept_a_second_after_the_last_key(page, town):
    sent = with_drafts(page, 204)
    page.get_by_label("件数").fill("12")
    status = page.locator("form[data-autosave-url] [role=status]")
    expect(status).to_have_text(re.compile(r"^下書きを保存しました \d\d:\d\d$"))
    assert len(sent) == 1
    assert "12" in sent[0]


def test_a_draft_that_was_not_kept_is_told(open_page, town):
    page = open_page(1280)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/draft/", lambda route: route.abort())
    page.route("**/components/", lambda route: route.fulfill(response=route.fetch(), body=drafting(route.fetch())))
    page.goto("/components/")
    page.get_by_label("件数").fill("12")
    status = page.locator("form[data-autosave-url] [role=status]")
    expect(status).to_contain_text("下書きを保存できませんでした。入力した内容はこの画面に残っています。")


def test_without_a_server_nothing_is_sent_and_the_text_stays(page, town):
    page.goto("/components/?state=filled")
    page.route("**/healthz", lambda route: route.abort())
    page.get_by_role("button", name="回答を送信する").click()
    expect(page.get_by_text("まだ送信していません")).to_be_visible()
    expect(page.get_by_label("書面意見")).to_have_value("資料4の案に賛成します。")


def test_pressed_twice_it_is_sent_once(page, town):
    sent = []

    def count(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
        route.continue_()

    page.route("**/components/**", count)
    page.goto("/components/?state=filled")
    page.get_by_role("button", name="回答を送信する").dblclick()
    expect(page.get_by_text("見本なので、何も保存していません。")).to_be_visible()
    assert len(sent) == 1


# Paper


def test_the_print_has_no_buttons_and_no_navigation(page, town):
    page.goto("/components/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)
