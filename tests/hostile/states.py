"""States of the world in which a form may break that does not in the plain one: each changes a planted world."""

from datetime import timedelta

from django.utils import timezone

from foundation.actions import Actor
from meetings.models import Meeting, Survey
from meetings.states import MeetingState
from opendata import actions
from opendata.states import VersionState

FAULTY = "名称,所在地_連結表記,設置位置,緯度,経度\n中央公園,見本市1,入口,３６．１,137.2\n駅,見本市2,,x,137.2\n"


def held(world):
    began = timezone.now() - timedelta(days=3)
    world.own.meeting.starts_at, world.own.meeting.ends_at = began, began + timedelta(hours=2)
    world.own.meeting.held_from, world.own.meeting.held_to = began, began + timedelta(hours=2)
    world.own.meeting.snapshot, world.own.meeting.state = {"members": {}, "next": None}, MeetingState.HELD
    world.own.meeting.save()


def not_called(world):
    Meeting.objects.filter(pk=world.own.meeting.pk).update(state=MeetingState.DRAFT, announced_at=None)


def survey_closed(world):
    ended = timezone.now() - timedelta(days=1)
    Survey.objects.filter(pk=world.own.survey.pk).update(opens_at=ended - timedelta(days=1), closes_at=ended)


def submitted(world):
    version = world.own.dataset.versions.latest("number")
    version.state, version.submitted_at = VersionState.SUBMITTED, timezone.now()
    version.save()


def unread(world):
    """A file came in, and something went wrong before it was read."""
    newest = world.own.dataset.versions.get(number=2)
    newest.standard = "public_toilet"
    newest.save()
    values = {"seen": newest.version, "name": "一覧.csv", "data": FAULTY.encode(), "by": Actor(world.staff)}
    return actions.replace(dataset=world.own.dataset, **values)


def faulty(world):
    """Read, with findings and proposed repairs."""
    actions.read(version=unread(world), by=Actor(world.staff))


def without_a_term(world):
    """Their part in the group was taken away again: the row stays for the reports."""
    world.own.office.delete()
    world.own.membership.terms.all().delete()


MEETINGS, REPORTS, DATA, MEMBERS = ("meetings:", "desk"), ("reports:", "meetings:"), ("opendata:",), ("members:",)
# The state, who meets it, and the pages on which it shows.
STATES = {
    "held": (held, ["desk", "member"], MEETINGS + REPORTS),
    "not called": (not_called, ["desk"], MEETINGS),
    "survey closed": (survey_closed, ["desk", "member", "anonymous"], MEETINGS),
    "submitted": (submitted, ["desk", "staff"], DATA),
    "unread": (unread, ["staff"], DATA),
    "faulty": (faulty, ["staff"], DATA),
    "without a term": (without_a_term, ["desk", "member", "anonymous"], MEMBERS + MEETINGS),
}
