"""The result report from draft to publication. What is published is frozen and only ever withheld."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale, write
from foundation.db import clock
from meetings.actions import record as lines, roll
from meetings.models import Meeting
from meetings.models.material import for_citizens
from members.actions.group_rules import settle
from members.models import WorkingGroup
from reports import archive, emails, materials, taken_back
from reports.actions._shared import hold_report, refuse_unseen
from reports.compose import Composition, compose
from reports.formats import blocks
from reports.formats.blocks import Block
from reports.models import ApprovalStep, DueRules, Report, ReportRevision, SentenceOverride, Style
from reports.states import NEXT, ApprovalKind, ReportState


@action
def write_outcome(*, meeting: Meeting, by: Actor, seen: int, **written: Any) -> Report:
    """Write what no row of the meeting tells and the group's style prints: what came of it, who listened."""
    report = hold_report(meeting, by)
    refuse_stale(report, seen)
    changes = write(report, **written)
    record(by=by, action="reports.write_outcome", target=report, **changes)
    return report


@action
def override_sentence(
    *, meeting: Meeting, by: Actor, key: str, shown: str, words: str, reason: str
) -> SentenceOverride:
    """Write one in place of what the rows make, which is kept beside it. `shown`: the hash of both on the page."""
    report = hold_report(meeting, by)
    sentence = _sentence(report, key)
    refuse_unseen(sentence.sha256, shown)
    if words == sentence.computed:
        raise ValidationError({"words": _("自動の文と同じです。置き換える文を入力してください。")})
    anew = report.overrides.filter(key=key).first() or SentenceOverride(report=report, key=key)
    changes = write(anew, words=words, reason=reason, computed=sentence.computed)
    record(by=by, action="reports.override_sentence", target=anew, **changes)
    return anew


@action
def restore_sentence(*, meeting: Meeting, by: Actor, key: str) -> None:
    """Let the rows speak again; what stood in their place is in the log. Of a line of the record, its own row."""
    report = hold_report(meeting, by)
    line = next((one for one in report.meeting.entries.exclude(override="") if f"entry-{one.pk}" == key), None)
    if line:
        lines.edit_entry(entry=line, by=by, seen=line.version, override="", override_reason="")
        return
    anew = report.overrides.filter(key=key).first()
    if anew is None:
        raise ValidationError(_("この文は、既に自動の文に戻っています。"))
    record(by=by, action="reports.restore_sentence", target=anew, words=anew.words, reason=anew.reason)
    anew.delete()


@action
def reopen(*, meeting: Meeting, by: Actor, seen: int) -> Meeting:
    """Take back that the meeting was held, as long as nothing of it was published."""
    report = hold_report(meeting, by)
    if report.revisions.exists():
        raise ValidationError(
            _("結果報告を公開したことがあるため、開催済みを取り消せません。場所、議題、時刻などは訂正できます。")
        )
    return roll.reopen(meeting=meeting, by=by, seen=seen)


@action
def edit_style(*, group: WorkingGroup, by: Actor, seen: int = 0, **rules: Any) -> Style:
    """What was decided on or published keeps the style that it had; what is in work follows."""
    refusal = _("結果報告の様式は、事務局の担当者だけが変更できます。")
    style, changes = settle(Style, group=group, by=by, seen=seen, refusal=refusal, rules=rules)
    record(by=by, action="reports.edit_style", target=style, **changes)
    return style


@action
def edit_due_rules(*, group: WorkingGroup, by: Actor, seen: int = 0, **rules: Any) -> DueRules:
    """Until when the desk wants its meetings to be told of; what it leaves out is not asked for."""
    refusal = _("公表の期限は、事務局の担当者だけが変更できます。")
    found, changes = settle(DueRules, group=group, by=by, seen=seen, refusal=refusal, rules=rules)
    record(by=by, action="reports.edit_due_rules", target=found, **changes)
    return found


@action
def note_told(
    *, meeting: Meeting, by: Actor, seen: int, summary_told_on: date | None, record_told_on: date | None
) -> Report:
    """Write down when summary and record came out elsewhere; without a day they have not."""
    report = hold_report(meeting, by)
    refuse_stale(report, seen)
    days = {"summary_told_on": summary_told_on, "record_told_on": record_told_on}
    for name, day in days.items():
        if day and not meeting.day <= day <= clock.today():
            raise ValidationError({name: _("開催日から今日までの日付を入力してください。")})
    changes = write(report, summary_told_on=summary_told_on, record_told_on=record_told_on)
    record(by=by, action="reports.note_told", target=report, **changes)
    return report


@action
def send_for_review(*, meeting: Meeting, by: Actor, seen: int) -> Report:
    """Hand the proof round."""
    report = _move(meeting, by, seen, ReportState.REVIEW)
    record(by=by, action="reports.send_for_review", target=report)
    return report


@action
def take_back(*, meeting: Meeting, by: Actor, seen: int) -> Report:
    """Take it back into work; a decision that was recorded stays in the list of decisions."""
    report = _move(meeting, by, seen, ReportState.DRAFT)
    record(by=by, action="reports.take_back", target=report)
    return report


@action
def approve(
    *,
    meeting: Meeting,
    by: Actor,
    shown: str,
    kind: str,
    decided_on: date,
    decided_by: str,
    **others: Any,
) -> ApprovalStep:
    """Record a decision made in the document system, on the text that the page showed (`shown`: its hash)."""
    report = hold_report(meeting, by)
    _refuse_to_move(report, ReportState.APPROVED, _("決裁・供覧を記録できるのは「確認中」の結果報告だけです。"))
    composition = _complete(report)
    sha256 = composition.sha256
    refuse_unseen(sha256, shown)
    _refuse_to_come(decided_on=decided_on, effective_on=others.get("effective_on"))
    step = ApprovalStep(report=report, recorded_by=by.user, sha256=sha256)
    write(step, kind=kind, decided_on=decided_on, decided_by=decided_by, **others)
    write(report, state=ReportState.APPROVED, style=composition.style.rules)
    record(by=by, action="reports.approve", target=report, number=step.document_number, sha256=sha256)
    return step


@action
def send_back(
    *, meeting: Meeting, by: Actor, shown: str, decided_on: date, decided_by: str, comment: str
) -> ApprovalStep:
    """Record that a proof came back with something to be put right: it is in work again."""
    report = hold_report(meeting, by)
    if report.state != ReportState.REVIEW:
        raise ValidationError(_("差戻しを記録できるのは「確認中」の結果報告だけです。"))
    sha256 = compose(report.meeting).sha256
    refuse_unseen(sha256, shown)
    _refuse_to_come(decided_on=decided_on)
    step = ApprovalStep(report=report, recorded_by=by.user, sha256=sha256, kind=ApprovalKind.RETURNED)
    write(step, decided_on=decided_on, decided_by=decided_by, comment=comment)
    write(report, state=ReportState.DRAFT, style=None)
    record(by=by, action="reports.send_back", target=report, comment=comment, sha256=sha256)
    return step


@action
def publish(
    *,
    meeting: Meeting,
    by: Actor,
    shown: str,
    correction: str = "",
    resumed_reason: str = "",
    tells: bool = False,
) -> ReportRevision:
    """Freeze blocks, text and hash. Later it is a correction, which names what was corrected, or what was withheld
    comes back as it was, for a reason. Where it `tells`, the group hears of it.
    """
    report = hold_report(meeting, by)
    composition = _complete(report)
    beside = for_citizens(report.meeting)
    refuse_unseen(materials.name_of(composition.sha256, beside), shown)
    _refuse_unapproved(report, composition.sha256)
    previous = report.revisions.order_by("-number").first()
    is_same = materials.is_same(previous, composition.text, beside)
    _refuse_unexplained(previous, correction, resumed_reason, is_same=is_same)
    revision = ReportRevision(report=report, published_by=by.user)
    write(
        revision,
        number=previous.number + 1 if previous else 1,
        blocks=blocks.to_json(composition.blocks),
        text=composition.text,
        sha256=composition.sha256,
        correction=correction,
        resumed_reason=resumed_reason,
    )
    materials.publish(revision, beside)
    archive.enter(revision)
    told = emails.tell(revision, by=by) if tells else []
    record(by=by, action="reports.publish", target=revision, sha256=revision.sha256, told=len(told))
    return revision


@action
def withhold(*, meeting: Meeting, by: Actor, shown: str, reason: str) -> list[ReportRevision]:
    """Take everything that was published of this report away at once; page and text then say why and when.

    `shown` is the hash of the revision that stood in public when the page was opened.
    """
    report = hold_report(meeting, by)
    standing = list(report.revisions.standing())
    if not standing:
        raise ValidationError(_("公開中の結果報告がありません。"))
    refuse_unseen(standing[-1].sha256, shown)
    taken_back.withhold(report, standing, user=by.user, reason=reason)
    emails.stop(standing)
    taken_back.note_report(report, standing, user=by.user, reason=reason)
    for revision in standing:
        record(by=by, action="reports.withhold", target=revision, reason=reason)
    return standing


def _sentence(report: Report, key: str) -> Block:
    sentence = compose(report.meeting).sentence(key)
    if sentence is None:
        raise ValidationError(_("この文は、今の結果報告にありません。"))
    return sentence


def _move(meeting: Meeting, by: Actor, seen: int, to: ReportState) -> Report:
    report = hold_report(meeting, by)
    _refuse_to_move(report, to, _("「%s」の結果報告は、この操作ができません。") % report.get_state_display())
    refuse_stale(report, seen)
    write(report, state=to, style=None)
    return report


def _refuse_to_move(report: Report, to: ReportState, sentence: str) -> None:
    if to not in NEXT[report.state]:
        raise ValidationError(sentence)


def _complete(report: Report) -> Composition:
    composition = compose(report.meeting)
    if composition.blockers:
        raise ValidationError([problem.message for problem in composition.blockers])
    return composition


def _refuse_to_come(**days: date | None) -> None:
    """What has not happened yet is not recorded."""
    late = [name for name, day in days.items() if day and day > clock.today()]
    if late:
        raise ValidationError(dict.fromkeys(late, _("今日までの日付にしてください。")))


def _refuse_unapproved(report: Report, sha256: str) -> None:
    if report.state != ReportState.APPROVED:
        raise ValidationError(_("決裁・供覧を記録してから公開してください。"))
    if report.approvals.settled().latest("id").sha256 != sha256:
        raise ValidationError(
            _(
                "決裁・供覧を記録した後に内容が変更されました。「作成中」に戻して、もう一度確認と決裁を受けてください。"
            )
        )


def _refuse_unexplained(
    previous: ReportRevision | None, correction: str, resumed_reason: str, *, is_same: bool
) -> None:
    if previous is None:
        if correction or resumed_reason:
            raise ValidationError(_("最初の公開に訂正箇所はありません。"))
    elif not is_same:
        if not correction:
            raise ValidationError({"correction": _("訂正箇所を入力してください。")})
    elif previous.withheld_at is None:
        raise ValidationError(_("公開中の内容から変わったところがありません。"))
    elif not resumed_reason:
        raise ValidationError(
            _("公開を停止した内容から変わったところがありません。公開を再開する理由を入力してください。")
        )
