"""What the desk sends within a day leaves as one message to each; what its page says of each letter stays so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from meetings import correspondence
from meetings.actions import letters, meetings
from meetings.models import Letter, Meeting
from meetings.states import LetterKind, MeetingState
from members import working_days
from tests import builders


@pytest.fixture
def called(group, suzuki, member, first_meeting):
    """Sato was called this morning."""
    far = timezone.now() + timedelta(days=60)
    given = {"starts_at": far, "ends_at": far + timedelta(hours=1), "announced_at": None}
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, **given)
    builders.make_survey(meeting=meeting, closes_at=far - timedelta(days=7))
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def tell_of(called, suzuki):
    def tell(title):
        builders.make_material(meeting=called, by=suzuki, title=title)
        letters.tell_of_materials(meeting=called, by=Actor(suzuki))

    return tell


def moments():
    return [email.job.due_at for email in Email.objects.select_related("job").order_by("pk")]


def gone():
    """All that waits has left, when it was to."""
    for job in Job.objects.filter(email__isnull=False):
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=job.due_at)


def test_after_a_letter_of_today_the_next_leaves_with_tomorrow_s(called, tell_of):
    gone()
    tell_of("資料1")
    call, news = moments()
    assert timezone.localdate(news) == working_days.workdays_after(timezone.localdate(call), 1)


def test_what_is_over_by_then_leaves_today_all_the_same(called, suzuki):
    gone()
    soon = timezone.now() + timedelta(hours=2)
    meetings.edit_meeting(
        meeting=called, by=Actor(suzuki), seen=called.version, starts_at=soon, ends_at=soon + timedelta(hours=1)
    )
    call, change = moments()
    assert change <= call + timedelta(minutes=5)


def test_an_urgent_one_leaves_at_once_and_alone(called, suzuki):
    gone()
    meetings.cancel(meeting=called, by=Actor(suzuki), seen=called.version, reason="台風", urgent="明日のため")
    (email,) = Email.objects.filter(letter__kind=LetterKind.CANCEL).select_related("job")
    assert (email.unasked, email.job.due_at <= timezone.now()) == (False, True)


def test_each_of_two_letters_in_one_message_is_told_as_sent(called, tell_of, leave, sato):
    gone()
    tell_of("資料1")
    Letter.objects.create(
        meeting=called,
        membership=sato.memberships.get(),
        kind=LetterKind.REMIND,
        facts=Letter.objects.first().facts,
        email=_another(Email.objects.order_by("pk").last()),
    )
    leave()
    first, second, third = Email.objects.select_related("job").order_by("pk")
    assert [first.state, second.state, third.state] == [EmailState.SENT] * 3
    assert (second.sent_with, third.sent_with) == (None, second)
    line = correspondence.of(called).lines([sato.memberships.get().pk])[sato.memberships.get().pk]
    assert (line.state, line.letter.kind) == ("送信済み", LetterKind.REMIND)


def _another(email):
    job = Job.objects.create(kind=email.job.kind, key="another")
    email.pk, email.job = None, job
    email.save()
    return email
