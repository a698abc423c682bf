from meetings.models.form import Form, FormExtension, FormSection, Response, ResponseDraft
from meetings.models.meeting import AgendaItem, Meeting
from meetings.models.question import Answer, Question, Theme, ThemeVote
from meetings.models.record import Assignment, AttendanceRecord, Election, RecordEntry

__all__ = [
    "AgendaItem",
    "Answer",
    "Assignment",
    "AttendanceRecord",
    "Election",
    "Form",
    "FormExtension",
    "FormSection",
    "Meeting",
    "Question",
    "RecordEntry",
    "Response",
    "ResponseDraft",
    "Theme",
    "ThemeVote",
]
