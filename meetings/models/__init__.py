from meetings.models.beside_reply import LateReply, ReplyDraft, ReplyRevision
from meetings.models.dates import DateChoice, DateOption, DatePoll, DateReply
from meetings.models.field import FieldAnswer, SurveyField
from meetings.models.letter import Letter
from meetings.models.material import Material, MaterialConsent, MaterialVersion
from meetings.models.meeting import AgendaItem, Meeting
from meetings.models.notice import Notice
from meetings.models.opinion import Opinion
from meetings.models.pay import PayRules
from meetings.models.question import Answer, Question
from meetings.models.record import Assignment, AttendanceRecord, Candidacy, Election, Exemption, RecordEntry
from meetings.models.survey import Reply, Survey, SurveyExtension, SurveySection
from meetings.models.theme import Theme, ThemeVote

__all__ = [
    "AgendaItem",
    "Answer",
    "Assignment",
    "AttendanceRecord",
    "Candidacy",
    "DateChoice",
    "DateOption",
    "DatePoll",
    "DateReply",
    "Election",
    "Exemption",
    "FieldAnswer",
    "LateReply",
    "Letter",
    "Material",
    "MaterialConsent",
    "MaterialVersion",
    "Meeting",
    "Notice",
    "Opinion",
    "PayRules",
    "Question",
    "RecordEntry",
    "Reply",
    "ReplyDraft",
    "ReplyRevision",
    "Survey",
    "SurveyExtension",
    "SurveyField",
    "SurveySection",
    "Theme",
    "ThemeVote",
]
