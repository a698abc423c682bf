"""A first meeting as it went: agenda, roll, record, questions. Both groups of the demo had one like it."""

from datetime import datetime, timedelta
from typing import TypedDict

from dxbukai.demo import cast
from dxbukai.demo.seed import handouts, words
from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from meetings.actions import agenda, assignments, elections, meetings, questions, record, roll
from meetings.models import AgendaItem, Meeting
from meetings.states import ItemKind, Mode, Origin, Point
from members.models import Membership, WorkingGroup
from reports import actions as reports


class Place(TypedDict):
    """Its keys are known, so that it may stand beside arguments of other types."""

    building: str
    room: str


PLACE = Place(building="見本市役所地下", room="大会議室")
LENGTH = timedelta(hours=2, minutes=15)
ONLINE = ["hana", "kuro"]
STAYED_AWAY = "yuri"


def call(here: Town, group: WorkingGroup, starts_at: datetime) -> Meeting:
    meeting = meetings.create_meeting(
        group=group, by=Actor(here.desk), theme="", starts_at=starts_at, ends_at=starts_at + LENGTH, **PLACE
    )
    chair, speaker = member(group, "chief"), member(group, "taro")
    agenda_of_the_day: list[tuple[str, str, dict]] = [
        (ItemKind.BRIEFING, "趣旨説明", {}),
        (ItemKind.INTRODUCTIONS, "自己紹介", {"minutes_each": 2}),
        (ItemKind.TALK, "話題提供", {"presenter": speaker}),
        (ItemKind.ASSIGNMENT, "オープンデータ", {"presenter": chair}),
    ]
    for kind, title, fields in agenda_of_the_day:
        agenda.add_item(meeting=meeting, by=Actor(here.desk), kind=kind, title=title, **fields)
    items = list(meeting.items.all())
    for place, (title, lines) in words.HANDOUTS.items():
        handouts.bring(here, meeting, title, lines, item=items[place])
    return meeting


def member(group: WorkingGroup, login: str) -> Membership:
    return group.memberships.get(user__email__startswith=f"{login}@")


def take_place(here: Town, meeting: Meeting, following: Meeting) -> None:
    """The roll, the record and the questions, then the meeting is declared held."""
    take_roll(here, meeting)
    items = list(meeting.items.all())
    lines = [words.BRIEFING, words.INTRODUCTIONS, words.TALK, words.OPEN_DATA]
    for item, spoken in zip(items, lines, strict=True):
        for point, text in spoken:
            write_line(here, item, following, point=point, text=text)
    for question, answers in words.QUESTIONS:
        questions.ask(meeting=meeting, by=Actor(here.desk), text=question, answers=answers)
    hold_as_planned(here, meeting)
    meeting.refresh_from_db()
    wish = meeting.entries.get(origin=Origin.FORM_THEMES)
    record.edit_entry(entry=wish, by=Actor(here.desk), seen=wish.version, text=words.WISH)


def hold_as_planned(here: Town, meeting: Meeting) -> None:
    meeting.refresh_from_db()
    assert meeting.starts_at
    assert meeting.ends_at
    roll.hold(
        meeting=meeting,
        seen=meeting.version,
        by=Actor(here.desk),
        held_from=meeting.starts_at,
        held_to=meeting.ends_at,
    )


def take_roll(here: Town, meeting: Meeting) -> None:
    for membership in meeting.group.memberships.select_related("user", "group"):
        login = cast.login_of(membership.user)
        mode = Mode.ONLINE if login in ONLINE else Mode.ABSENT if login == STAYED_AWAY else Mode.VENUE
        roll.mark(meeting=meeting, membership=membership, by=Actor(here.desk), mode=mode)


def write_line(here: Town, item: AgendaItem, following: Meeting, *, point: str, text: str) -> None:
    meeting = item.meeting
    if point == Origin.ELECTION:
        chair = member(meeting.group, "chief")
        elections.record_election(meeting=meeting, by=Actor(here.desk), item=item, elected=chair, rule="最年長者")
    elif point == Origin.ASSIGNMENT:
        assignments.set_assignment(
            meeting=meeting, by=Actor(here.desk), item=item, due_meeting=following, **words.ASSIGNMENT
        )
    else:
        record.add_entry(meeting=meeting, by=Actor(here.desk), item=item, point=Point(point), text=text)


def write_outcome(here: Town, meeting: Meeting) -> None:
    reports.write_outcome(meeting=meeting, by=Actor(here.desk), seen=1, outcome=words.OUTCOME)
