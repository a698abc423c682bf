"""One of everything, twice: in a public group of ours, and in a closed group of strangers."""

from datetime import timedelta
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.urls.resolvers import get_resolver
from django.utils import timezone

from foundation.calendar.wareki import year_of_april
from meetings.states import ConsentWay, MeetingState, Mode, Openness, QuestionChannel, RecordPlace
from members import links
from members.models import ClosedDay, OfficeTerm, PersonalLink, PersonMerge
from members.states import Category, Office, Purpose
from opendata.states import VersionState
from reports.archive import enter
from reports.formats.blocks import Block, BlockKind, generated, to_json
from reports.models import Report
from retention.models import Disposal, Hold
from tests import builders


class Place:
    """A group with its people and rows, by the names that URLs use."""

    def __init__(self, slug, *, is_public, report="結果報告", title="一覧"):
        self.group = builders.make_group(slug=slug, is_public=is_public)
        self.department = builders.make_department()
        self.member = self.person(Category.MEMBER, department=self.department)
        self.expert = self.person(Category.EXPERT)
        self.desk = builders.make_user()
        builders.make_posting(user=self.desk, department=builders.make_department())
        self.grant = builders.make_grant(group=self.group, user=self.desk, reviews_data=True)
        self.staff = builders.make_user()
        self.posting = builders.make_posting(user=self.staff, department=self.department)
        self.meeting = builders.make_meeting(
            group=self.group, number=1, openness=Openness.OPEN, public_notice_days=30
        )
        self.survey = builders.make_survey(meeting=self.meeting)
        self.poll = builders.make_date_poll(meeting=self.meeting)
        self.option = self.poll.options.first()
        self.field = builders.make_field(survey=self.survey)
        self.membership = self.member.memberships.get()
        self.term = self.membership.terms.get()
        self.sheet = builders.make_sheet(membership=self.membership)
        builders.make_photo(sheet=self.sheet)
        self.give_links(slug)
        self.newcomer = builders.make_user()
        self.merge = PersonMerge.objects.create(kept=self.staff, other=builders.make_user(is_active=False))
        self.roster = builders.make_roster(by=self.desk, group=self.group)
        self.town_roster = builders.make_roster(by=self.desk)
        self.office = OfficeTerm.objects.create(
            group=self.group, membership=self.membership, office=Office.CHAIR, valid_from=builders.LONG_AGO
        )
        self.email = builders.make_email()
        self.closed_day = ClosedDay.objects.create(
            day=builders.LONG_AGO.replace(day=1 + is_public), label="市制記念日"
        )
        self.factor = builders.make_app(user=self.member)
        self.session = builders.make_session(user=self.member)
        self.decide_on_records()
        self.item = builders.make_item(meeting=self.meeting, presenter=self.membership)
        self.material = builders.make_material(
            meeting=self.meeting, by=self.member, item=self.item, offered_by=self.membership
        )
        self.material.versions.get().consents.create(
            consents=True, membership=self.membership, way=ConsentWay.LINK, given_on=builders.LONG_AGO
        )
        self.record(report)
        self.publish_data(title)

    def give_links(self, code):
        self.link = PersonalLink.objects.create(membership=self.membership, purpose=Purpose.MEETING)
        self.sheet_link = PersonalLink.objects.create(
            membership=self.membership, purpose=Purpose.SHEET, code_hash=code
        )
        self.feed_link = PersonalLink.objects.create(membership=self.membership, purpose=Purpose.CALENDAR)

    def decide_on_records(self):
        """That they go; and that they do not yet."""
        self.hold = Hold.objects.create(group=self.group, placed_by=self.desk, reason="開示請求への対応")
        self.disposal = Disposal.objects.create(
            kind="records",
            group=self.group,
            fiscal_year=self.group.fiscal_year,
            decided_on=builders.LONG_AGO,
            decided_by="部長",
            due_on=builders.LONG_AGO,
        )

    def record(self, words):
        """What the desk wrote down of the meeting, and one that was held and reported."""
        self.entry = self.meeting.entries.create(section=RecordPlace.NOTICES, text="記録")
        self.question = self.meeting.questions.create(channel=QuestionChannel.ORAL, text="質問")
        self.answer = self.question.answers.create(text="回答")
        self.theme = self.meeting.themes.create(title="テーマの例")
        self.election = self.meeting.elections.create(elected=self.membership)
        self.walk_in = self.meeting.roll.create(name="他所 参子", category=Category.OBSERVER, mode=Mode.VENUE)
        self.held = builders.make_meeting(group=self.group, number=2, state=MeetingState.HELD)
        report = Report.objects.create(meeting=self.held)
        title = Block(BlockKind.TITLE, "title", (generated(words),))
        made = {"blocks": to_json([title]), "text": f"{words}\n", "published_by": self.desk}
        revision = report.revisions.create(number=1, **made)
        enter(revision)
        builders.publish_material(revision=revision)
        self.correction = self.ask_for_words(report)

    def ask_for_words(self, report):
        """The member was asked whether their words stand right, and wants one sentence otherwise."""
        soon = timezone.now() + timedelta(days=5)
        check = report.words_checks.create(closes_at=soon, asked_by=self.desk)
        answered = {"answered_at": timezone.now(), "sha256": "0" * 64}
        reader = check.readers.create(membership=self.membership, **answered)
        return reader.corrections.create(key="title", shown="前の標題", words="御本人の案")

    def publish_data(self, title):
        """A data set of the section: the first version is public, the second in work."""
        self.assignment = self.meeting.assignments.create(due_meeting=self.held, title="課題")
        made = {"department": self.department, "by": self.staff, "assignment": self.assignment}
        self.dataset = builders.make_dataset(**made)
        builders.make_version(dataset=self.dataset, state=VersionState.PUBLISHED, title=title)
        builders.make_version(dataset=self.dataset, number=2)

    def person(self, category, **fields):
        return builders.make_membership(group=self.group, category=category, **fields).user


class World:
    def __init__(self, town):
        self.town = town
        self.more_files = []
        self.own = Place("dx-own", is_public=True, report="公開した部会の結果報告", title="公開した一覧")
        self.foreign = Place("elsewhere", is_public=False, report="閉じた部会の結果報告", title="よその課の一覧")
        self.stranger = self.foreign.member
        self.member, self.expert = self.own.member, self.own.expert
        self.desk, self.staff = self.own.desk, self.own.staff
        self.test = builders.make_accessibility_test()
        builders.make_published_statement(by=self.desk)
        self.administrator = builders.make_user(is_administrator=True)
        self.other_desk, self.other_staff = self.foreign.desk, self.foreign.staff
        self.steward = builders.make_user(is_data_steward=True)
        self.administrator_inside = self.own.person(
            Category.MEMBER, user=builders.make_user(is_administrator=True)
        )

    def keep_files(self):
        """The files of its rows, where this test keeps files."""
        for data in [builders.pdf(), *self.more_files]:
            builders.keep_file(data)

    def url(self, name, kind):
        """The page's address for an own, a foreign or a missing object; None where there is no such thing."""
        wanted = arguments_of(name)
        if not wanted:
            return reverse(name) if kind == "own" else None
        values = MISSING if kind == "missing" else values_of(getattr(self, kind), name)
        return reverse(name, kwargs={key: values[key] for key in wanted})


MISSING = {"slug": "no-such-thing", "number": 99, "pk": 999_999, "membership": 999_999, "token": "x-y", "k": 99}
MISSING |= dict.fromkeys(["item_id", "option_id", "material", "entry_id", "question_id", "answer_id"], 999_999)
MISSING |= dict.fromkeys(["theme_id", "field_id", "election_id", "assignment_id", "line_id"], 999_999)
MISSING |= {"version": 99, "place": 99, "correction": 999_999}
MISSING |= dict.fromkeys(["user", "term", "office", "link", "posting", "grant", "other", "merge"], 999_999)
MISSING |= {
    "paper": "secret",
    "key": "nothing",
    "suffix": "exe",
    "purpose": "nothing",
    "kind": "nothing",
    "year": 1999,
    "statement": "nothing",
    "role": "nobody",
    "criterion": "9.9.9",
}


def kind_of(name):
    """Of data, or of records: of a group its sheets, of the town the versions in work."""
    if name.startswith("opendata:"):
        return "aed"
    return "originals" if "town" in name else "sheets"


def values_of(place, name):
    return {
        "slug": place.dataset.slug if name.startswith("opendata:") else place.group.slug,
        "number": (place.held if name.startswith("reports:") else place.meeting).number,
        "membership": place.membership.pk,
        "item_id": place.item.pk,
        "option_id": place.option.pk,
        "material": place.material.pk,
        "version": 1,
        "place": 1,
        "paper": "roll",
        "suffix": "xlsx" if name.startswith("opendata:") else "docx",
        "key": "title",
        "entry_id": place.entry.pk,
        "question_id": place.question.pk,
        "answer_id": place.answer.pk,
        "correction": place.correction.pk,
        "theme_id": place.theme.pk,
        "field_id": place.field.pk,
        "election_id": place.election.pk,
        "assignment_id": place.assignment.pk,
        "line_id": place.walk_in.pk,
        "user": place.newcomer.pk,
        "term": place.term.pk,
        "office": place.office.pk,
        "link": place.link.pk,
        "posting": place.posting.pk,
        "grant": place.grant.pk,
        "other": place.newcomer.pk,
        "merge": place.merge.pk,
        "purpose": Purpose.MEETING,
        "kind": kind_of(name),
        "year": year_of(place, name),
        "statement": "privacy",
        "role": "member",
        "criterion": "1.1.1",
        "token": links.token(link_of(place, name)),
        "pk": key_of(place, name),
    }


def link_of(place, name):
    """The one that was made for this page."""
    if "feed" in name:
        return place.feed_link
    return place.sheet_link if "sheet" in name else place.link


def year_of(place, name):
    """Of this year is what is of the town."""
    of_town = "town" in name or name.startswith("statements:")
    return year_of_april(timezone.localdate()) if of_town else place.group.fiscal_year


def key_of(place, name):
    """What a plain `pk` means in this URL."""
    ones_own = {"members:remove_factor": place.factor, "members:end_session": place.session}
    ones_own |= {"retention:lift_hold": place.hold, "retention:cancel": place.disposal}
    if name in ones_own:
        return ones_own[name].pk
    if "roster" in name:
        return (place.town_roster if "manage" in name else place.roster).pk
    rows = {"department": place.department, "email": place.email, "sheet": place.sheet}
    for word, row in (rows | {"closed_day": place.closed_day}).items():
        if word in name:
            return row.pk
    return place.staff.pk


@cache
def arguments_of(name):
    """The names in the URL's pattern."""
    resolver = get_resolver()
    *namespaces, plain = name.split(":")
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    matches = resolver.reverse_dict.getlist(plain)
    if not matches:
        raise NoReverseMatch(name)
    return matches[0][0][0][1]
