"""出席実績: the basis on which people are paid, by month and by fiscal year, and as a workbook."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.http.download import attachment
from foundation.ui.attempts import done, posted
from meetings.actions import pay as actions
from meetings.forms.pay import PayRulesForm
from meetings.models import PayRules
from meetings.pay import PaidHours, by_person, paid_hours
from meetings.states import PayUnit
from members.filing import XLSX, workbook
from members.login import LoggedIn
from members.models import WorkingGroup
from members.views.desk._shared import form_page, of_desk

MONTH = re.compile(r"(\d{4})-(\d{2})")
# Columns of the workbook that are summed: minutes, units, both amounts.
FIGURES = (10, 11, 12, 13)


@require_safe
@of_desk
def pay_basis(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    """One month, one fiscal year (`?period=2026`), or all that there is."""
    rules, everything = _read(group)
    period = request.GET.get("period", "")
    shown = _within(everything, period)
    context = {
        "group": group,
        "rules": rules,
        "unit": _unit(rules),
        "lines": shown,
        "people": by_person(shown),
        "period": period if _is_period(everything, period) else "",
        "periods": list(_periods(everything)),
    }
    return render(request, "meetings/desk/pay_basis.html", context)


@require_safe
@of_desk
def pay_basis_xlsx(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    rules, everything = _read(group)
    period = request.GET.get("period", "")
    shown = _within(everything, period)
    header, *rows = _rows(rules, shown)
    made = workbook(_("出席実績"), header, rows, figures=FIGURES)
    within = f"-{period}" if _is_period(everything, period) else ""
    saved = attachment(
        _("%s 出席実績") % group.with_year + f"{within}.xlsx", plain=f"pay-{group.slug}{within}.xlsx"
    )
    return HttpResponse(made, content_type=XLSX, headers={"Content-Disposition": saved})


@form_page
@of_desk
def edit_pay_rules(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    form = PayRulesForm(posted(request), instance=_rules(group))
    if request.method == "POST" and done(form, actions.edit_pay_rules, group=group, by=Actor.of(request)):
        messages.success(request, _("報償費の決まりを保存しました。"))
        return redirect("meetings:pay_basis", group.slug)
    context = {"group": group, "form": form}
    return render(request, "meetings/desk/edit_pay_rules.html", context, status=form.status)


def _rules(group: WorkingGroup) -> PayRules:
    return PayRules.objects.filter(group=group).select_related("group").first() or PayRules(group=group)


def _read(group: WorkingGroup) -> tuple[PayRules, list[PaidHours]]:
    rules = _rules(group)
    return rules, paid_hours(group, rules)


def _unit(rules: PayRules) -> str:
    return _("日数") if rules.unit == PayUnit.DAY else _("時間数")


def _is_period(lines: Sequence[PaidHours], period: str) -> bool:
    return any(period in (line.month, str(line.fiscal_year)) for line in lines)


def _within(lines: Sequence[PaidHours], period: str) -> list[PaidHours]:
    if not _is_period(lines, period):
        return list(lines)
    return [line for line in lines if period in (line.month, str(line.fiscal_year))]


def _periods(lines: Sequence[PaidHours]) -> Iterator[tuple[str, str]]:
    """Fiscal years, each with its months below it."""
    for year in dict.fromkeys(line.fiscal_year for line in lines):
        own = [line for line in lines if line.fiscal_year == year]
        yield str(year), wareki.fiscal_year(own[0].day)
        for month in dict.fromkeys(line.month for line in own):
            day = next(line.day for line in own if line.month == month)
            yield month, _("%(year)s%(month)s月") % {"year": wareki.year(day), "month": day.month}


def _rows(rules: PayRules, lines: Sequence[PaidHours]) -> Iterator[list[Any]]:
    header = [_("開催日"), _("会議"), _("氏名"), _("区分"), _("所属・職名"), _("出席の方法"), _("開会"), _("閉会")]
    there = [_("出席した時刻"), _("退席した時刻"), _("出席した時間（分）")]
    yield [*header, *there, _unit(rules), _("報償費（円）"), _("旅費（円）")]
    for paid in lines:
        line, meeting = paid.line, paid.line.meeting
        times = (meeting.held_from, meeting.held_to, paid.begun, paid.ended)
        yield [
            paid.day,
            _("第%s回") % meeting.number,
            line.name,
            str(rules.group.category(line.category)),
            line.title,
            line.get_mode_display(),
            *(f"{timezone.localtime(at):%H:%M}" for at in times),
            paid.minutes,
            paid.units,
            paid.fee,
            paid.travel,
        ]
    for person in by_person(lines):
        sums = [person.minutes, person.units]
        amounts = [
            None if rules.amount is None else person.fee,
            None if rules.travel is None else person.travel,
        ]
        yield [_("計"), _("%s回") % person.times, person.name, "", person.title, *[""] * 5, *sums, *amounts]
