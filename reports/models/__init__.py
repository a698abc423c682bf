from reports.models.due import DueRules
from reports.models.override import SentenceOverride
from reports.models.public import PublicReport
from reports.models.report import ApprovalStep, Report, ReportRevision
from reports.models.style import Style

__all__ = ["ApprovalStep", "DueRules", "PublicReport", "Report", "ReportRevision", "SentenceOverride", "Style"]
