"""A member answers from the mail: on a phone in three taps, at the desk with the keyboard alone."""

import pytest

from foundation.actions import Actor
from meetings.models import Reply, Theme
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders
from tests.browser.conftest import SHOTS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(group, member, expert, suzuki):
    """Sato's link to the form of a meeting with a sheet, themes and substitutes."""
    group.substitutes_allowed = True
    group.purpose_text, group.retention_text = "会議の運営のため", "会議の翌年度末まで"
    group.save()
    builders.make_sheet(membership=expert, wants="市民と行政をつなぎたい")
    meeting = builders.make_meeting(group=group, number=1, online_url="https://meet.example.jp/abc")
    Theme.objects.create(meeting=meeting, title="申請の見直し")
    builders.make_survey(meeting=meeting)
    return links.path_of(personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))


def shoot(page, name):
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("js", [True, False])
def test_three_taps_on_a_phone(open_page, address, axe, js):
    page = open_page(390, js=js, is_mobile=True, has_touch=True)
    page.goto(address)  # the first tap is the mail's link
    shoot(page, f"answer-phone-{'js' if js else 'no-js'}")
    page.get_by_label("オンラインで出席").tap()
    page.get_by_role("button", name="回答を送信する").tap()
    page.get_by_role("heading", name="回答を受け付けました").wait_for()
    shoot(page, f"receipt-phone-{'js' if js else 'no-js'}")
    assert Reply.objects.get().mode == "online"
    assert page.get_by_role("link", name="https://meet.example.jp/abc").is_visible()
    if js:
        assert axe(page) == []


def test_what_a_choice_asks_further_appears_without_script(open_page, address):
    page = open_page(390, js=False)
    page.goto(address)
    opinion, late = page.get_by_label("書面意見"), page.get_by_label("遅れて参加・途中退席")
    assert not opinion.is_visible()
    page.get_by_label("欠席").check()
    assert opinion.is_visible()
    page.get_by_label("会場で出席").check()
    assert late.is_visible()
    page.get_by_label("代理の方が出席する（代理出席）").check()
    page.get_by_role("button", name="回答を送信する").click()
    page.get_by_role("link", name="代理で出席する方の氏名を入力してください。").wait_for()
    shoot(page, "answer-error")
    assert not Reply.objects.exists()


def test_a_question_is_asked_with_the_keyboard_alone(open_page, address, axe):
    page = open_page(1280)
    page.goto(address)
    assert axe(page) == []
    page.get_by_label("会場で出席").focus()
    page.keyboard.press("Space")
    page.locator("summary", has_text="自己紹介を読み、質問を書く").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="田中 三郎").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("どのように始めましたか。")
    page.locator("form [role=status]", has_text="下書きを保存しました").wait_for()
    shoot(page, "answer-desktop")
    page.get_by_role("button", name="回答を送信する").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="回答を受け付けました").wait_for()
    assert Reply.objects.get().questions.get().text == "どのように始めましたか。"


def test_the_desk_counts_the_answers(open_page, address, log_in, suzuki, member, axe):
    builders.make_reply(survey=member.group.meetings.get().survey, membership=member)
    page = open_page(1280)
    log_in(page, suzuki)
    page.goto("/groups/dx-now/desk/meetings/1/tally/")
    assert axe(page) == []
    shoot(page, "tally-desktop")
    page.get_by_role("link", name="未回答", exact=True).click()
    people = page.get_by_role("table", name="回答の一覧（名簿順）").get_by_role("rowheader")
    assert people.all_inner_texts() == ["田中 三郎"]
