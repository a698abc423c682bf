"""The states of the report of the meeting that was held."""

from datetime import timedelta

from django.utils import timezone

from meetings.models import Meeting
from reports.compose.shipped import SHIPPED
from reports.models import ApprovalStep, Report, Style
from reports.states import ApprovalKind, Openness, ReportState
from tests import builders
from tests.states.kit import state


def report_of(world):
    return Report.objects.filter(meeting=world.own.held)


@state()
def report_in_review(world):
    """The proof goes round."""
    report_of(world).update(state=ReportState.REVIEW)


@state()
def report_approved(world):
    """The text was decided on and circulated."""
    report_of(world).update(state=ReportState.APPROVED)
    for kind in ApprovalKind:
        ApprovalStep.objects.create(
            report=report_of(world).get(),
            kind=kind,
            decided_on=builders.LONG_AGO,
            decided_by="課長",
            sha256="0" * 64,
            recorded_by=world.desk,
        )


@state()
def own_style(world):
    """The group writes 会議録, which tell of more than its rows know, and the desk has entered that."""
    Style.objects.create(group=world.own.held.group, **SHIPPED["minutes"])
    report_of(world).update(openness=Openness.CLOSED, openness_reason="個人に関する情報のため")
    Meeting.objects.filter(pk=world.own.held.pk).update(observers=2)


@state()
def report_corrected(world):
    """A second revision says what was corrected."""
    report = report_of(world).get()
    first = report.revisions.get()
    report.revisions.create(
        number=2, blocks=first.blocks, text=first.text, correction="日付", published_by=world.desk
    )


@state(
    "everybody get 200 → 410 reports:report reports:report_text reports:report_file",
    "secret the report read by nobody",
)
def report_withheld(world):
    """The report was taken away, visibly."""
    report_of(world).get().revisions.update(
        withheld_at=timezone.now(), withheld_by=world.desk, withheld_reason="誤りがあったため"
    )


@state(
    "everybody get 200 → 404 reports:report reports:report_text reports:report_file",
)
def no_report_yet(world):
    """The meeting was held, and nobody has written a report."""
    world.own.held = builders.make_meeting(
        group=world.own.group, number=5, state="held", starts_at=timezone.now() - timedelta(days=2)
    )
