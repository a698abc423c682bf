"""The report at the desk: draft, proof, decision, publication, withholding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.documents.writers import WRITERS
from foundation.http.download import attachment
from foundation.ui.attempts import done, posted, press, seen
from foundation.ui.forms import PortalForm
from meetings import in_writing
from meetings.models import Meeting
from meetings.models.material import for_citizens
from meetings.origins.last_minutes import confirmation_of
from meetings.states import MeetingState
from meetings.views.desk._shared import also_disposed_of, desk_meeting
from members.filing import pack
from members.login import LoggedIn
from reports import actions, drafting, emails, materials
from reports.compose import Composition, Shortcoming, changes, compose, contacts_in, named_in
from reports.formats import as_text, blocks
from reports.formats.as_page import page_of
from reports.formats.blocks import SpanOrigin
from reports.forms import ApprovalForm, OutcomeForm, PublishReportForm, SendBackForm, WithholdForm, outcome_of
from reports.models import Report, ReportRevision
from reports.states import ReportState


def draft(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The report as today's rows tell it: generated words coloured, what is missing above it."""
    meeting = desk_meeting(request, slug, number)
    report = Report.of(meeting)
    if report.filed and request.method != "POST":
        return redirect("reports:correct_filed", slug, number)
    composition = compose(meeting)
    asked = composition.style.asked
    initial = {**outcome_of(report), "seen": report.version}
    counted = in_writing.has_votes(meeting)
    form = OutcomeForm(posted(request), asked=asked, counts_votes=counted, initial=initial)
    if request.method == "POST" and done(form, actions.write_outcome, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("入力した内容を保存しました。"))
        return redirect(request.path)
    context = {
        "meeting": meeting,
        "stored": report if meeting.state == MeetingState.HELD else None,
        "form": form,
        "asked": asked,
        "style": composition.style,
        "problems": _to_fix(composition, meeting),
        "overrides": _overrides(composition),
        "confirmation": confirmation_of(meeting),
        "approvals": report.approvals.all() if report.pk else (),
        "report": page_of(composition.blocks, edits=_edits(composition, report)),
        "files": {"docx": "Word", "pdf": "PDF"},
        **_standing(report, composition),
    }
    return render(request, "reports/desk/draft.html", context, status=form.status)


@require_safe
def proof(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Every line under its number, with room for red ink."""
    meeting = desk_meeting(request, slug, number)
    lines = [(n, as_text.line(block)) for n, block in blocks.numbered(compose(meeting).blocks)]
    return render(request, "reports/desk/proof.html", {"meeting": meeting, "lines": lines})


@require_safe
def draft_file(request: LoggedIn, slug: str, number: int, suffix: str) -> HttpResponse:
    """For the file of the decision: below each page stands that it is a draft, or public, and of when."""
    if suffix not in WRITERS:
        raise Http404
    meeting, now = desk_meeting(request, slug, number), clock.now()
    report, composition = Report.of(meeting), compose(meeting)
    document = drafting.draft_of(report, composition, now)
    write, content_type = WRITERS[suffix]
    try:
        made = write(document, at=now)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("reports:draft", slug, number)
    named = _("%s（公開中）") if drafting.is_in_public(report, composition) else _("%s（下書き）")
    saved = attachment(named % document.title + f".{suffix}", plain=f"{slug}-{number}-draft.{suffix}")
    return HttpResponse(made, content_type=content_type, headers={"Content-Disposition": saved})


@require_safe
def package(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """起案用一式, as of now."""
    meeting = held_meeting(request, slug, number)
    report = Report.of(meeting)
    try:
        made = pack(drafting.papers(report, at=clock.now()))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("reports:draft", slug, number)
    saved = attachment(_("%s 起案用一式") % report + ".zip", plain=f"{slug}-{number}-package.zip")
    return HttpResponse(made, content_type="application/zip", headers={"Content-Disposition": saved})


@require_POST
def reopen(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = held_meeting(request, slug, number)
    if press(request, actions.reopen, meeting=meeting, by=Actor.of(request), seen=seen(request)):
        said = _("開催済みを取り消しました。出席の記録と会議の記録は、そのまま残っています。")
        messages.success(request, said)
    return redirect("desk_meeting", slug, number)


@require_POST
def send_for_review(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = held_meeting(request, slug, number)
    press(request, actions.send_for_review, meeting=meeting, by=Actor.of(request), seen=seen(request))
    return redirect("reports:draft", slug, number)


@require_POST
def take_back(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = held_meeting(request, slug, number)
    press(request, actions.take_back, meeting=meeting, by=Actor.of(request), seen=seen(request))
    return redirect("reports:draft", slug, number)


def approve(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Record the decision beside the text that it was made on."""
    meeting = held_meeting(request, slug, number)
    composition = compose(meeting)
    form = ApprovalForm(posted(request), initial={"shown": composition.sha256})
    if request.method == "POST" and done(form, actions.approve, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("決裁・供覧を記録しました。"))
        return redirect("reports:draft", slug, number)
    context = {
        "meeting": meeting,
        "form": form,
        "report": page_of(composition.blocks),
        "asks": _asks(meeting, form),
    }
    return render(request, "reports/desk/approve.html", context, status=form.status)


def send_back(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """What the red ink said; the report is in work again."""
    meeting = held_meeting(request, slug, number)
    form = SendBackForm(posted(request), initial={"shown": compose(meeting).sha256})
    if request.method == "POST" and done(form, actions.send_back, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("差戻しを記録し、「作成中」に戻しました。"))
        return redirect("reports:draft", slug, number)
    context = {"meeting": meeting, "form": form, "asks": _asks(meeting, form)}
    return render(request, "reports/desk/send_back.html", context, status=form.status)


def _asks(meeting: Meeting, form: PortalForm) -> bool:
    """Of what is not under review nothing is asked that would be refused; what was typed stays on the page."""
    return form.is_bound or Report.of(meeting).state == ReportState.REVIEW


def publish(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The check page: what will be read, by whom, and the one button that publishes it."""
    meeting = held_meeting(request, slug, number)
    report, composition = Report.of(meeting), compose(meeting)
    last = report.revisions.last() if report.pk else None
    beside = for_citizens(meeting)
    is_same = materials.is_same(last, composition.text, beside)
    asked = _asked(last, is_same=is_same)
    readers = len(emails.readers(meeting.group, Actor.of(request)))
    shown = materials.name_of(composition.sha256, beside)
    form = PublishReportForm(posted(request), asked=asked, readers=readers, initial={"shown": shown})
    if request.method == "POST" and done(form, actions.publish, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("結果報告を公開しました。"))
        if form.cleaned_data.get("tells"):
            messages.info(request, _("名簿の方へのお知らせのメールを用意しました。"))
        return redirect("reports:report", slug, number)
    context = {
        "meeting": meeting,
        "stored": report,
        "form": form,
        "problems": _to_fix(composition, meeting),
        "report": page_of(composition.blocks),
        "named": named_in(composition.text, meeting),
        "contacts": contacts_in(composition.text),
        "last": last,
        "changes": changes(last.text, composition.text) if last and last.withheld_at is None else [],
        "approval": report.approvals.settled().last() if report.pk else None,
        "beside": beside,
        **_standing(report, composition),
    }
    return render(request, "reports/desk/publish.html", context, status=form.status)


def withhold(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Whatever became of the records: what is public can be taken away."""
    meeting = _held(also_disposed_of(request, slug, number))
    standing = Report.of(meeting).published_sha256 or ""
    form = WithholdForm(posted(request), initial={"shown": standing})
    if request.method == "POST" and done(form, actions.withhold, meeting=meeting, by=Actor.of(request)):
        if meeting.disposed_on:
            messages.success(request, _("結果報告の公開を停止しました。"))
            return redirect("reports:report", slug, number)
        messages.success(
            request, _("結果報告の公開を停止しました。改めて公開するには、もう一度決裁又は供覧が必要です。")
        )
        return redirect("reports:draft", slug, number)
    return render(request, "reports/desk/withhold.html", {"meeting": meeting, "form": form}, status=form.status)


def held_meeting(request: LoggedIn, slug: str, number: int) -> Meeting:
    return _held(desk_meeting(request, slug, number))


def _held(meeting: Meeting) -> Meeting:
    if meeting.state != MeetingState.HELD:
        raise Http404
    return meeting


def _to_fix(composition: Composition, meeting: Meeting) -> dict[str, list[dict[str, Any]]]:
    """What stands in the way and what asks for a look, each with the way to where it is put right."""

    def told(problems: list[Shortcoming]) -> list[dict[str, Any]]:
        return [
            {
                "message": problem.message,
                "label": problem.fix.label,
                "url": problem.fix.url(meeting),
                "is_press": problem.fix.is_press,
            }
            for problem in problems
        ]

    return {"blockers": told(composition.blockers), "warnings": told(composition.warnings)}


def _edits(composition: Composition, report: Report) -> dict[str, str]:
    """Where each sentence that the rows make is written anew; a meeting that was not held has no report yet."""
    meeting = report.meeting
    if meeting.state != MeetingState.HELD:
        return {}
    address = [meeting.group.slug, meeting.number]
    edits = {}
    for block in blocks.walk(composition.blocks):
        if block.is_replaceable:
            edits[block.key] = reverse("reports:override_sentence", args=[*address, block.key])
        elif block.key.startswith("entry-") and block.origin is not SpanOrigin.TYPED and not block.withheld:
            edits[block.key] = reverse("meetings:edit_entry", args=[*address, block.key.removeprefix("entry-")])
    return edits


def _overrides(composition: Composition) -> list[dict[str, Any]]:
    """In reading order; at the end those whose sentence is not printed now."""
    printed = [block for block in blocks.walk(composition.blocks) if block.origin is SpanOrigin.OVERRIDE]
    told = [
        {
            "key": block.key,
            "words": block.text,
            "computed": block.computed,
            "reason": span.reason,
            "is_printed": True,
        }
        for block in printed
        for span in block.spans
    ]
    keys = {block.key for block in printed}
    return told + [{**one} for key, one in composition.overrides.items() if key not in keys]


def _asked(last: ReportRevision | None, *, is_same: bool) -> str:
    """What this publication has to say beside its text."""
    if last is None:
        return ""
    return "resumed_reason" if last.withheld_at and is_same else "correction"


def _beside_too(report: Report) -> bool:
    """Whether what stands beside it in public is what would stand there now."""
    last = report.revisions.last()
    return materials.is_same(last, last.text if last else "", for_citizens(report.meeting))


def _standing(report: Report, composition: Composition) -> dict[str, bool]:
    """Whether today's rows still say what was published and decided on."""
    today = composition.sha256
    return {
        "is_public": drafting.is_in_public(report, composition) and _beside_too(report),
        "changed": report.published_sha256 not in {None, today},
        "outdated": report.approved_sha256 not in {None, today},
    }
