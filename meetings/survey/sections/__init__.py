"""The registry: every kind of section, in the order in which a survey asks them."""

from meetings.survey.section import Section
from meetings.survey.sections.attendance import AttendanceSection
from meetings.survey.sections.member_questions import MemberQuestions
from meetings.survey.sections.talk_questions import TalkQuestions
from meetings.survey.sections.themes import Themes

SECTIONS: dict[str, Section] = {
    section.kind: section for section in (AttendanceSection(), MemberQuestions(), TalkQuestions(), Themes())
}
