"""The pages of an import, for whom they are: the desk of a group, or the keepers of the register."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict
from foundation.apart import Busy
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.ui.attempts import attempt, press
from members.actions import rosters
from members.forms.rosters import RosterForm, SettleRosterForm
from members.login import LoggedIn
from members.models import RosterImport, WorkingGroup
from members.rostering.known import sections
from members.rostering.lines import Line, LineKind, RosterPlan
from members.rostering.reading import read
from members.states import PREVIEW_JOB, RosterState
from members.views._fresh import ask_again
from tablecheck import Unreadable

PER_PAGE = 100
LATEST = 5


@dataclass(frozen=True)
class Entrance:
    """By which way somebody came: what the pages are called there, and whose imports they show."""

    group: WorkingGroup | None = None

    def url(self, page: str, *args: object) -> str:
        if self.group:
            return reverse(f"members:desk_{page}", args=[self.group.slug, *args])
        return reverse(f"members:manage_{page}", args=args)

    @property
    def back(self) -> str:
        if self.group:
            return reverse("members:desk_members", args=[self.group.slug])
        return reverse("members:manage_people")

    def find(self, request: LoggedIn, pk: int) -> RosterImport:
        rows = RosterImport.objects.visible_to(request.user).of(self.group)
        return get_object_or_404(rows.select_related("group", "by"), pk=pk)

    def context(self, **more: Any) -> dict[str, Any]:
        return {"group": self.group, "back": self.back, "read_url": self.url("read_roster"), **more}


# The list comes in


def read_page(request: LoggedIn, door: Entrance) -> HttpResponse:
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def bring(**_typed: Any) -> RosterImport:
        return bring_in(form, door, Actor.of(request))

    if roster := attempt(form, bring):
        return redirect(door.url("roster_import", roster.pk))
    latest = RosterImport.objects.visible_to(request.user).of(door.group).light().select_related("by")[:LATEST]
    told = [(row, door.url("roster_import", row.pk)) for row in latest]
    return render(request, "members/rosters/read_roster.html", door.context(form=form, latest=told))


def bring_in(form: RosterForm, door: Entrance, by: Actor) -> RosterImport:
    """Read in a child; what it would do is worked out at once, or of a long list by a worker."""
    data, name = form.given
    try:
        rows, findings = read(data, name)
    except Unreadable as refusal:
        raise ValidationError(refusal.message) from refusal
    except Busy:
        raise ValidationError(
            _(
                "別のファイルの読み込みが続いています。少し待ってから、もう一度お試しください。何も保存していません。"
            )
        ) from None
    roster = rosters.read_roster(group=door.group, by=by, source=name, rows=rows, findings=findings)
    work_out(roster, by)
    return roster


def work_out(roster: RosterImport, by: Actor) -> None:
    if len(roster.rows) > rosters.AT_ONCE:
        rosters.preview_roster_later(roster=roster, by=by)
    else:
        rosters.preview_roster(roster=roster, by=by)


# What it would do


def preview_page(request: LoggedIn, door: Entrance, pk: int) -> HttpResponse:
    roster = door.find(request, pk)
    here = door.url("roster_import", pk)
    if roster.state != RosterState.PREVIEWED:
        if request.method == "POST":
            messages.error(request, str(rosters.NOT_READY))
            return redirect(here)
        return _other_state(request, door, roster)
    plan = RosterPlan.from_json(roster.plan)
    asked = request.GET.get("kind", "")
    lines = [line for line in plan.lines if line.kind == asked] if asked in LineKind.values else plan.lines
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    form = SettleRosterForm(
        request.POST if request.method == "POST" and "seen" in request.POST else None,
        roster=roster,
        plan=plan,
        sections=sections(),
    )
    if request.method == "POST":
        if "seen" not in request.POST:
            return redirect(here)
        if form.is_valid():
            return _decided(request, door, roster, form, list(page.object_list))
    return _shown(request, door, roster, plan=plan, form=form, page=page, asked=asked)


def _decided(
    request: LoggedIn, door: Entrance, roster: RosterImport, form: SettleRosterForm, page: list[Line]
) -> HttpResponse:
    here, by = request.get_full_path(), Actor.of(request)
    options = form.settled(request.POST, page)
    try:
        is_other = rosters.settle_roster(roster=roster, by=by, seen=form.cleaned_data["seen"], options=options)
        roster.refresh_from_db()
        if is_other:
            work_out(roster, by)
            messages.success(request, _("条件を反映しました。下の内容を確認してください。まだ登録していません。"))
            return redirect(here)
        if request.POST.get("do") != "apply":
            messages.success(request, _("選択を保存しました。まだ登録していません。"))
            return redirect(here)
        return _applied(request, door, roster)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    except Conflict as conflict:
        messages.error(request, str(conflict))
    return redirect(here)


def _applied(request: LoggedIn, door: Entrance, roster: RosterImport) -> HttpResponse:
    by, here = Actor.of(request), door.url("roster_import", roster.pk)
    chosen = RosterPlan.from_json(roster.plan).chosen(roster.options["unticked"])
    if any(line.person and "email" in line.fields for line in chosen):
        ask_again(request)
    try:
        rosters.apply_roster(roster=roster, by=by)
    except Conflict:
        work_out(roster, by)
        messages.error(
            request,
            _(
                "確認の後に、名簿の方の登録が変更されています。何も登録していません。今の内容を確認して、もう一度登録してください。"
            ),
        )
        return redirect(here)
    messages.success(request, _("%s名を登録しました。") % len(chosen))
    return redirect(here)


def _shown(
    request: HttpRequest,
    door: Entrance,
    roster: RosterImport,
    *,
    plan: RosterPlan,
    form: SettleRosterForm,
    page: Page[Any],
    asked: str,
) -> HttpResponse:
    counts = plan.counts()
    same = RosterImport.objects.of(door.group).light().filter(digest=roster.digest, state=RosterState.APPLIED)
    context = door.context(
        roster=roster,
        plan=plan,
        form=form,
        page=page,
        asked=asked,
        kinds=[(kind.value, kind.label, counts[kind]) for kind in LineKind if counts[kind]],
        total=len(plan.lines),
        chosen=len(plan.chosen(roster.options["unticked"])),
        unticked=set(roster.options["unticked"]),
        answers={int(row): answer for row, answer in roster.options["answers"].items()},
        before=same.exclude(pk=roster.pk).first(),
    )
    return render(request, "members/rosters/roster_import.html", context, status=form.status)


def _other_state(request: HttpRequest, door: Entrance, roster: RosterImport) -> HttpResponse:
    job = Job.objects.filter(kind=PREVIEW_JOB, key=f"{roster.pk}:{roster.version}").first()
    plan = RosterPlan.from_json(roster.plan) if roster.plan else None
    chosen = plan.chosen(roster.options["unticked"]) if plan else []
    context = door.context(
        roster=roster,
        job=job,
        page=Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
        undo_url=door.url("undo_roster", roster.pk),
        here=door.url("roster_import", roster.pk),
        today=clock.today(),
    )
    return render(request, "members/rosters/roster_over.html", context)


# And back


def undo(request: LoggedIn, door: Entrance, pk: int) -> HttpResponse:
    roster = door.find(request, pk)
    if press(request, rosters.undo_roster, roster=roster, by=Actor.of(request)):
        roster.refresh_from_db()
        if roster.left:
            messages.success(request, _("取込みを取り消しました。取り消せなかったものは下のとおりです。"))
        else:
            messages.success(request, _("取込みを取り消し、取り込む前の状態に戻しました。"))
    return redirect(door.url("roster_import", roster.pk))
