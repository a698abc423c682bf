"""A meeting as every calendar reads it: one event all its life, under one name, counted up with each change.

A calendar that has an event replaces it by what bears the same name and a higher count. Of what was called off it
is told so, for what is only missing stays in most calendars for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from foundation.calendar import wareki
from meetings import policy
from meetings.models import Meeting, Reply, Survey, SurveyExtension
from meetings.models.meeting import MeetingQuerySet
from meetings.states import MeetingState
from members.models import Membership, WorkingGroup

CONTENT_TYPE = "text/calendar; charset=utf-8"
STATUS = {
    MeetingState.DRAFT: "TENTATIVE",
    MeetingState.ANNOUNCED: "CONFIRMED",
    MeetingState.HELD: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}
# Of a meeting without an end.
USUALLY = timedelta(hours=1)
ASKED_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class Own:
    """What one person's entry says of their own: the deadline, and how they come."""

    mode: str | None = None
    closes_at: datetime | None = None
    # Counted up with what is their own.
    changes: int = 0
    changed_at: datetime | None = None


NOBODY_YET = Own()


def entry(meeting: Meeting, membership: Membership) -> bytes:
    """The file of one meeting, for one person of it."""
    own = _own_of(membership, [meeting]).get(meeting.pk, NOBODY_YET)
    return file_of(meeting, own, contact=str(meeting.group.contact))


def file_of(meeting: Meeting, own: Own, *, contact: str) -> bytes:
    """It never asks for an answer (REQUEST): that is given on the portal's page, and only there."""
    called_off = meeting.state == MeetingState.CANCELLED
    calendar = _calendar(method="CANCEL" if called_off else "PUBLISH")
    calendar.add_component(event_of(meeting, own, contact=contact))
    return calendar.to_ical()


def feed_of_person(membership: Membership) -> bytes:
    """The meetings of one group that its person may see, in a fixed number of queries."""
    meetings = _of(membership.group, Meeting.objects.in_calendar_of(membership.user).prefetch_related("items"))
    owns = _own_of(membership, meetings)
    contact = str(membership.group.contact)
    events = [event_of(each, owns.get(each.pk, NOBODY_YET), contact=contact) for each in meetings]
    return _feed(membership.group, events)


def feed_of_group(group: WorkingGroup) -> bytes:
    """For citizens: when and where. The agenda is told by the report, for names may stand in it."""
    contact = str(group.contact)
    meetings = _of(group, Meeting.objects.kept().told())
    return _feed(group, [event_of(meeting, None, contact=contact) for meeting in meetings])


def event_of(meeting: Meeting, own: Own | None, *, contact: str) -> Event:
    """`own` is None for citizens. Asked for again, it is the same: its moments are those of the last change."""
    starts_at, ends_at = meeting.held_from or meeting.starts_at, meeting.held_to or meeting.ends_at
    if starts_at is None:
        raise ValueError("only a meeting that has a day has an entry")
    changed = max(meeting.changed_at, own.changed_at or meeting.changed_at) if own else meeting.changed_at
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.version + meeting.group.version + (own.changes if own else 0))
    event.add("status", STATUS[MeetingState(meeting.state)])
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", _summary(meeting))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at or starts_at + USUALLY)
    if meeting.place:
        event.add("location", meeting.place_read)
    event.add("description", "\n".join(_description(meeting, own, contact)))
    event.add("url", settings.SITE_URL + _page(meeting, own))
    if meeting.group.contact_email:
        event.add("organizer", _organizer(meeting.group))
    return event


def _summary(meeting: Meeting) -> str:
    if meeting.state != MeetingState.CANCELLED:
        return str(meeting)
    return f"【{meeting.get_state_display()}】{meeting}"


def _description(meeting: Meeting, own: Own | None, contact: str) -> Iterable[str]:
    if meeting.state == MeetingState.CANCELLED:
        yield _("この会議は%sになりました。") % meeting.get_state_display()
    elif own:
        yield from _inside(meeting, own)
    yield _("お問い合わせ：%s") % contact


def _inside(meeting: Meeting, own: Own) -> Iterable[str]:
    if meeting.theme:
        yield _("テーマ：%s") % meeting.theme
    items = [item.title for item in meeting.items.all()]
    if items:
        yield _("議題：")
    yield from (f"{place}. {title}" for place, title in enumerate(items, 1))
    if own.closes_at and meeting.state == MeetingState.ANNOUNCED:
        until = _("回答期限：%s") if meeting.is_written else _("出欠の回答期限：%s")
        yield until % wareki.datetime(own.closes_at)
    if policy.can_see_online_url(meeting, own.mode):
        yield _("オンラインの接続先：%s") % meeting.online_url


def _page(meeting: Meeting, own: Own | None) -> str:
    """Its own page, which asks for a login; for citizens, and of what was called off, that of its group."""
    if own is None or meeting.state == MeetingState.CANCELLED:
        return reverse("group", args=[meeting.group.slug])
    return reverse("meetings:meeting", args=[meeting.group.slug, meeting.number])


def _organizer(group: WorkingGroup) -> vCalAddress:
    address = vCalAddress(f"mailto:{group.contact_email}")
    # No quotation mark may stand in a parameter, whichever way it is written.
    address.params["CN"] = group.name.replace('"', "”")
    return address


def _of(group: WorkingGroup, meetings: MeetingQuerySet) -> list[Meeting]:
    """Those of the group that have a day, each with the group that is known already."""
    dated = meetings.filter(group=group).exclude(starts_at=None, held_from=None)
    found = list(dated.order_by("number", "pk"))
    for meeting in found:
        meeting.group = group
    return found


def _own_of(membership: Membership, meetings: Iterable[Meeting]) -> dict[int, Own]:
    """By the meeting, of those that have a form."""
    surveys = list(Survey.objects.for_person(membership).filter(meeting__in=meetings))
    own = {"membership": membership, "survey__in": surveys}
    replies = {reply.survey_id: reply for reply in Reply.objects.filter(**own)}
    extensions = dict(SurveyExtension.objects.filter(**own).values_list("survey", "version"))
    return {
        survey.meeting_id: own_as(replies.get(survey.pk), survey.closes_for, extensions.get(survey.pk, 0))
        for survey in surveys
    }


def own_as(reply: Reply | None, closes_at: datetime | None, extended: int) -> Own:
    """`extended`: how often the deadline was set for this person alone.

    Of a reply that was withdrawn the entry says nothing, and counts on.
    """
    if reply is None:
        return Own(closes_at=closes_at, changes=extended)
    mode = reply.mode if reply.stands else None
    return Own(mode, closes_at, reply.version + extended, reply.changed_at)


def _calendar(*, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//dxbukai//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _feed(group: WorkingGroup, events: Iterable[Event]) -> bytes:
    """Asked for again by the calendar itself, four times a day."""
    calendar = _calendar(method="PUBLISH")
    calendar.add("name", group.with_year)
    calendar.add("x-wr-calname", group.with_year)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
