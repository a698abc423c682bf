"""The states of the report of the meeting that was held."""

from datetime import timedelta

from django.utils import timezone

from meetings.models import Meeting
from meetings.states import Openness
from reports.compose.shipped import SHIPPED
from reports.models import (
    ApprovalStep,
    FiledReport,
    Report,
    SentenceOverride,
    Style,
    WordsCheck,
    WordsCorrection,
    WordsReader,
)
from reports.states import ApprovalKind, Decision, ReportState
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
            comment="数字の確認",
            sha256="0" * 64,
            recorded_by=world.desk,
        )


@state()
def own_style(world):
    """The group writes 会議録, which tell of more than its rows know, and the desk has entered that."""
    Style.objects.create(group=world.own.held.group, **SHIPPED["minutes"])
    Meeting.objects.filter(pk=world.own.held.pk).update(
        observers=2, openness=Openness.CLOSED, openness_reason="個人に関する情報のため"
    )


@state()
def sentence_overridden(world):
    """The desk wrote one sentence anew, and one that is not printed any more."""
    for key in ("title", "request-0"):
        SentenceOverride.objects.create(
            report=report_of(world).get(),
            key=key,
            words="別の文",
            reason="様式に合わせるため",
            computed="自動の文",
        )


@state()
def report_corrected(world):
    """A second revision says what was corrected."""
    report = report_of(world).get()
    first = report.revisions.get()
    second = report.revisions.create(
        number=2, blocks=first.blocks, text=first.text, correction="日付", published_by=world.desk
    )
    builders.publish_material(revision=second)


@state(
    "desk get 200 → 302 reports:draft",
    "desk get 404 → 200 reports:correct_filed",
    "desk post 404 → 200 reports:correct_filed",
)
def report_filed(world):
    """It was published before this portal, and is here with its text alone."""
    FiledReport.objects.create(revision=report_of(world).get().revisions.get())


@state(
    "everybody get 200 → 302 personal",
    "desk get 200 → 404 reports:decide_on_words",
    "desk post 200 → 404 reports:decide_on_words",
)
def words_waited_for(world):
    """The member has not said yet whether their words stand right: that is where the link leads."""
    WordsCorrection.objects.filter(reader__membership=world.own.membership).delete()
    WordsReader.objects.filter(membership=world.own.membership).update(answered_at=None, sha256="")


@state()
def words_decided_on(world):
    """One correction was taken up, another not; the date is over."""
    reader = world.own.correction.reader
    reader.corrections.create(key="held", shown="前の日時", words="別の日時")
    said = {"decided_at": timezone.now(), "decided_by": world.desk, "reason": "録音のとおりであるため"}
    reader.corrections.filter(key="title").update(decision=Decision.ADOPTED, adopted="直した標題", **said)
    reader.corrections.filter(key="held").update(decision=Decision.DECLINED, **said)
    WordsCheck.objects.update(closes_at=timezone.now() - timedelta(days=1))


@state(
    "everybody get 200 → 410 reports:report reports:report_text reports:report_file",
    "everybody get 200 → 410 reports:report_material",
    "everybody get 404 → 410 reports:filed_file",
    "secret the report read by nobody",
)
def report_withheld(world):
    """The report was taken away, visibly."""
    report_of(world).get().revisions.update(
        withheld_at=timezone.now(), withheld_by=world.desk, withheld_reason="誤りがあったため"
    )


@state(
    "desk get 302 → 200 reports:ask_for_words",
    "desk get 200 → 404 reports:move_words reports:decide_on_words",
    "desk post 200 → 404 reports:move_words reports:decide_on_words",
    "desk post 302 → 404 reports:remind_of_words reports:call_off_words",
    "member get 200 → 404 reports:own_words",
    "member post 200 → 404 reports:own_words",
    "member post 302 → 404 reports:take_back_words",
    "everybody get 200 → 404 reports:personal_own_words",
    "everybody post 200 → 404 reports:personal_own_words",
    "everybody post 302 → 404 reports:personal_take_back_words",
    "everybody get 200 → 404 reports:report reports:report_text reports:report_file",
    "everybody get 200 → 404 reports:report_material",
)
def no_report_yet(world):
    """The meeting was held, and nobody has written a report."""
    world.own.held = builders.make_meeting(
        group=world.own.group, number=5, state="held", starts_at=timezone.now() - timedelta(days=2)
    )
