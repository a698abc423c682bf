"""The desk's page of answers while it lies open: it tells what has come since and takes nothing away."""

import re
from uuid import uuid4

import pytest

from foundation.actions import Actor
from meetings.actions import replies
from meetings.states import Mode
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)
TALLY = "/groups/dx-now/desk/meetings/2/tally/"
HALF_A_MINUTE = 30_000


@pytest.fixture
def survey(group, member):
    for _each in range(30):
        builders.make_membership(group=group)
    return builders.make_survey(meeting=builders.make_meeting(group=group, number=2))


@pytest.fixture
def answer(survey, member, sato):
    def give():
        kinds = survey.sections.values_list("kind", flat=True)
        content = builders.make_content(mode=Mode.VENUE, kinds=kinds, note="遅れます\n" * 9)
        given = {"survey": survey, "membership": member, "by": Actor(sato), "content": content}
        replies.reply(**given, idempotency_key=uuid4(), seen=0)

    return give


@pytest.fixture
def tally(open_page, log_in, suzuki, survey):
    """The page as it was opened, by a clock that the test turns; and all that it has asked for since."""

    def open_(**how):
        page = open_page(1280, **how)
        log_in(page, suzuki)
        page.clock.install()
        page.goto(TALLY)
        asked = []
        page.on("response", lambda got: TALLY in got.url and asked.append(got.status))
        return page, asked

    return open_


def wait(page, asked, times):
    page.clock.run_for(HALF_A_MINUTE)
    for _each in range(50):
        if len(asked) >= times:
            return
        page.wait_for_timeout(50)


def test_an_answer_comes_in_and_nothing_moves(tally, answer, member, axe):
    page, asked = tally()
    # Not every browser does it by itself.
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    link = page.locator("#tally-people tbody tr a").nth(20)
    link.focus()
    link.scroll_into_view_if_needed()
    before = link.bounding_box()["y"]
    wait(page, asked, 1)
    answer()
    wait(page, asked, 2)
    page.locator(f"#person-{member.pk} td", has_text="会場で出席").wait_for()
    assert abs(link.bounding_box()["y"] - before) < 1
    assert link.evaluate("link => link === document.activeElement")
    assert re.fullmatch(r"回答状況が変わりました。 \d\d:\d\d", page.locator("#live-status").inner_text())
    wait(page, asked, 3)
    assert asked == [200, 200, 304]
    assert axe(page) == []


def test_whoever_has_just_answered_leaves_the_list_of_those_who_have_not(tally, answer, member):
    page, asked = tally()
    page.goto(f"{TALLY}?show=unanswered")
    asked.clear()
    last = page.locator("#tally-people tbody tr a").last
    last.focus()
    answer()
    wait(page, asked, 1)
    page.locator(f"#person-{member.pk}").wait_for(state="detached")
    assert last.evaluate("link => link === document.activeElement")
    assert "30名" in page.locator("#tally-figures .dads-button").inner_text()


def test_a_page_that_nobody_sees_asks_for_nothing_and_looks_at_once_when_it_is_seen(tally):
    page, asked = tally()
    hide = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    hide += " document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(hide, True)
    page.clock.run_for(4 * HALF_A_MINUTE)
    assert asked == []
    page.evaluate(hide, False)
    page.clock.run_for(10)
    for _each in range(50):
        if asked:
            break
        page.wait_for_timeout(50)
    assert asked == [200]


def test_where_nobody_answers_the_page_says_that_it_has_stopped(tally):
    page, _asked = tally()
    page.context.set_offline(True)
    for _each in range(3):
        page.clock.run_for(HALF_A_MINUTE)
        page.wait_for_timeout(200)
    said = re.compile("^表示の自動更新が止まっています。ページを再読み込みしてください。")
    assert said.search(page.locator("#live-status").inner_text())


def test_without_script_the_page_says_the_same_when_it_is_loaded_again(tally, answer, member):
    page, _asked = tally(js=False)
    answer()
    page.reload()
    assert "会場で出席" in page.locator(f"#person-{member.pk}").inner_text()
