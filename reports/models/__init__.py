from reports.models.due import DueRules
from reports.models.filed import FiledReport
from reports.models.material import PublishedMaterial
from reports.models.override import SentenceOverride
from reports.models.public import PublicReport
from reports.models.report import ApprovalStep, Report, ReportRevision
from reports.models.style import Style
from reports.models.words import WordsCheck, WordsCorrection, WordsReader

__all__ = [
    "ApprovalStep",
    "DueRules",
    "FiledReport",
    "PublicReport",
    "PublishedMaterial",
    "Report",
    "ReportRevision",
    "SentenceOverride",
    "Style",
    "WordsCheck",
    "WordsCorrection",
    "WordsReader",
]
