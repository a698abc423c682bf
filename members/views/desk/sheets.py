"""Self-introduction sheets at the desk: who handed in, asked for, shown to the group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from members.actions import links as link_actions, sheets
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import of_desk


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
        "to_ask": len(rows) - len(sheets_in),
    }
    return render(request, "members/desk/sheets.html", context)


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
    count = link_actions.ask_for_sheets(group=group, by=Actor.of(request))
    said = ngettext("%s名に提出をお願いするメールを送ります。", "%s名に提出をお願いするメールを送ります。", count)
    nobody = _("新たにメールを送る方はいません。メールが届かない方には、配布用の案内を渡してください。")
    messages.success(request, said % count if count else nobody)
    return redirect("members:desk_sheets", group.slug)
