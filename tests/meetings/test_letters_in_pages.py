"""What the desk reads of many people's letters comes fifty at a time; all that waits is taken back at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from meetings.actions import meetings
from meetings.models import Letter, Meeting
from meetings.states import MeetingState
from members.states import Channel
from tests import builders


@pytest.fixture
def planned(group, first_meeting):
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    builders.make_item(meeting=meeting, title="議題")
    return meeting


@pytest.fixture
def people(group):
    """`people(51)`: as many more in the group."""

    def join(number, **fields):
        for _each in range(number):
            builders.make_membership(group=group, user=builders.make_user(**fields))

    return join


@pytest.fixture
def call(planned, suzuki):
    def press():
        meetings.announce(meeting=planned, by=Actor(suzuki), seen=planned.version)

    return press


def page(meeting, name):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number])


@pytest.fixture
def two_a_page(monkeypatch):
    for module in ("desk.letters", "desk._shared"):
        monkeypatch.setattr(f"meetings.views.{module}.PER_PAGE", 2)


def test_letters_are_listed_and_addressees_checked_a_page_at_a_time(
    planned, people, call, as_, suzuki, two_a_page
):
    people(3)
    desk = as_(suzuki)
    checked = [desk.get(f"{page(planned, 'announce')}?page={number}").context["page"] for number in (1, 2)]
    call()
    listed = [desk.get(f"{page(planned, 'letters')}?page={number}").context["page"] for number in (1, 2)]
    assert [[len(each) for each in pages] for pages in (checked, listed)] == [[2, 1], [2, 1]]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_of_letters_asks_as_often_for_few_as_for_many(
    planned, people, call, as_, suzuki, number, django_assert_num_queries
):
    people(number), call()
    desk = as_(suzuki)
    with django_assert_num_queries(13):
        assert desk.get(page(planned, "letters")).status_code == 200


def test_papers_are_printed_a_page_at_a_time(planned, people, call, as_, suzuki, two_a_page):
    people(3, channel=Channel.PAPER)
    call()
    desk = as_(suzuki)
    printed = [desk.get(f"{page(planned, 'paper_letters')}?page={number}").context["papers"] for number in (1, 2)]
    assert [len(each) for each in printed] == [2, 1]


def test_all_that_the_page_knew_of_is_taken_back_and_nothing_written_since(planned, people, call, as_, suzuki):
    people(2), call()
    desk = as_(suzuki)
    last = desk.get(page(planned, "letters")).context["found"].last
    people(1)
    desk.post(page(planned, "tell_all"))
    desk.post(page(planned, "withdraw_letters"), {"until": last})
    assert [letter.pk > last for letter in Letter.objects.waiting()] == [True]
    assert Meeting.objects.get(pk=planned.pk).state == MeetingState.ANNOUNCED


@pytest.mark.parametrize("typed", ["", "9" * 20])
def test_a_number_that_is_none_takes_nothing_back(planned, people, call, as_, suzuki, typed):
    people(1), call()
    as_(suzuki).post(page(planned, "withdraw_letters"), {"until": typed})
    assert Letter.objects.waiting().count() == 1


def test_a_changed_deadline_says_how_many_are_told(planned, people, call, as_, suzuki):
    people(1)
    call()
    until = timezone.localtime(planned.starts_at) - timezone.timedelta(days=1)
    typed = {"seen": 0, "closes_at": f"{until:%Y-%m-%dT%H:%M}", "sections": []}
    asked = as_(suzuki).get(page(planned, "set_survey"))
    saved = as_(suzuki).post(
        page(planned, "set_survey"), typed | {"seen": asked.context["form"]["seen"].value()}, follow=True
    )
    assert ["まだ回答していない方に" in asked.content.decode(), said(saved)] == [
        True,
        ["入力フォームを保存しました。1名へのお知らせを送信待ちに入れました。"],
    ]


def said(shown):
    return [str(message) for message in shown.context["messages"]]


def test_what_tells_of_a_cancellation_is_not_offered_to_be_taken_back(planned, people, call, as_, suzuki):
    people(1)
    call()
    called = as_(suzuki).get(page(planned, "letters"))
    Job.objects.update(state=JobState.DONE, finished_at=timezone.now())
    planned.refresh_from_db()
    meetings.cancel(meeting=planned, by=Actor(suzuki), seen=planned.version, reason="台風")
    cancelled = as_(suzuki).get(page(planned, "letters"))
    waiting = [
        (shown.context["found"].waiting, "取り消す" in shown.content.decode()) for shown in (called, cancelled)
    ]
    assert waiting == [(1, True), (1, False)]
