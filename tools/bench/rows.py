"""A group of any size, with a first meeting that is reported and a second whose form is open."""

from typing import Any, NamedTuple
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from foundation.audit.models import Event
from meetings.models import Meeting, Question, Reply
from meetings.states import Mode, QuestionChannel
from members.models import Department, User
from opendata.models import Dataset, DatasetVersion
from opendata.states import VersionState
from reports import folding
from reports.formats.blocks import Block, BlockKind, generated, to_json
from reports.models import PublicReport, Report, ReportRevision
from tools import town


class Planted(NamedTuple):
    slug: str
    desk: User


def plant(people: int) -> Planted:
    group = town.group(f"bench-{people}")
    department = town.department(f"第{people}課")
    desk = town.desk(group)
    town.members(group, department, people)
    report(town.held_meeting(group, number=1), desk)
    town.open_form(town.announced_meeting(group, number=2))
    return Planted(group.slug, desk)


def answer(planted: Planted) -> None:
    """Of three people two: one of them comes, one is online or absent; some say more, ask, or send somebody."""
    meeting = Meeting.objects.select_related("survey").get(group__slug=planted.slug, number=2)
    people = list(meeting.asked().in_roster_order())
    replies = Reply.objects.bulk_create(
        Reply(
            survey=meeting.survey,
            membership=person,
            mode=(Mode.VENUE, Mode.VENUE, Mode.ONLINE, Mode.ABSENT)[place % 4],
            is_substitute=place % 8 == 1,
            substitute_name="代理 花子" if place % 8 == 1 else "",
            note="10分ほど遅れます。" if place % 5 == 0 else "",
            written_opinion="資料に賛成します。" if place % 4 == 3 else "",
            entered_by=planted.desk if place % 6 == 0 else person.user,
            idempotency_key=uuid4(),
            said_for=meeting.starts_at,
        )
        for place, person in enumerate(person for at, person in enumerate(people) if at % 3)
    )
    Question.objects.bulk_create(
        Question(
            meeting=meeting,
            channel=QuestionChannel.FORM,
            reply=reply,
            asker=reply.membership,
            text="どの様式を使いますか。",
        )
        for reply in replies[::4]
    )


def settle() -> None:
    """What the server does by itself some minutes after many rows came: it counts them, and plans accordingly."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def administrator() -> User:
    """With a page of the audit log to read."""
    user = town.person()
    User.objects.filter(pk=user.pk).update(is_administrator=True)
    Event.objects.bulk_create(
        Event(by=user, action="members.add_person", target_type="members.user", target_label="見本 一郎")
        for _event in range(200)
    )
    return user


def report(meeting: Meeting, desk: User) -> None:
    Report.objects.create(meeting=meeting).revisions.create(
        number=1, blocks=report_blocks(), text="結果報告\n", published_by=desk
    )


def report_blocks() -> Any:
    lines = [Block(BlockKind.POINT, f"line-{n}", (generated("会議の記録の一行"),)) for n in range(40)]
    return to_json([Block(BlockKind.TITLE, "title", (generated("結果報告"),)), *lines])


def publish_reports(meetings: list[Meeting], texts: list[str], desk: User, blocks: Any) -> None:
    """One of each meeting, at once, as the archive finds them by `texts`."""
    reports = Report.objects.bulk_create(Report(meeting=meeting) for meeting in meetings)
    revisions = ReportRevision.objects.bulk_create(
        ReportRevision(report=report, number=1, blocks=blocks, text=text, published_by=desk)
        for report, text in zip(reports, texts, strict=True)
    )
    folded = [folding.fold(text) for text in texts]
    PublicReport.objects.bulk_create(
        (
            PublicReport(
                report=report,
                revision=revision,
                group=report.meeting.group,
                number=report.meeting.number,
                held_on=report.meeting.day,
                title=f"第{report.meeting.number}回の結果報告",
                published_at=timezone.now(),
                folded=text,
                grams=sorted(folding.grams(text)),
            )
            for report, revision, text in zip(reports, revisions, folded, strict=True)
        ),
        batch_size=500,
    )


def publish_lists(many: int, departments: list[Department] | None = None) -> None:
    """A catalogue of so many lists of toilets, as the sections of a town publish them."""
    departments = departments or [town.department("環境課")]
    clerk = town.person()
    column = {"index": 1, "letter": "A", "header": "名称", "field": "name", "publish": True}
    for number in range(many):
        dataset = Dataset.objects.create(
            slug=f"list-{number}", department=departments[number % len(departments)], created_by=clerk
        )
        DatasetVersion.objects.create(
            dataset=dataset,
            number=1,
            title=f"第{number}地区の公衆トイレ一覧",
            description="市が管理する公衆トイレの場所、設備、利用できる時間の一覧です。",
            standard="public_toilet",
            state=VersionState.PUBLISHED,
            original_name="一覧.csv",
            uploaded_by=clerk,
            columns=[column],
            detected={"format": "csv", "header_row": 1, "rows": 0},
            head_name="課 長",
            head_checked_on=town.LONG_AGO,
            published_at=timezone.now(),
            published_by=clerk,
            public_sha256="0" * 64,
        )
