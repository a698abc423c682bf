"""A town of any size, by so few statements that the size is the server's affair."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from meetings.models import Meeting, Reply, Survey, SurveySection
from meetings.states import MeetingState, Mode, SectionKind
from members.models import Department, Membership, Posting, User, WorkingGroup
from opendata.models import Dataset, DatasetVersion
from tools import town
from tools.bench import rows

EVENTS = """
INSERT INTO audit_event (by_id, via, action, target_type, target_id, target_label, changes)
SELECT %s, 'login', 'members.add_person', 'members.user', n, '第' || n || '地区の見本 一郎', '{}'
FROM generate_series(1, %s) n
"""
LINES = """
INSERT INTO opendata_datasetrow (version_id, row, cells)
SELECT %s, n, jsonb_build_array('第' || n || '施設') FROM generate_series(1, %s) n
"""
# Of each of the other lists.
FEW_LINES = 40


class Planted(NamedTuple):
    slug: str
    member: User
    desk: User
    clerk: User
    steward: User
    administrator: User


def plant(*, groups: int, people: int, meetings: int, lists: int, lines: int, events: int) -> Planted:
    administrator = town.person(is_administrator=True)
    steward = town.person(is_data_steward=True)
    made = [town.group(f"group-{n}") for n in range(groups)]
    departments = [town.department(f"第{n}課") for n in range(groups)]
    for group, department in zip(made, departments, strict=True):
        town.members(group, department, people)
    desks = [town.desk(group) for group in made]
    _hold(made, meetings, desks[0])
    clerk = town.person()
    Posting.objects.create(user=clerk, department=departments[0], valid_from=town.LONG_AGO)
    _publish(lists, departments, clerk, lines)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [administrator.pk, events])
    member = Membership.objects.filter(group=made[0]).select_related("user").earliest("pk").user
    return Planted(made[0].slug, member, desks[0], clerk, steward, administrator)


def _hold(groups: list[WorkingGroup], many: int, desk: User) -> None:
    """Each group's first meetings are reported; of the last the form is open, and two of three have answered."""
    now = timezone.now()
    held: dict[str, object] = {"members": {}, "next": None}
    past = Meeting.objects.bulk_create(
        Meeting(
            group=group,
            number=number,
            state=MeetingState.HELD,
            starts_at=now - timedelta(days=40 * (many - number)),
            ends_at=now - timedelta(days=40 * (many - number)) + town.DURATION,
            held_from=now - timedelta(days=40 * (many - number)),
            held_to=now - timedelta(days=40 * (many - number)) + town.DURATION,
            snapshot=held,
        )
        for group in groups
        for number in range(1, many)
    )
    coming = Meeting.objects.bulk_create(
        Meeting(
            group=group,
            number=many,
            state=MeetingState.ANNOUNCED,
            announced_at=now,
            starts_at=now + timedelta(days=10),
            ends_at=now + timedelta(days=10) + town.DURATION,
        )
        for group in groups
    )
    texts = [f"結果報告 {n}" + " 図書館" * (n % 200 == 0) for n in range(len(past))]
    rows.publish_reports(past, texts, desk, blocks=rows.report_blocks())
    _ask([*past, *coming], many, desk)


def _ask(meetings: list[Meeting], many: int, desk: User) -> None:
    now = timezone.now()
    surveys = Survey.objects.bulk_create(
        Survey(
            meeting=meeting,
            opens_at=now - timedelta(days=40 * (many - meeting.number) + 10),
            closes_at=now - timedelta(days=40 * (many - meeting.number) - 7),
        )
        for meeting in meetings
    )
    SurveySection.objects.bulk_create(
        SurveySection(survey=survey, kind=kind) for survey in surveys for kind in SectionKind
    )
    _answer(surveys, desk)


def _answer(surveys: list[Survey], by: User) -> None:
    """Two of three members, to each form of their group."""
    members = defaultdict(list)
    for pk, group in Membership.objects.order_by("pk").values_list("pk", "group"):
        members[group].append(pk)
    Reply.objects.bulk_create(
        (
            Reply(survey=survey, membership_id=member, mode=Mode.VENUE, idempotency_key=uuid4(), entered_by=by)
            for survey in surveys
            for place, member in enumerate(members[survey.meeting.group_id])
            if place % 3
        ),
        batch_size=2_000,
    )


def _publish(lists: int, departments: list[Department], clerk: User, lines: int) -> None:
    rows.publish_lists(lists, departments)
    long = Dataset.objects.create(slug="long", department=departments[0], created_by=clerk)
    template = DatasetVersion.objects.latest("pk")
    template.pk, template.dataset, template.title = None, long, "施設一覧"
    template.detected = template.detected | {"rows": lines}
    template.save(force_insert=True)
    with connection.cursor() as cursor:
        # What is published takes no more lines, and to publish each would take as long as all the rest.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(LINES, [template.pk, lines])
        others = DatasetVersion.objects.exclude(pk=template.pk)
        cursor.executemany(LINES, [(pk, FEW_LINES) for pk in others.values_list("pk", flat=True)])
        cursor.execute("RESET session_replication_role")


def uncalled(people: int) -> tuple[User, str, dict[str, str]]:
    """A meeting that only has to be called: its desk, the page with the button, and what is sent with it."""
    group = town.group(f"uncalled-{people}")
    words = {"contact_email": "desk@example.jp", "purpose_text": "出欠の確認", "retention_text": "1年間"}
    WorkingGroup.objects.filter(pk=group.pk).update(**words)
    town.members(group, town.department(f"第{people}課"), people)
    starts_at = timezone.now() + timedelta(days=20)
    meeting = Meeting.objects.create(
        group=group, number=1, starts_at=starts_at, ends_at=starts_at + town.DURATION, building="市役所"
    )
    town.open_form(meeting)
    page = f"/groups/{group.slug}/desk/meetings/1/announce/"
    return town.desk(group), page, {"seen": str(meeting.version), "despite": "on"}
