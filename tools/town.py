"""A small fictitious town for bench and drills: people of no consequence, meetings around today."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from meetings.letters import facts_of
from meetings.models import Letter, Meeting, Survey, SurveySection
from meetings.states import LetterKind, MeetingState, SectionKind
from members import names
from members.models import (
    Department,
    DeskGrant,
    Membership,
    MembershipTerm,
    Municipality,
    User,
    WorkingGroup,
)
from members.states import Category

LONG_AGO = date(2020, 4, 1)
DURATION = timedelta(hours=2)
_numbers = count(1)


def group(slug: str) -> WorkingGroup:
    if not Municipality.objects.exists():
        Municipality.objects.create(name="見本市", prefecture="見本県", code="999997")
    return WorkingGroup.objects.create(
        slug=slug,
        name="DX推進部会",
        parent_body="見本市",
        fiscal_year=2026,
        charter="設置要綱",
        planned_meetings=5,
    )


def department(name: str) -> Department:
    return Department.objects.create(name=name, order=next(_numbers), valid_from=LONG_AGO)


def person(**fields: Any) -> User:
    return User.objects.create(
        **fields,
        family_name="見本",
        given_name="一郎",
        family_kana="みほん",
        given_kana="いちろう",
        email=f"person{next(_numbers)}@example.jp",
    )


def desk(group: WorkingGroup) -> User:
    user = person()
    DeskGrant.objects.create(group=group, user=user, valid_from=LONG_AGO)
    return user


def member(group: WorkingGroup, department: Department | None = None) -> Membership:
    membership = Membership.objects.create(group=group, user=person())
    MembershipTerm.objects.create(
        membership=membership,
        category=Category.MEMBER,
        department=department,
        job_title="主査",
        valid_from=LONG_AGO,
    )
    return membership


def members(group: WorkingGroup, department: Department, many: int) -> None:
    """So many at once that each may not be saved for itself."""
    people = User.objects.bulk_create(
        User(
            family_name="見本",
            given_name="一郎",
            family_kana="みほん",
            given_kana="いちろう",
            kana_key=names.sort_key("みほん", "いちろう"),
            email=f"person{next(_numbers)}@example.jp",
        )
        for _person in range(many)
    )
    memberships = Membership.objects.bulk_create(Membership(group=group, user=person) for person in people)
    MembershipTerm.objects.bulk_create(
        MembershipTerm(
            membership=membership,
            category=Category.MEMBER,
            department=department,
            job_title="主査",
            valid_from=LONG_AGO,
        )
        for membership in memberships
    )


def announced_meeting(group: WorkingGroup, number: int) -> Meeting:
    starts_at = timezone.now() + timedelta(days=10)
    return Meeting.objects.create(
        group=group,
        number=number,
        state=MeetingState.ANNOUNCED,
        announced_at=timezone.now(),
        starts_at=starts_at,
        ends_at=starts_at + DURATION,
    )


def draft_meeting(group: WorkingGroup, number: int) -> Meeting:
    """With everything that a call asks for."""
    starts_at = timezone.now() + timedelta(days=30)
    return Meeting.objects.create(
        group=group, number=number, starts_at=starts_at, ends_at=starts_at + DURATION, building="市役所"
    )


def write_letters(meeting: Meeting) -> None:
    """Everybody was called, each tenth on paper that waits to be handed out."""
    facts = facts_of(meeting, meeting.survey.closes_at)
    people = list(meeting.group.memberships.select_related("user"))
    done = {"kind": NAME, "state": JobState.DONE, "finished_at": timezone.now()}
    jobs = Job.objects.bulk_create(Job(key=f"meetings:announce:{meeting.pk}:{each.pk}", **done) for each in people)
    emails = Email.objects.bulk_create(
        Email(job=job, to=each.user, to_address=each.user.address, subject="開催通知", body="記\n" * 200)
        for job, each in zip(jobs, people, strict=True)
    )
    Letter.objects.bulk_create(
        Letter(meeting=meeting, membership=each, kind=LetterKind.ANNOUNCE, facts=facts, by_paper=True)
        if place % 10 == 0
        else Letter(meeting=meeting, membership=each, kind=LetterKind.ANNOUNCE, facts=facts, email=email)
        for place, (each, email) in enumerate(zip(people, emails, strict=True))
    )


def held_meeting(group: WorkingGroup, number: int) -> Meeting:
    starts_at = timezone.now() - timedelta(days=10)
    return Meeting.objects.create(
        group=group,
        number=number,
        state=MeetingState.HELD,
        starts_at=starts_at,
        ends_at=starts_at + DURATION,
        held_from=starts_at,
        held_to=starts_at + DURATION,
        snapshot={"members": {}, "next": None},
    )


def open_form(meeting: Meeting) -> Survey:
    """Open since yesterday, for another week, with every section."""
    now = timezone.now()
    survey = Survey.objects.create(
        meeting=meeting, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=7)
    )
    SurveySection.objects.bulk_create(SurveySection(survey=survey, kind=kind) for kind in SectionKind)
    return survey
