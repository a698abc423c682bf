"""A report that was withheld is noted as it is, and withheld again after a restore (foundation/ledger)."""

from typing import Any

from django.db.models import Model

from foundation.actions import write
from foundation.db import clock
from foundation.ledger.notes import note
from meetings.actions.consents import leave_public
from members.models import User
from reports.models import Report, ReportRevision
from reports.states import ReportState


def withhold(report: Report, standing: list[ReportRevision], *, user: User, reason: str) -> None:
    """All that stands in public of it; the decision was on what is taken away: what comes back needs another."""
    if report.state == ReportState.APPROVED:
        write(report, state=ReportState.DRAFT, style=None)
    leave_public(report.meeting)
    for revision in standing:
        write(revision, withheld_at=clock.now(), withheld_by=user, withheld_reason=reason)


def note_report(report: Report, revisions: list[ReportRevision], *, user: User, reason: str) -> None:
    note("report", report, upto=revisions[-1].number, by=user.pk, reason=reason)


def report(pk: int, said: dict[str, Any]) -> Model | None:
    """Revisions that were published afterwards are not in the backup: what stands again was withheld."""
    row = Report.objects.filter(pk=pk).first()
    standing = list(row.revisions.standing().filter(number__lte=said["upto"])) if row else []
    if row is None or not standing:
        return None
    user = User.objects.filter(pk=said["by"]).first() or standing[-1].published_by
    withhold(row, standing, user=user, reason=said["reason"])
    return row
