from reports.models.override import SentenceOverride
from reports.models.public import PublicReport
from reports.models.report import ApprovalStep, Report, ReportRevision
from reports.models.style import Style

__all__ = ["ApprovalStep", "PublicReport", "Report", "ReportRevision", "SentenceOverride", "Style"]
