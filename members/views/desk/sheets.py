"""Self-introduction sheets at the desk: asked for, shown to the group, printed, and told one after the other."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.db import clock
from foundation.ui.attempts import attempt, posted, press
from members.actions import links as link_actions, sheets, speaking
from members.filing import XLSX
from members.forms.sheets import SheetRulesForm, SpeakingForm
from members.login import LoggedIn
from members.models import IntroSheet, Membership, SheetPhoto, WorkingGroup
from members.papers import sheets_workbook
from members.policy import can_administrate, no_purpose
from members.views.desk._shared import form_page, of_desk

# What the agenda of a first meeting usually gives each, and when it begins.
MINUTES_EACH = 2
USUAL_START = time(13, 30)


@require_safe
@of_desk
def desk_sheets(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    people = group.memberships.current().counted().in_roster_order().select_related("user", "sheet")
    rows = list(people)
    sheets_in = [row.sheet for row in rows if hasattr(row, "sheet") and row.sheet.submitted_at]
    context = {
        "group": group,
        "people": rows,
        "submitted": len(sheets_in),
        "waiting": sum(sheet.is_waiting for sheet in sheets_in),
        "to_ask": sum(not group.has_locked_sheets or row.has_sheet_reopened for row in rows if not _is_in(row)),
        "no_purpose": no_purpose(group),
        "can_administrate": can_administrate(request.user),
    }
    return render(request, "members/desk/sheets.html", context)


def _is_in(row: Membership) -> bool:
    return hasattr(row, "sheet") and row.sheet.submitted_at is not None


@require_POST
@of_desk
def show_sheets(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    count = sheets.show_sheets(group=group, by=Actor.of(request))
    said = ngettext(
        "%s名分の自己紹介シートを参加者に公開しました。", "%s名分の自己紹介シートを参加者に公開しました。", count
    )
    messages.success(request, said % count)
    return redirect("members:desk_sheets", group.slug)


@require_POST
@of_desk
def ask_for_sheets(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    def ask() -> None:
        count = link_actions.ask_for_sheets(group=group, by=Actor.of(request))
        said = ngettext(
            "%s名に提出をお願いするメールを送ります。", "%s名に提出をお願いするメールを送ります。", count
        )
        nobody = _("新たにメールを送る方はいません。メールが届かない方には、配布用の案内を渡してください。")
        messages.success(request, said % count if count else nobody)

    press(request, ask)
    return redirect("members:desk_sheets", group.slug)


# Until when, and for whom longer


@form_page
@of_desk
def set_sheet_rules(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    form = SheetRulesForm(posted(request), group=group, user=request.user)
    if attempt(form, sheets.set_sheet_rules, group=group, by=Actor.of(request)):
        messages.success(request, _("変更期限と記入例の設定を保存しました。"))
        return redirect("members:desk_sheets", group.slug)
    context = {"group": group, "form": form}
    return render(request, "members/desk/set_sheet_rules.html", context, status=form.status)


@require_POST
@of_desk
def reopen_sheet(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    reopened = bool(request.POST.get("reopened"))
    if press(request, sheets.reopen_sheet, membership=membership, by=Actor.of(request), reopened=reopened):
        said = _("%sさんが、期限の後も変更できるようにしました。") if reopened else _("%sさんの受付を終えました。")
        messages.success(request, said % membership.user)
    return redirect("members:desk_sheets", group.slug)


# On paper, and to work on


@require_safe
@of_desk
def sheets_xlsx(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """Every sheet that was handed in by who takes part today, as far as the desk reads it on a page."""
    readable = IntroSheet.objects.visible_to(request.user).submitted()
    people = group.memberships.current().in_roster_order().filter(sheet__in=readable)
    headers = {"Content-Disposition": f'attachment; filename="{group.slug}-sheets.xlsx"'}
    return HttpResponse(
        sheets_workbook(people.select_related("user", "sheet")), content_type=XLSX, headers=headers
    )


@require_safe
@of_desk
def desk_booklet(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """All shown sheets in the order of the roster, for A4."""
    people = group.memberships.current().in_roster_order().filter(sheet__in=IntroSheet.objects.shown())
    photos = SheetPhoto.objects.filter(sheet__membership=OuterRef("pk"))
    people = people.select_related("user", "sheet").annotate(has_photo=Exists(photos))
    context = {"group": group, "people": people, "today": clock.today()}
    return render(request, "members/desk/booklet.html", context)


@require_safe
@of_desk
def desk_speakers(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """自己紹介の順番, with the time at which each begins."""
    form = SpeakingForm(request.GET if "start" in request.GET else None, initial={"start": USUAL_START})
    start = form.cleaned_data["start"] if form.is_valid() else None
    start = start or USUAL_START
    people = group.memberships.current().counted().in_speaking_order().select_related("user")
    rows = [(wareki.time(_after(start, turn), full=True), person) for turn, person in enumerate(people)]
    context = {
        "group": group,
        "form": form,
        "rows": rows,
        "each": MINUTES_EACH,
        "minutes": MINUTES_EACH * len(rows),
        "ends": wareki.time(_after(start, len(rows)), full=True),
        "start": f"{start:%H:%M}",
        "is_arranged": any(person.speaking_order for _start, person in rows),
    }
    return render(request, "members/desk/speakers.html", context)


@require_POST
@of_desk
def move_speaker(request: LoggedIn, group: WorkingGroup, membership: Membership) -> HttpResponse:
    """Back to the row, and to the times as they were shown."""
    step = -1 if request.POST.get("to") == "up" else 1
    press(request, speaking.move_speaker, membership=membership, by=Actor.of(request), step=step)
    form = SpeakingForm(request.POST)
    start = form.cleaned_data["start"] if form.is_valid() else None
    query = f"?start={start:%H:%M}" if start else ""
    return redirect(f"{reverse('members:desk_speakers', args=[group.slug])}{query}#person-{membership.pk}")


@require_POST
@of_desk
def reset_speakers(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    if press(request, speaking.reset_speakers, group=group, by=Actor.of(request)):
        messages.success(request, _("自己紹介の順番を、名簿の順に戻しました。"))
    return redirect("members:desk_speakers", group.slug)


def _after(start: time, turn: int) -> datetime:
    return datetime.combine(clock.today(), start) + timedelta(minutes=MINUTES_EACH * turn)
