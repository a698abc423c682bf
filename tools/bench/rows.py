"""A group of any size, with a first meeting that is reported and a second whose form is open."""

from typing import NamedTuple

from meetings.models import Report
from meetings.report.blocks import Block, Kind, generated, to_json
from meetings.states import MeetingState
from members.models import Municipality, User
from tests import builders


class Planted(NamedTuple):
    slug: str
    desk: User


def plant(people: int) -> Planted:
    if not Municipality.objects.exists():
        builders.make_municipality()
    department = builders.make_department()
    group = builders.make_group(slug=f"bench-{people}")
    desk = builders.make_user()
    builders.make_grant(group=group, user=desk)
    for _person in range(people):
        builders.make_membership(group=group, department=department)
    report(builders.make_meeting(group=group, number=1, state=MeetingState.HELD), desk)
    builders.make_form(meeting=builders.make_meeting(group=group, number=2))
    return Planted(group.slug, desk)


def report(meeting, desk) -> None:
    lines = [Block(Kind.POINT, f"line-{n}", (generated("会議の記録の一行"),)) for n in range(40)]
    blocks = to_json([Block(Kind.TITLE, "title", (generated("結果報告"),)), *lines])
    Report.objects.create(meeting=meeting).revisions.create(
        number=1, blocks=blocks, text="結果報告\n", published_by=desk
    )
