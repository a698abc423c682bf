from reports.models.override import SentenceOverride
from reports.models.report import ApprovalStep, Report, ReportRevision
from reports.models.style import Style

__all__ = ["ApprovalStep", "Report", "ReportRevision", "SentenceOverride", "Style"]
