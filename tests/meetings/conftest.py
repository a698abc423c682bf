"""The second meeting of Sato's group: announced, with its form open, after a first one with a talk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.registry import kinds
from foundation.jobs.worker import Worker
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from meetings.models import Survey
from meetings.states import ItemKind, MeetingState, Mode
from tests import builders


@pytest.fixture
def first_meeting(group):
    return builders.make_meeting(group=group, number=1, state=MeetingState.HELD)


@pytest.fixture
def talk(first_meeting):
    return builders.make_item(meeting=first_meeting, kind=ItemKind.TALK, title="デジタル化の話")


@pytest.fixture
def meeting(group, first_meeting):
    return builders.make_meeting(group=group, number=2)


@pytest.fixture
def survey(meeting):
    return builders.make_survey(meeting=meeting)


@pytest.fixture
def sheet(expert):
    """Tanaka's, which the group may read."""
    return builders.make_sheet(membership=expert, wants="市民と行政をつなぎたい")


@pytest.fixture
def give(survey, member, sato):
    """`give(mode="absent")`: Sato's own answer, sent from a fresh page."""
    from meetings.actions import replies

    def send(*, survey=survey, membership=member, by=None, key=None, version=0, mode=Mode.VENUE, **given):
        kinds = survey.sections.values_list("kind", flat=True)
        return replies.reply(
            survey=survey,
            membership=membership,
            by=Actor(by or membership.user),
            content=builders.make_content(mode=mode, kinds=kinds, **given),
            idempotency_key=key or uuid4(),
            seen=version,
        )

    return send


@pytest.fixture
def emails(db):
    """Subject and addressee of every email so far."""
    return lambda: list(Email.objects.order_by("id").values_list("to_address", "subject"))


def close(survey):
    """Its deadline passed a second ago."""
    Survey.objects.filter(pk=survey.pk).update(
        opens_at=timezone.now() - 2 * timedelta(hours=1), closes_at=timezone.now() - timedelta(seconds=1)
    )


@pytest.fixture
def leave(db):
    """`leave()`: it is half past eight, and all that waits leaves the house."""

    def send():
        Job.objects.filter(kind=NAME).update(due_at=timezone.now())
        Worker({NAME: kinds()[NAME]}).run_once()

    return send
