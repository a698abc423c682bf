"""The days on which the town hall is closed: entered by the administrator, asked by letters and proposals."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.calendar import workdays
from foundation.calendar.wareki import TOKYO
from meetings import proposals
from meetings.actions._letter_writer import LetterWriter
from meetings.letters import readers
from meetings.states import LetterKind
from members import working_days
from members.actions import municipality
from members.models import ClosedDay
from tests import builders

pytestmark = pytest.mark.django_db
# A Monday and the days around it, in a month without public holidays.
FRIDAY, MONDAY, TUESDAY = date(2026, 6, 12), date(2026, 6, 15), date(2026, 6, 16)


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def test_the_administrator_enters_a_list_of_days(as_, abe):
    client = as_(abe)
    sent = client.post(url("add_closed_days"), {"days": "R8.6.15\nR8.6.16", "label": "市制記念日"}, follow=True)
    assert "閉庁日を2日登録しました。" in sent.content.decode()
    assert list(sent.context["closed_days"].values_list("day", "label")) == [
        (MONDAY, "市制記念日"),
        (TUESDAY, "市制記念日"),
    ]


def test_a_day_that_is_entered_already_stays_as_it_is(as_, abe):
    ClosedDay.objects.create(day=MONDAY, label="市制記念日")
    sent = as_(abe).post(url("add_closed_days"), {"days": "R8.6.15", "label": "ほか"}, follow=True)
    assert "どの日も、既に登録されています。" in sent.content.decode()
    assert ClosedDay.objects.get().label == "市制記念日"


def test_a_line_that_is_no_day_is_named_and_no_day_is_entered(as_, abe):
    page = as_(abe).post(url("add_closed_days"), {"days": "R8.6.15\nR8.2.30", "label": "市制記念日"})
    assert page.context["form"].errors == {
        "days": ["「R8.2.30」：「R8.2.30」は存在しない日付です。年・月・日を確認してください。"]
    }
    assert not ClosedDay.objects.exists()


def test_a_day_is_removed_again_and_the_log_says_so(as_, abe):
    closed = ClosedDay.objects.create(day=MONDAY, label="市制記念日")
    page = as_(abe).post(url("remove_closed_day", closed.pk), follow=True)
    assert "令和8年6月15日（月） 市制記念日を閉庁日から除きました。" in page.content.decode()
    assert not ClosedDay.objects.exists()
    assert Event.objects.values_list("action", "target_label").get() == (
        "members.remove_closed_day",
        "令和8年6月15日（月） 市制記念日",
    )


def test_an_administrator_closes_and_opens_the_hall_and_nobody_else(suzuki, sato):
    closed = ClosedDay.objects.create(day=TUESDAY, label="市制記念日")
    for user in (suzuki, sato):
        with pytest.raises(PermissionDenied, match="システム管理者だけが行えます。"):
            municipality.add_closed_days(by=Actor(user), days=[MONDAY], label="x")
        with pytest.raises(PermissionDenied, match="システム管理者だけが行えます。"):
            municipality.remove_closed_day(by=Actor(user), closed_day=closed)
    assert list(ClosedDay.objects.all()) == [closed]


def test_every_question_about_working_days_knows_the_closed_ones():
    ClosedDay.objects.create(day=MONDAY, label="市制記念日")
    friday_night = datetime.combine(FRIDAY, time(20), TOKYO)
    assert not working_days.is_workday(MONDAY)
    assert working_days.workdays_after(FRIDAY, 1) == TUESDAY
    assert working_days.workdays_before(TUESDAY, 1) == FRIDAY
    assert working_days.next_office_moment(friday_night).date() == TUESDAY


def test_a_proposed_deadline_is_not_on_a_closed_day():
    meeting = workdays.workdays_after(timezone.localdate(), 30)
    usual = proposals.deadline(meeting).date()
    ClosedDay.objects.create(day=usual, label="市制記念日")
    assert proposals.deadline(meeting).date() < usual


def test_a_meeting_on_a_closed_day_is_warned_of(group):
    meeting = builders.make_meeting(group=group, starts_at=datetime.combine(MONDAY, time(13), TOKYO))
    ClosedDay.objects.create(day=MONDAY, label="市制記念日")
    assert "開催日が閉庁日（土日、祝日、年末年始等）に当たっています。" in proposals.warnings(meeting)


def test_a_letter_does_not_leave_on_a_closed_day(group, member):
    """Every day from today on is closed for two weeks."""
    today = timezone.localdate()
    for days in range(14):
        ClosedDay.objects.create(day=today + timedelta(days=days), label="庁舎移転")
    meeting = builders.make_meeting(group=group)
    (reader,) = readers(meeting)
    with LetterWriter(meeting, by=Actor(None), reason="台風") as writer:
        letter = writer.write(LetterKind.CANCEL, reader)
    assert timezone.localdate(letter.email.job.due_at) >= today + timedelta(days=14)
