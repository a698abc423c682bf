"""The whole life of one meeting, by what its people read: every letter, word for word.

Announced at night, moved twice before anybody reads of it, once more when all have read, its deadline moved; one
joins, one leaves, one has no mail, of one the mail comes back; in the end a typhoon.
"""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.calendar.workdays import TOKYO
from foundation.jobs.models import Job
from foundation.jobs.registry import kinds
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail.jobs import NAME
from foundation.mail.models import Email
from meetings import correspondence
from meetings.actions import agenda, letters, meetings, notices, surveys
from meetings.letters import called, facts_of, readers
from meetings.models import Letter, Meeting
from meetings.states import MeetingState, NoticeStyle
from members.actions import memberships
from members.models import User
from members.states import Channel
from tests import builders

EXPECTED = Path(__file__).with_name("letters_of_a_meeting.txt")
SECRET = re.compile(r"\[\[personal-(link|code):\d+\]\]")
WORDS = {"link": "（御本人専用のリンク）", "code": "（御本人専用のコード）"}


def at(month, day, hour=13):
    return datetime(2031, month, day, hour, tzinfo=TOKYO)


class Life:
    """What the desk does, step by step, and what then leaves the house."""

    def __init__(self, group, desk):
        self.group, self.by, self.told, self.seen = group, Actor(desk), [], 0
        where = {"building": "見本市役所", "room": "大会議室"}
        times = {"starts_at": at(6, 5), "ends_at": at(6, 5, 15)}
        self.meeting = meetings.create_meeting(group=group, by=self.by, **times, **where)
        agenda.add_item(meeting=self.meeting, by=self.by, title="部会の進め方")
        self.set_deadline(at(5, 29, 17))

    def now(self):
        self.meeting = Meeting.objects.select_related("group").get(pk=self.meeting.pk)
        return {"meeting": self.meeting, "by": self.by, "seen": self.meeting.version}

    def set_deadline(self, moment):
        given = {"closes_at": moment, "sections": [], "themes": []}
        surveys.set_survey(meeting=self.meeting, by=self.by, **given)

    def morning(self, of):
        """Half past eight: what waits leaves, and each reader finds it."""
        Job.objects.filter(kind=NAME).update(due_at=timezone.now())
        Worker({NAME: kinds()[NAME]}).run_once()
        self.told.append(f"■■ {of}")
        new = Email.objects.filter(pk__gt=self.seen, job__state=JobState.DONE).order_by("pk")
        self.all_are_as_each()
        for email in new.select_related("to"):
            self.told.append(f"■ {email.to}　{email.subject}\n\n{plain(email.body)}")
        self.seen = Email.objects.order_by("pk").last().pk

    def all_are_as_each(self):
        """What the desk reads of all of them together is what each one's own letters and answer say."""
        told = correspondence.of(self.now()["meeting"])
        together = {pk: said(told.meeting, each.reader) for each in told.alike for pk in each.people}
        cancelled = told.meeting.state == MeetingState.CANCELLED
        found = called(told.meeting) if cancelled else readers(told.meeting)
        assert together == {reader.person.pk: said(told.meeting, reader) for reader in found}
        assert told.people == [reader.person.pk for reader in found]

    def papers(self):
        told = correspondence.of(self.now()["meeting"])
        for paper in correspondence.papers(told, told.papers):
            text = paper.text.replace(paper.code, WORDS["code"])
            text = re.sub(r"http\S+/a/[^\s/]+/", WORDS["link"], text)
            self.told.append(f"■ 紙　{paper.person}　{paper.subject}\n\n{text}")
        waiting = Letter.objects.waiting().filter(by_paper=True)
        letters.hand_out(meeting=self.meeting, by=self.by, letters=[letter.pk for letter in waiting])


def said(meeting, reader):
    """All that a page tells of somebody."""
    now = facts_of(meeting, reader.closes_at)
    waiting = [(letter.kind, letter.by_paper) for letter in reader.waiting]
    answered = reader.has_answered(meeting), reader.closes_at, reader.extended
    return waiting, reader.told, reader.due(meeting, now), reader.has_not_arrived, reader.known_materials, answered


def plain(body):
    return SECRET.sub(lambda found: WORDS[found[1]], body)


@pytest.fixture
def life(group, suzuki, sato, tanaka, kimura, citizens_section, environment_section, settings):
    settings.SITE_URL = "https://portal.example"
    builders.make_membership(group=group, user=kimura, department=environment_section, job_title="係長")
    nagoya = builders.make_user(family="名古屋", given="七郎", kana=("なごや", "しちろう"), channel=Channel.PAPER)
    builders.make_membership(group=group, user=nagoya, department=citizens_section, job_title="主事")
    return Life(group, suzuki)


def test_every_letter_of_a_meeting_word_for_word(life, group, sato, tanaka, kimura, environment_section):
    words = {"style": NoticeStyle.FORMAL, "number": "行経第12号", "sender": "見本市行政経営本部長"}
    words |= {"dated_on": date(2031, 5, 20), "remarks": "駐車場は東側を御利用ください。"}
    notices.edit_notice(**life.now() | {"seen": 0}, **words)
    meetings.announce(**life.now())
    meetings.edit_meeting(**life.now(), starts_at=at(6, 12), ends_at=at(6, 12, 15))
    meetings.edit_meeting(**life.now(), starts_at=at(6, 6), ends_at=at(6, 6, 15))
    life.morning("開催通知の翌朝（夜のうちに2回、日程を変更）")
    life.papers()

    Job.objects.filter(email__to=kimura).update(state=JobState.FAILED)
    builders.make_reply(survey=life.now()["meeting"].survey, membership=sato.memberships.get())
    newcomer = builders.make_user(family="新井", given="若葉", kana=("あらい", "わかば"), email="arai@example.jp")
    builders.make_membership(group=group, user=newcomer, department=environment_section, job_title="主事")
    letters.tell_all(meeting=life.now()["meeting"], by=life.by)
    life.set_deadline(at(5, 30, 17))
    life.morning("回答期限を変更し、新井さんが加わった翌朝（佐藤さんは回答済み、木村さんには不達）")
    life.papers()

    meetings.edit_meeting(**life.now(), starts_at=at(6, 10), ends_at=at(6, 10, 15), room="小会議室")
    life.morning("日時と部屋を変更した翌朝")
    life.papers()

    memberships.end_membership(membership=tanaka.memberships.get(), by=life.by, valid_to=timezone.localdate())
    meetings.cancel(**life.now(), reason="台風の接近のため")
    life.morning("田中さんが退任し、台風で中止した翌朝")
    life.papers()

    assert "\n\n".join(life.told) + "\n" == EXPECTED.read_text(encoding="utf-8")


def test_whose_mail_came_back_is_named_to_the_desk(life, kimura):
    meetings.announce(**life.now())
    life.morning("開催通知")
    Job.objects.filter(email__to=kimura).update(state=JobState.FAILED)
    named = [person.user for person in correspondence.of(life.now()["meeting"]).undelivered.named]
    assert named == [User.objects.get(pk=kimura.pk)]
