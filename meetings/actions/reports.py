"""The result report from draft to publication. What is published is frozen and only ever withheld."""

import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings import policy
from meetings.compose import Composition, compose
from meetings.models import ApprovalStep, Report, ReportRevision
from meetings.report import as_text, blocks
from meetings.states import NEXT_OF_REPORT, ReportState


@action
def write_outcome(*, report: Report, by: Actor, outcome: str) -> Report:
    """Write what came of the meeting: the end of the overview's second sentence."""
    report = _lock(report, by)
    before, report.outcome = report.outcome, outcome
    _save(report, "outcome")
    record(by=by, action="meetings.write_outcome", target=report, before=before, after=outcome)
    return report


@action
def move_to(*, report: Report, by: Actor, state: ReportState) -> Report:
    """Hand the proof round, or take it back into work. Approving is an action of its own."""
    report = _lock(report, by)
    if state == ReportState.APPROVED or state not in NEXT_OF_REPORT[report.state]:
        raise ValidationError(_("「%s」の結果報告は、この操作ができません。") % report.get_state_display())
    report.state = state
    _save(report, "state")
    action = "meetings.report_review" if state == ReportState.REVIEW else "meetings.report_draft"
    record(by=by, action=action, target=report)
    return report


@action
def approve(*, report: Report, by: Actor, kind, decided_on, decided_by: str, document_number="") -> ApprovalStep:
    """Record a decision made in the document system, together with the hash of the text it was made on."""
    report = _lock(report, by)
    if ReportState.APPROVED not in NEXT_OF_REPORT[report.state]:
        raise ValidationError(_("決裁・供覧を記録できるのは「確認中」の結果報告だけです。"))
    step = ApprovalStep(
        report=report,
        kind=kind,
        decided_on=decided_on,
        decided_by=decided_by,
        document_number=document_number,
        sha256=digest(as_text.render(_complete(report).blocks)),
        recorded_by=by.user,
    )
    step.full_clean()
    step.save()
    report.state = ReportState.APPROVED
    _save(report, "state")
    record(by=by, action="meetings.approve_report", target=report, number=document_number, sha256=step.sha256)
    return step


@action
def publish(*, report: Report, by: Actor, correction="") -> ReportRevision:
    """Freeze blocks, text and hash. The second time it is a correction, which names what was corrected."""
    report = _lock(report, by)
    composition = _complete(report)
    text = as_text.render(composition.blocks)
    _refuse_unapproved(report, text)
    previous = report.revisions.order_by("-number").first()
    _refuse_unexplained(previous, text, correction)
    revision = ReportRevision.objects.create(
        report=report,
        number=previous.number + 1 if previous else 1,
        blocks=blocks.to_json(composition.blocks),
        text=text,
        sha256=digest(text),
        correction=correction,
        published_by=by.user,
    )
    record(by=by, action="meetings.publish_report", target=revision, sha256=revision.sha256)
    return revision


@action
def withhold(*, report: Report, by: Actor, reason: str) -> list[ReportRevision]:
    """Take everything that was published of this report away at once; page and text then say why and when."""
    report = _lock(report, by)
    standing = list(report.revisions.standing())
    if not standing:
        raise ValidationError(_("公開中の結果報告がありません。"))
    for revision in standing:
        revision.withheld_at, revision.withheld_by, revision.withheld_reason = timezone.now(), by.user, reason
        revision.full_clean()
        revision.save(update_fields=["withheld_at", "withheld_by", "withheld_reason"])
        record(by=by, action="meetings.withhold_report", target=revision, reason=reason)
    return standing


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _lock(report: Report, by: Actor) -> Report:
    report = Report.objects.select_for_update(of=["self"]).select_related("meeting__group").get(pk=report.pk)
    if not policy.can_run(by.user, report.meeting):
        raise PermissionDenied(_("結果報告は、事務局の担当者だけが扱えます。"))
    return report


def _save(report: Report, *fields: str) -> None:
    report.version += 1
    report.full_clean()
    report.save(update_fields=[*fields, "version"])


def _complete(report: Report) -> Composition:
    composition = compose(report.meeting)
    if composition.blockers:
        raise ValidationError([problem.message for problem in composition.blockers])
    return composition


def _refuse_unapproved(report: Report, text: str) -> None:
    if report.state != ReportState.APPROVED:
        raise ValidationError(_("決裁・供覧を記録してから公開してください。"))
    if report.approvals.latest("id").sha256 != digest(text):
        raise ValidationError(
            _(
                "決裁・供覧を記録したあとに内容が変わりました。「作成中」に戻して、もう一度確認と決裁を受けてください。"
            )
        )


def _refuse_unexplained(previous: ReportRevision | None, text: str, correction: str) -> None:
    if previous is None and correction:
        raise ValidationError(_("最初の公開に訂正箇所はありません。"))
    if previous and not correction:
        raise ValidationError({"correction": _("訂正箇所を入力してください。")})
    if previous and previous.withheld_at is None and previous.text == text:
        raise ValidationError(_("公開中の内容から変わったところがありません。"))
