"""A thousand people are called by as many statements as three; what they read alike is rendered once."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.actions import Actor
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings.actions import meetings
from meetings.actions._letter_writer import LetterWriter
from meetings.letters import readers
from meetings.models import Letter, Meeting
from meetings.states import LetterKind, MeetingState
from members.actions.links import personal_links
from members.models import Membership, MembershipTerm, PersonalLink, User
from members.states import Category, Purpose
from tests import builders

FEW, MANY = 3, 30


def gathered(group, people):
    users = User.objects.bulk_create(
        User(family_name=f"見本{number}", family_kana="みほん", delivery_email=f"m{number}@example.jp")
        for number in range(people)
    )
    members = Membership.objects.bulk_create(Membership(group=group, user=user) for user in users)
    MembershipTerm.objects.bulk_create(
        MembershipTerm(membership=person, category=Category.MEMBER, valid_from=builders.LONG_AGO)
        for person in members
    )
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.DRAFT, announced_at=None)
    builders.make_survey(meeting=meeting)
    return meeting


def statements_of(deed, **told):
    with CaptureQueriesContext(connection) as statements:
        deed(**told)
    return len(statements)


def call(meeting, suzuki):
    return statements_of(meetings.announce, meeting=meeting, by=Actor(suzuki), seen=meeting.version)


def life(group, suzuki, people):
    """In how many statements these are called, told of another day before that left, reminded, and called off."""
    meeting, by = gathered(group, people), Actor(suzuki)
    taken = [call(meeting, suzuki)]
    meeting = Meeting.objects.get(pk=meeting.pk)
    days = {"starts_at": meeting.starts_at + timedelta(days=1), "ends_at": meeting.ends_at + timedelta(days=1)}
    taken.append(statements_of(meetings.edit_meeting, meeting=meeting, by=by, seen=meeting.version, **days))
    taken.append(statements_of(meetings.remind, meeting=meeting, by=by, people=None))
    meeting = Meeting.objects.get(pk=meeting.pk)
    told = {"meeting": meeting, "by": by, "seen": meeting.version, "reason": "台風"}
    taken.append(statements_of(meetings.cancel, **told))
    return taken


def of_states(meeting):
    rows = Letter.objects.filter(meeting=meeting).order_by("pk")
    return [(letter.kind, letter.email.job.state) for letter in rows.with_email()]


@pytest.mark.parametrize("people", [FEW, MANY])
def test_whatever_becomes_of_a_meeting_many_are_told_by_as_many_statements_as_few(group, suzuki, people):
    assert life(group, suzuki, people) == [66, 61, 30, 51]
    assert of_states(Meeting.objects.get()) == [
        *[("announce", JobState.CANCELLED)] * people,
        *[("announce", JobState.CANCELLED)] * people,
        *[("remind", JobState.CANCELLED)] * people,
    ]


def test_each_reads_their_own_section_name_and_link(group, suzuki, sato, member):
    """Of texts that are rendered once for all; Sato alone has a section."""
    meeting = gathered(group, 2)
    call(meeting, suzuki)
    links = dict(PersonalLink.objects.values_list("membership__user", "pk"))
    told = {
        email.to: (email.body.split("\n\n")[1], re.findall(r"\[\[personal-link:(\d+)]]", email.body))
        for email in Email.objects.select_related("to")
    }
    others = User.objects.filter(family_name__startswith="見本")
    assert told == {
        sato: ("市民課 佐藤 花子 様", [str(links[sato.pk])]),
        **{user: (f"{user} 様", [str(links[user.pk])]) for user in others},
    }


def test_two_presses_are_one_call(group, suzuki):
    meeting = gathered(group, FEW)
    call(meeting, suzuki)
    with pytest.raises(ValidationError, match="にできません"):
        call(meeting, suzuki)
    assert Letter.objects.count() == Email.objects.count() == FEW


def test_a_call_that_breaks_off_before_its_letters_are_out_has_called_nobody(group, suzuki):
    """Here the database refuses them at the very end."""
    meeting = gathered(group, FEW)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_letter ADD CONSTRAINT no_more CHECK (false) NOT VALID")
    with pytest.raises(ValidationError):
        call(meeting, suzuki)
    meeting.refresh_from_db()
    assert (meeting.state, Letter.objects.count(), Email.objects.count()) == (MeetingState.DRAFT, 0, 0)


def test_what_is_written_where_nothing_would_put_it_into_the_outbox_is_refused(group, suzuki):
    meeting = gathered(group, 1)
    with pytest.raises(AssertionError, match="outbox"):
        LetterWriter(meeting, by=Actor(suzuki)).write(LetterKind.RESEND, readers(meeting)[0])


@pytest.mark.parametrize("people", [1, 40])
def test_links_of_any_number_are_made_in_as_many_statements(group, suzuki, people, django_assert_num_queries):
    members = [builders.make_membership(group=group, user=builders.make_user()) for _each in range(people)]
    asked = {"group": group, "people": members, "purpose": Purpose.SHEET, "by": Actor(suzuki)}
    with django_assert_num_queries(9):
        made = personal_links(**asked)
    assert (len(made), PersonalLink.objects.exclude(code_hash=None).count()) == (people, people)
    with django_assert_num_queries(4):
        assert personal_links(**asked) == made


def test_two_codes_that_are_the_same_become_different(group, suzuki, monkeypatch):
    """Once in a million years; here the first two derive the same."""
    from members import links

    members = [builders.make_membership(group=group, user=builders.make_user()) for _each in range(2)]
    derived = links._derived
    same = iter(["AAAAAAAA"] * 4)
    monkeypatch.setattr(links, "_derived", lambda link, key: next(same, None) or derived(link, key))
    made = personal_links(group=group, people=members, purpose=Purpose.SHEET, by=Actor(suzuki))
    assert len({link.code_hash for link in made.values()}) == 2
