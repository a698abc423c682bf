"""A group of any size, with a first meeting that is reported and a second whose form is open."""

from typing import NamedTuple

from meetings.models import Meeting
from members.models import User
from reports.formats.blocks import Block, Kind, generated, to_json
from reports.models import Report
from tools import town


class Planted(NamedTuple):
    slug: str
    desk: User


def plant(people: int) -> Planted:
    group = town.group(f"bench-{people}")
    department = town.department(f"第{people}課")
    desk = town.desk(group)
    for _person in range(people):
        town.member(group, department)
    report(town.held_meeting(group, number=1), desk)
    town.open_form(town.announced_meeting(group, number=2))
    return Planted(group.slug, desk)


def report(meeting: Meeting, desk: User) -> None:
    lines = [Block(Kind.POINT, f"line-{n}", (generated("会議の記録の一行"),)) for n in range(40)]
    blocks = to_json([Block(Kind.TITLE, "title", (generated("結果報告"),)), *lines])
    Report.objects.create(meeting=meeting).revisions.create(
        number=1, blocks=blocks, text="結果報告\n", published_by=desk
    )
