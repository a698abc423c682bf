"""The page on which a member answers, in each of its states: on a phone, at a desk, with and without script."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.actions import Actor
from meetings.actions import replies
from meetings.models import LateReply, Reply, ReplyDraft, Survey, SurveyExtension, Theme
from meetings.states import ItemKind, MeetingState, Mode
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, SHOTS

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = [pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop")]
SCRIPT = pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
WIDTH = pytest.mark.parametrize("window", BOTH)


@pytest.fixture
def survey(group, member, expert):
    """Of the second meeting, with all that can be asked; at the first one Sato was in the room."""
    group.contact_phone, group.substitutes_allowed = "0123-45-6789 内線 2345", True
    group.purpose_text, group.retention_text = "会議の運営のため", "会議の翌年度末まで"
    group.save()
    builders.make_sheet(membership=expert, wants="市民と行政をつなぎたい")
    first = builders.make_meeting(group=group, number=1, state=MeetingState.HELD)
    builders.make_item(meeting=first, kind=ItemKind.TALK, title="デジタル化の話")
    builders.make_reply(survey=builders.make_survey(meeting=first), membership=member)
    meeting = builders.make_meeting(group=group, number=2, online_url="https://meet.example.jp/abc")
    for order, title in enumerate(["自己紹介", "申請の見直し", "意見交換", "その他"], 1):
        builders.make_item(meeting=meeting, order=order, title=title)
    Theme.objects.create(meeting=meeting, title="申請の見直し")
    return builders.make_survey(meeting=meeting)


@pytest.fixture
def address(survey, member, suzuki):
    return links.path_of(personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))


@pytest.fixture
def accepted(survey, member):
    return builders.make_reply(survey=survey, membership=member, mode=Mode.VENUE)


@pytest.fixture
def type_in(survey, member, sato):
    """`type_in(note="…")`: a draft of Sato's, as the page keeps it."""

    def save(seen=0, **values):
        data = {"seen": [str(seen)], **{name: [value] for name, value in values.items()}}
        return replies.save_draft(survey=survey, membership=member, by=Actor(sato), data=data)

    return save


def close():
    now = timezone.now()
    Survey.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1))


def look(page, name, *, axe, shot, overflow, window, js):
    """A picture, axe, and nothing wider than the window."""
    shot(page, f"answer-{name}-{window['viewport']['width']}{'' if js else '-no-script'}")
    assert overflow(page) <= 0
    # axe is a script itself.
    assert (axe(page) if js else []) == []


@pytest.fixture
def looked(axe, shot, overflow):
    def look_at(page, name, **how):
        look(page, name, axe=axe, shot=shot, overflow=overflow, **how)

    return look_at


ALL_CHOICES = ["会場で出席", "オンラインで出席", "欠席"]


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


@SCRIPT
@pytest.mark.parametrize("by_link", [True, False], ids=["link", "login"])
def test_the_first_screen_of_a_phone_shows_all_that_is_asked(open_page, address, log_in, sato, js, by_link):
    page = open_page(**PHONE, js=js)
    if not by_link:
        log_in(page, sato)
    page.goto(address if by_link else "/groups/dx-now/meetings/2/answer/")
    page.screenshot(path=SHOTS / f"answer-first-{'link' if by_link else 'login'}.png")
    bar = page.locator(".dads-actions").bounding_box()
    rows = [page.locator("label", has_text=choice) for choice in ALL_CHOICES]
    facts = [page.locator("dd", has_text=text) for text in ("午後1時", "大会議室", "あと")]
    assert [bottom(part) <= bar["y"] for part in [*facts, *rows]] == [True] * 6
    assert bar["y"] + bar["height"] <= 844
    assert [row.bounding_box()["height"] >= 44 for row in rows] == [True] * 3
    assert rows[0].inner_text().split() == ["会場で出席", "前回：会場"]


def test_the_whole_row_is_the_choice(open_page, address):
    page = open_page(**PHONE, js=False)
    page.goto(address)
    row = page.locator("label", has_text="欠席").bounding_box()
    page.touchscreen.tap(row["x"] + row["width"] - 4, row["y"] + row["height"] - 4)
    assert page.get_by_label("欠席").is_checked()


@SCRIPT
@WIDTH
def test_what_is_not_asked_first_is_folded(open_page, address, looked, window, js):
    page = open_page(**window, js=js)
    page.goto(address)
    looked(page, "open", window=window, js=js)
    folds = page.locator("form details:not(details details) > summary").all_inner_texts()
    assert [text.split("\n")[0] for text in folds] == [
        "議題（4件）",
        "自己紹介を読み、質問を書く（1名分）",
        "話題提供への質問（1件）",
        "取り上げたいテーマ",
        "事務局への連絡",
        "利用目的・見られる人・保存期間",
    ]
    assert page.locator("form details[open]").count() == 0
    for summary in page.locator("details > summary").all():
        summary.click()
    looked(page, "unfolded", window=window, js=js)
    called = page.get_by_role("link", name="0123-45-6789")
    assert [link.get_attribute("href") for link in called.all()] == ["tel:0123456789"] * 2


def test_the_name_is_asked_for_only_of_whoever_asks(open_page, address):
    page = open_page(**PHONE, js=False)
    page.goto(address)
    consents = [
        page.get_by_label(words) for words in ("質問の宛先の方に名前を伝える", "結果報告に載るときに名前を出す")
    ]
    assert [consent.is_visible() for consent in consents] == [False, False]
    page.locator("summary", has_text="話題提供への質問").click()
    assert [consent.is_visible() for consent in consents] == [True, True]


# The bar


@WIDTH
def test_the_button_is_in_reach_everywhere_and_covers_nothing(open_page, address, window):
    """With the keyboard through the unfolded page: what has the focus is never under the bar (WCAG 2.4.11)."""
    page = open_page(**window, reduced_motion="reduce")
    page.goto(address)
    for summary in page.locator("details > summary").all():
        summary.click()
    page.locator("h1").click()
    covered, met = [], 0
    for _press in range(60):
        page.keyboard.press("Tab")
        button = page.locator(".dads-actions .dads-button")
        assert button.bounding_box()["y"] < window["viewport"]["height"] or page.locator("footer :focus").count()
        found = page.evaluate(UNDER_THE_BAR)
        met += 1
        if found:
            covered.append(found)
        if page.locator("footer :focus").count():
            break
    assert (covered, met > 20) == ([], True)


UNDER_THE_BAR = """() => {
  const bar = document.querySelector('.dads-actions');
  const at = document.activeElement;
  if (!at || bar.contains(at) || document.querySelector('footer').contains(at)) return '';
  const part = at.getBoundingClientRect(), top = bar.getBoundingClientRect().top;
  return part.bottom > top + 1 ? `${at.tagName} ${at.name} ${part.bottom} > ${top}` : '';
}"""


def test_where_the_window_is_low_the_bar_does_not_stick(open_page, address):
    page = open_page(viewport={"width": 844, "height": 390}, is_mobile=True, has_touch=True)
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.querySelector('.dads-actions')).position") == "static"


def test_d7_the_bar_says_when_the_draft_was_saved_in_japanese_time_wherever_the_phone_is(open_page, address):
    page = open_page(**PHONE, timezone_id="America/New_York")
    page.goto(address)
    page.get_by_label("欠席").tap()
    page.get_by_label("書面意見").fill("賛成です。")
    status = page.locator(".dads-actions [role=status]")
    status.filter(has_text="下書きを保存しました").wait_for()
    said = status.inner_text()
    page.reload()
    assert (status.inner_text(), page.get_by_label("書面意見").input_value()) == (said, "賛成です。")
    page.get_by_label("書面意見").fill("賛成です。資料1の図も見たいです。")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    kept = ReplyDraft.objects.filter(data__written_opinion=["賛成です。資料1の図も見たいです。"])
    until = time.monotonic() + 5
    while not kept.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert kept.exists()


# A draft


@SCRIPT
@WIDTH
def test_a_draft_is_said_once(open_page, address, looked, window, js):
    page = open_page(**window, js=js)
    page.goto(address)
    page.locator("summary", has_text="事務局への連絡").click()
    page.get_by_role("textbox", name="事務局への連絡").fill("資料を持参します")
    page.get_by_role("button", name="下書きを保存する").click()
    page.get_by_text("下の内容はまだ送信していません。").wait_for()
    looked(page, "draft", window=window, js=js)
    text = page.locator("body").inner_text()
    assert [text.count(words) for words in ("下書きを保存しました", "下書き保存", "まだ送信", "完了")] == [
        1,
        1,
        1,
        0,
    ]


@SCRIPT
@WIDTH
def test_what_was_accepted_and_what_is_not_sent_are_both_said(
    open_page, address, accepted, type_in, looked, window, js
):
    type_in(seen=1, mode="absent", written_opinion="賛成です。")
    page = open_page(**window, js=js)
    page.goto(address)
    looked(page, "accepted-and-draft", window=window, js=js)
    said = page.locator(".notice").inner_text()
    assert f"「会場で出席」で受け付けています（受付 {accepted.receipt_number}）。" in said
    assert "下の変更はまだ送信していません。" in said
    assert page.get_by_label("欠席").is_checked()
    page.get_by_role("button", name="下書きを捨てる").click()
    page.get_by_text("送信していない内容を捨てました。").wait_for()
    assert page.get_by_label("会場で出席").is_checked()
    assert (ReplyDraft.objects.count(), Reply.objects.filter(survey=accepted.survey).get().version) == (0, 1)


def test_accepted_and_draft_still_leave_the_choices_on_the_first_screen(open_page, address, accepted, type_in):
    type_in(seen=1, mode="absent")
    page = open_page(**PHONE)
    page.goto(address)
    top = page.locator(".dads-actions").bounding_box()["y"]
    assert [bottom(page.locator("label", has_text=choice).first) <= top for choice in ALL_CHOICES] == [True] * 3


# After the deadline


@SCRIPT
@WIDTH
def test_sent_too_late(open_page, address, looked, window, js):
    page = open_page(**window, js=js)
    page.goto(address)
    page.get_by_label("欠席").check()
    page.get_by_label("書面意見").fill("賛成です。")
    close()
    page.get_by_role("button", name="回答を送信する").click()
    page.get_by_text("過ぎたため、送信できませんでした。").wait_for()
    looked(page, "refused", window=window, js=js)
    text = page.locator("main").inner_text()
    assert [words in text for words in ("賛成です。", "期限までは", "何度でも変更", "もう一度送信")] == [
        True,
        False,
        False,
        False,
    ]
    assert page.get_by_role("button").all_inner_texts() == ["この内容を事務局に預ける"]
    assert page.locator("main a[href='tel:0123456789']").is_visible()

    page.get_by_role("button", name="この内容を事務局に預ける").click()
    page.get_by_text("まだ回答として受け付けていません。").wait_for()
    looked(page, "left", window=window, js=js)
    assert (LateReply.objects.get().data["written_opinion"], Reply.objects.filter(mode="absent").count()) == (
        ["賛成です。"],
        0,
    )


@SCRIPT
@WIDTH
def test_a_draft_of_before_the_deadline_is_read_after_it(
    open_page, address, accepted, type_in, looked, window, js
):
    type_in(seen=1, mode="absent", written_opinion="賛成です。")
    close()
    page = open_page(**window, js=js)
    page.goto(address)
    looked(page, "closed-with-text", window=window, js=js)
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["送信していない内容", "会議の日時と場所", "受け付けている回答"]
    assert "賛成です。" in page.locator("main").inner_text()


@WIDTH
def test_the_desk_takes_over_what_came_late(
    open_page, log_in, suzuki, sato, member, survey, type_in, looked, window
):
    type_in(mode="absent", written_opinion="賛成です。")
    close()
    replies.leave_with_desk(survey=survey, membership=member, by=Actor(sato))
    page = open_page(**window)
    log_in(page, suzuki)
    page.goto("/groups/dx-now/desk/meetings/2/tally/")
    looked(page, "late-at-the-tally", window=window, js=True)
    page.get_by_role("row", name="佐藤").get_by_role("link").click()
    looked(page, "late-at-the-desk", window=window, js=True)
    page.get_by_role("button", name="この内容を回答として受け付ける").click()
    page.get_by_text("期限後に届いた内容を、回答として受け付けました。").wait_for()
    assert (Reply.objects.get(survey=survey).written_opinion, LateReply.objects.count()) == ("賛成です。", 0)


def test_what_was_left_is_offered_again_when_there_is_more_time(
    open_page, address, survey, member, sato, type_in, looked
):
    type_in(mode="absent", written_opinion="賛成です。")
    close()
    replies.leave_with_desk(survey=survey, membership=member, by=Actor(sato))
    SurveyExtension.objects.create(survey=survey, membership=member, until=timezone.now() + timedelta(days=1))
    page = open_page(**PHONE)
    page.goto(address)
    looked(page, "extended", window=PHONE, js=True)
    assert page.get_by_label("書面意見").input_value() == "賛成です。"
    page.get_by_role("button", name="回答を送信する").click()
    page.get_by_role("heading", name="回答を受け付けました").wait_for()
    assert LateReply.objects.count() == 0


# One's own device


def kept(page):
    return page.evaluate("Object.values(localStorage).filter((text) => text.includes('values'))")


def ticked(open_page, address):
    page = open_page(**PHONE)
    page.goto(address)
    page.get_by_label("この端末は自分専用です").check()
    page.get_by_label("欠席").check()
    page.get_by_label("書面意見").fill("賛成です。")
    return page


def test_nothing_stays_on_the_device_unless_its_owner_says_so(open_page, address):
    page = open_page(**PHONE)
    page.goto(address)
    page.get_by_label("欠席").check()
    page.locator(".dads-actions [role=status]", has_text="保存しました").wait_for()
    assert kept(page) == []


def test_without_script_the_device_is_not_asked_about(open_page, address):
    page = open_page(**PHONE, js=False)
    page.goto(address)
    assert not page.get_by_label("この端末は自分専用です").is_visible()


def test_what_the_server_never_got_is_restored_from_the_device(open_page, address, looked):
    page = open_page(**PHONE)
    page.goto(address)
    page.route("**/draft/", lambda route: route.abort())
    page.get_by_label("この端末は自分専用です").check()
    page.get_by_label("欠席").check()
    page.get_by_label("書面意見").fill("賛成です。")
    page.locator(".dads-actions [role=status]", has_text="保存できませんでした").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.get_by_text("この端末に残っていた下書き").wait_for()
    looked(page, "restored", window=PHONE, js=True)
    assert (page.get_by_label("書面意見").input_value(), page.get_by_label("この端末は").is_checked()) == (
        "賛成です。",
        True,
    )


def test_unticked_the_device_forgets(open_page, address):
    page = ticked(open_page, address)
    assert len(kept(page)) == 1
    page.get_by_label("この端末は自分専用です").uncheck()
    assert kept(page) == []


def test_sent_the_device_forgets(open_page, address):
    page = ticked(open_page, address)
    page.get_by_label("会場で出席").check()
    page.get_by_role("button", name="回答を送信する").click()
    page.get_by_role("heading", name="回答を受け付けました").wait_for()
    assert kept(page) == []


def test_thrown_away_the_device_forgets(open_page, address, type_in):
    type_in(mode="absent", written_opinion="前に書いたもの")
    page = ticked(open_page, address)
    page.locator(".dads-actions [role=status]", has_text="保存しました").wait_for()
    page.locator("form[data-unsaved]").wait_for(state="detached")
    page.get_by_role("button", name="下書きを捨てる").click()
    page.get_by_text("送信していない内容を捨てました。").wait_for()
    assert (kept(page), page.get_by_label("欠席").is_checked()) == ([], False)
