"""The report at the desk: draft, proof, decision, publication, withholding."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.ui.attempts import done, posted
from meetings.actions import reports as actions
from meetings.compose import compose, named_in
from meetings.forms.reports import ApprovalForm, OutcomeForm, PublishForm, WithholdForm
from meetings.models import Report
from meetings.report import as_text, blocks
from meetings.report.page import page_of
from meetings.views.desk import desk_meeting, pressed


def draft(request, slug, number):
    """The report as today's rows tell it: generated words coloured, what is missing above it."""
    meeting = desk_meeting(request, slug, number)
    report = Report.objects.with_standing().filter(meeting=meeting).first()
    initial = {"outcome": report.outcome} if report else None
    form = OutcomeForm(posted(request), initial=initial)
    if (
        request.method == "POST"
        and report
        and done(form, actions.write_outcome, report=report, by=Actor.of(request))
    ):
        messages.success(request, _("会議の成果を保存しました。"))
        return redirect(request.path)
    composition = compose(meeting)
    context = {
        "meeting": meeting,
        "stored": report,
        "form": form,
        "composition": composition,
        "report": page_of(composition.blocks),
        "colours": True,
        **(standing(report, composition) if report else {}),
    }
    return render(request, "meetings/desk/draft.html", context)


@require_safe
def proof(request, slug, number):
    """Every line under its number, with room for red ink."""
    meeting = desk_meeting(request, slug, number)
    lines = [(n, as_text.line(block)) for n, block in blocks.numbered(compose(meeting).blocks)]
    return render(request, "meetings/desk/proof.html", {"meeting": meeting, "lines": lines})


@require_POST
def move_report(request, slug, number):
    report = report_of(request, slug, number)
    pressed(request, actions.move_to, report=report, state=request.POST.get("state", ""))
    return redirect("meetings:draft", slug, number)


def approve(request, slug, number):
    report = report_of(request, slug, number)
    form = ApprovalForm(posted(request))
    if request.method == "POST" and done(form, actions.approve, report=report, by=Actor.of(request)):
        messages.success(request, _("決裁・供覧を記録しました。"))
        return redirect("meetings:draft", slug, number)
    return render(request, "meetings/desk/approve.html", {"meeting": report.meeting, "form": form})


def publish(request, slug, number):
    """The check page: what will be read, by whom, and the one button that cannot be taken back."""
    report = report_of(request, slug, number)
    composition = compose(report.meeting)
    form = PublishForm(posted(request), correcting=report.revisions.exists())
    if request.method == "POST" and done(form, actions.publish, report=report, by=Actor.of(request)):
        messages.success(request, _("結果報告を公開しました。"))
        return redirect("meetings:report", slug, number)
    context = {
        "meeting": report.meeting,
        "form": form,
        "composition": composition,
        "report": page_of(composition.blocks),
        "named": named_in(as_text.render(composition.blocks), report.meeting),
        "approval": report.approvals.last(),
    }
    return render(request, "meetings/desk/publish.html", context)


def withhold(request, slug, number):
    report = report_of(request, slug, number)
    form = WithholdForm(posted(request))
    if request.method == "POST" and done(form, actions.withhold, report=report, by=Actor.of(request)):
        messages.success(request, _("結果報告の公開を停止しました。"))
        return redirect("meetings:draft", slug, number)
    return render(request, "meetings/desk/withhold.html", {"meeting": report.meeting, "form": form})


def report_of(request, slug, number) -> Report:
    meeting = desk_meeting(request, slug, number)
    if not hasattr(meeting, "report"):
        raise Http404
    return meeting.report


def standing(report: Report, composition) -> dict:
    """Whether today's rows still say what was published and decided on."""
    today = actions.digest(as_text.render(composition.blocks))
    return {
        "changed": report.published_sha256 not in {None, today},
        "outdated": report.approved_sha256 not in {None, today},
    }
