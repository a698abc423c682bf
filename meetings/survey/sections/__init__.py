"""The registry: every kind of section, in the order in which a survey asks them unless the desk says otherwise."""

from collections.abc import Iterable

from meetings.states import SectionKind
from meetings.survey.section import Section
from meetings.survey.sections.approvals import Approvals
from meetings.survey.sections.attendance import AttendanceSection
from meetings.survey.sections.custom import CustomSection
from meetings.survey.sections.member_questions import MemberQuestions
from meetings.survey.sections.talk_questions import TalkQuestions
from meetings.survey.sections.themes import Themes

SECTIONS: dict[str, Section] = {
    section.kind: section
    for section in (
        AttendanceSection(),
        Approvals(),
        MemberQuestions(),
        TalkQuestions(),
        Themes(),
        CustomSection(),
    )
}


def in_order(kinds: Iterable[str]) -> list[Section]:
    """Every section: those of a survey as it asks them, then those that it does not ask but could."""
    asked = list(kinds)
    others = [kind for kind in SECTIONS if kind != SectionKind.APPROVALS]
    return [SECTIONS[kind] for kind in dict.fromkeys([*asked, *others])]
