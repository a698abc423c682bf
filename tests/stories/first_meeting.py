"""A first meeting, from the founding of the group to the draft of its report, action by action.

The words are a parameter: the seed's own, read from its file, or ours. The facts stand here: 26 members and
3 experts appointed, 25 and 3 came, one of each online; the chair elected for want of candidates; one talk;
one assignment due at the second meeting, whose form has boxes for questions and themes.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import uuid4

from foundation.actions import Actor
from foundation.calendar.wareki import TOKYO
from meetings.actions import agenda, assignments, elections, meetings, questions, record, roll, surveys
from meetings.models import Meeting
from meetings.states import (
    ItemKind,
    Method,
    Mode,
    Origin,
    Point,
)
from members.actions import departments, groups, memberships, people, sheets
from members.models import Membership
from members.states import Audience, Category
from reports import actions as reports
from reports.compose import Composition, compose
from reports.models import Report
from reports.states import ApprovalKind, ReportState
from tests import builders

BEGINNING = datetime(2021, 5, 18, 13, 0, tzinfo=TOKYO)
END = datetime(2021, 5, 18, 15, 15, tzinfo=TOKYO)
NEXT_TIME = datetime(2021, 5, 27, 13, 0, tzinfo=TOKYO)
FOUNDED = date(2021, 4, 1)
INTRODUCTIONS, TALK, TASK = 1, 2, 3
FIGURE = re.compile(r"(?:【出席】 |部会メンバー|外部有識者|オンライン参加|オンライン|職員|全|）)\d+名")


@dataclass(frozen=True)
class Words:
    """What people type. `lines` are (position of the agenda item, mark, words), in the order of typing."""

    parent_body: str
    group: str
    charter: str
    planned_meetings: int
    plan_season: str
    plan_name: str
    member_phrase: str
    expert_phrase: str
    building: str
    room: str
    items: list[str]
    speaker: tuple[str, str]
    chair: tuple[str, str]
    rule: str
    outcome: str
    summary: str
    detail: str
    lines: list[tuple[int, Point, str]]
    questions: list[tuple[str, list[str]]]
    theme: str
    examples: list[str]
    wish: str


class FirstMeeting:
    """The rows by name, for tests that change one of them."""

    def __init__(self, words: Words, members=26):
        self.words = words
        self.administrator = builders.make_user(is_administrator=True)
        self.desk = self.person("事務", "局子")
        self.group = self.found_group()
        self.members = [self.chair, *(self.join(Category.MEMBER) for _ in range(members - 1))]
        self.experts = [self.speaker, *(self.join(Category.EXPERT) for _ in range(2))]
        self.hand_in_a_sheet(self.members[1])
        self.meeting = self.plan(BEGINNING, END)
        self.items = self.set_agenda()
        self.next_meeting = self.plan(NEXT_TIME, None, theme=words.theme, method=Method.GROUP_WORK)
        self.survey = self.ask_for_themes()
        self.take_roll()
        self.take_minutes()
        seen = Meeting.objects.get(pk=self.meeting.pk).version
        roll.hold(meeting=self.meeting, by=Actor(self.desk), seen=seen, held_from=BEGINNING, held_to=END)
        self.meeting.refresh_from_db()
        self.finish_draft()

    def person(self, family="見本", given="一郎"):
        names = {"family_name": family, "given_name": given, "family_kana": "みほん", "given_kana": "いちろう"}
        return people.add_person(by=Actor(self.administrator), **names)

    def found_group(self):
        group = groups.add_group(
            by=Actor(self.administrator),
            slug=f"first-{self.desk.pk}",
            name=self.words.group,
            parent_body=self.words.parent_body,
            fiscal_year=2021,
            charter=self.words.charter,
            planned_meetings=self.words.planned_meetings,
            plan_season=self.words.plan_season,
            plan_name=self.words.plan_name,
            member_phrase=self.words.member_phrase,
            expert_phrase=self.words.expert_phrase,
            purpose_text="部会の運営にだけ利用します。",
            retention_text="翌年度末まで",
            **builders.WORDS,
        )
        groups.grant_desk(group=group, user=self.desk, by=Actor(self.administrator), valid_from=FOUNDED)
        return group

    @cached_property
    def chair(self) -> Membership:
        department, title = self.words.chair
        section = departments.add_department(by=Actor(self.administrator), name=department, valid_from=FOUNDED)
        return self.join(Category.MEMBER, department=section, job_title=title)

    @cached_property
    def speaker(self) -> Membership:
        return self.join(Category.EXPERT, user=self.person(*self.words.speaker))

    def join(self, category, user=None, **term) -> Membership:
        return memberships.add_member(
            group=self.group,
            user=user or self.person(),
            by=Actor(self.desk),
            valid_from=FOUNDED,
            category=category,
            **term,
        )

    def hand_in_a_sheet(self, membership):
        sheets.submit_sheet(
            membership=membership,
            by=Actor(membership.user),
            page=uuid4(),
            seen=0,
            wants="窓口の待ち時間を減らしたい",
            audience=Audience.GROUP,
        )
        sheets.show_sheets(group=self.group, by=Actor(self.desk))

    def plan(self, starts_at, ends_at, **fields) -> Meeting:
        place = {"building": self.words.building, "room": self.words.room}
        return meetings.create_meeting(
            group=self.group, by=Actor(self.desk), starts_at=starts_at, ends_at=ends_at, **place, **fields
        )

    def set_agenda(self):
        kinds = [ItemKind.BRIEFING, ItemKind.INTRODUCTIONS, ItemKind.TALK, ItemKind.ASSIGNMENT]
        more = [{}, {"minutes_each": 2}, {"presenter": self.speaker}, {"presenter": self.chair}]
        return [
            agenda.add_item(meeting=self.meeting, by=Actor(self.desk), kind=kind, title=title, **fields)
            for kind, title, fields in zip(kinds, self.words.items, more, strict=True)
        ]

    def ask_for_themes(self):
        """The next form asks about what this meeting will have heard, and offers examples of themes."""
        survey = self.next_meeting.survey
        sections = survey.sections.values_list("kind", flat=True)
        return surveys.set_survey(
            meeting=self.next_meeting,
            by=Actor(self.desk),
            closes_at=survey.closes_at,
            sections=list(sections),
            themes=self.words.examples,
        )

    def take_roll(self):
        """All had announced themselves, one of each category online; one then did not come."""
        for membership in [*self.members, *self.experts]:
            online = membership in (self.members[1], self.speaker)
            builders.make_reply(
                survey=self.meeting.survey, membership=membership, mode=Mode.ONLINE if online else Mode.VENUE
            )
        roll.mark_as_answered(meeting=self.meeting, by=Actor(self.desk))
        roll.mark(meeting=self.meeting, membership=self.members[-1], by=Actor(self.desk), mode=Mode.ABSENT)

    def take_minutes(self):
        for position, point, text in self.words.lines:
            item = self.items[position]
            record.add_entry(meeting=self.meeting, by=Actor(self.desk), item=item, point=point, text=text)
        elections.record_election(
            meeting=self.meeting,
            by=Actor(self.desk),
            item=self.items[INTRODUCTIONS],
            elected=self.chair,
            rule=self.words.rule,
        )
        assignments.set_assignment(
            meeting=self.meeting,
            by=Actor(self.desk),
            item=self.items[TASK],
            due_meeting=self.next_meeting,
            title="オープンデータの作成",
            summary_text=self.words.summary,
            detail_text=self.words.detail,
        )
        for text, answers in self.words.questions:
            questions.ask(meeting=self.meeting, by=Actor(self.desk), text=text, answers=answers)

    def finish_draft(self):
        themes = self.meeting.entries.get(origin=Origin.FORM_THEMES)
        record.edit_entry(entry=themes, by=Actor(self.desk), seen=themes.version, text=self.words.wish)
        reports.write_outcome(
            meeting=self.meeting, by=Actor(self.desk), seen=self.report.version, outcome=self.words.outcome
        )
        self.meeting.refresh_from_db()

    @property
    def report(self) -> Report:
        return Report.of(Meeting.objects.get(pk=self.meeting.pk))

    @property
    def composition(self) -> Composition:
        return compose(Meeting.objects.get(pk=self.meeting.pk))

    def text(self) -> str:
        return self.composition.text

    def approve(self):
        reports.send_for_review(meeting=self.meeting, by=Actor(self.desk), seen=self.report.version)
        reports.approve(
            meeting=self.meeting,
            by=Actor(self.desk),
            shown=self.composition.sha256,
            kind=ApprovalKind.CIRCULATION,
            decided_on=date(2021, 5, 25),
            decided_by="行政経営部長",
        )

    def publish(self, **said):
        shown = self.composition.sha256
        return reports.publish(meeting=self.meeting, by=Actor(self.desk), shown=shown, **said)

    def withhold(self, reason="個人情報が含まれていたため"):
        shown = self.report.published_sha256
        return reports.withhold(meeting=self.meeting, by=Actor(self.desk), shown=shown, reason=reason)

    def take_back(self):
        reports.take_back(meeting=self.meeting, by=Actor(self.desk), seen=self.report.version)

    def correct(self, text, **said):
        """A line is added; what was published is decided on and published again."""
        record.add_entry(meeting=self.meeting, by=Actor(self.desk), item=self.items[0], text=text)
        if self.report.state == ReportState.APPROVED:
            self.take_back()
        self.approve()
        return self.publish(correction="議題1に1行を加えた", **said)


def moved(before: str, after: str) -> list[tuple[str, str]]:
    """The figures of a report that changed: then and now."""
    pairs = zip(FIGURE.findall(before), FIGURE.findall(after), strict=True)
    return [(then, now) for then, now in pairs if then != now]
