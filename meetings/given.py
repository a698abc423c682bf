"""One answer as a person gives it: what a page sends, what is stored, and what the two are compared by."""

from dataclasses import dataclass, field, fields

from django.db.models import Q

from meetings.models import AgendaItem, Reply, Survey, Theme
from meetings.states import ItemKind, MeetingState, QuestionState, SectionKind
from members.models import Membership
from members.states import Audience, SheetState

ATTENDANCE = ("mode", "is_substitute", "substitute_name", "substitute_title")
PLAIN = (*ATTENDANCE, "arrival_note", "note", "written_opinion")


@dataclass(frozen=True, kw_only=True)
class Given:
    """Questions stand under the membership or the agenda item that they are asked of."""

    mode: str
    is_substitute: bool = False
    substitute_name: str = ""
    substitute_title: str = ""
    arrival_note: str = ""
    note: str = ""
    written_opinion: str = ""
    to_people: dict[int, str] = field(default_factory=dict)
    to_talks: dict[int, str] = field(default_factory=dict)
    show_name: bool = False
    themes: frozenset[int] = frozenset()
    proposal: str = ""

    def changes_from(self, before: "Given | None") -> list[str]:
        """The names of the parts that differ."""
        names = [part.name for part in fields(self)]
        return [name for name in names if before is None or getattr(self, name) != getattr(before, name)]


def given_in(reply: Reply | None) -> Given | None:
    """The answer as it is stored, of a response from `Response.objects.whole()`."""
    if reply is None:
        return None
    questions = [question for question in reply.questions.all() if question.state != QuestionState.WITHDRAWN]
    return Given(
        **{name: getattr(reply, name) for name in PLAIN},
        to_people={question.addressee_id: question.text for question in questions if question.addressee_id},
        to_talks={question.item_id: question.text for question in questions if question.item_id},
        show_name=any(question.show_name for question in questions),
        themes=frozenset(reply.theme_ids),
        proposal=reply.proposal or "",
    )


@dataclass(frozen=True)
class Questionnaire:
    """What a form asks of one person."""

    survey: Survey
    membership: Membership
    sections: frozenset[str]
    people: list[Membership]
    talks: list[AgendaItem]
    themes: list[Theme]

    def asks(self, given: Given) -> bool:
        """Everything that was given was asked; anything else is forged or was taken away meanwhile."""
        return (
            set(given.to_people) <= {person.pk for person in self.people}
            and set(given.to_talks) <= {item.pk for item in self.talks}
            and given.themes <= {theme.pk for theme in self.themes}
            and (not given.proposal or SectionKind.THEMES in self.sections)
        )


def questionnaire(survey: Survey, membership: Membership) -> Questionnaire:
    sections = frozenset(survey.kinds)
    meeting = survey.meeting
    return Questionnaire(
        survey=survey,
        membership=membership,
        sections=sections,
        people=_people_to_ask(meeting, membership) if SectionKind.MEMBER_QUESTIONS in sections else [],
        talks=_talks_to_ask(meeting, membership) if SectionKind.TALK_QUESTIONS in sections else [],
        themes=list(meeting.themes.filter(proposed_in=None)) if SectionKind.THEMES in sections else [],
    )


def meeting_talks(meeting):
    """The talks that a form asks questions about: those of the meeting before, for questions come up after
    a talk, and of this one those whose speaker is known.
    """
    talks = AgendaItem.objects.filter(kind=ItemKind.TALK, meeting__group=meeting.group_id)
    before = Q(meeting__number=meeting.number - 1) & ~Q(meeting__state=MeetingState.CANCELLED)
    known = talks.filter(before | Q(meeting=meeting, presenter__isnull=False))
    return known.select_related("meeting", "presenter__user").order_by("meeting__number", "order")


def _talks_to_ask(meeting, membership: Membership) -> list[AgendaItem]:
    """The talks of others."""
    return list(meeting_talks(meeting).exclude(presenter=membership))


def _people_to_ask(meeting, membership: Membership) -> list[Membership]:
    """The others with a sheet that the group may read."""
    others = meeting.group.memberships.on(meeting.day).exclude(pk=membership.pk)
    shown = others.filter(sheet__state=SheetState.SHOWN, sheet__audience=Audience.GROUP)
    return list(shown.select_related("user", "sheet").in_roster_order())
