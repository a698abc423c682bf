"""自己紹介シート: written by its person, shown to the group by the desk."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from members.models import IntroSheet, Membership, WorkingGroup
from members.policy import DESK_ONLY, OWN_SHEET_ONLY, can_run_desk, owns_sheet, why_no_sheet
from members.states import Audience, SheetState
from members.taken_back import FAVOURS, note_sheet

TEXTS = ["duties", "problems", "offers_problem", "wants", "skills", "message", "is_example", "audience"]


@action
def save_draft(*, membership: Membership, by: Actor, page: UUID, seen: int, **texts: Any) -> IntroSheet:
    """Keep what is typed, seen by nobody else. What was submitted changes by submitting again."""
    sheet = _lock(membership, by, page, seen)
    if sheet.state != SheetState.DRAFT:
        raise Conflict(sheet)
    _write(sheet, page, **texts)
    return sheet


@action
def submit_sheet(*, membership: Membership, by: Actor, page: UUID, seen: int, **texts: Any) -> IntroSheet:
    """Hand in, or change what was handed in: what the group already sees stays shown, in its new wording."""
    sheet = _lock(membership, by, page, seen)
    first = sheet.state == SheetState.DRAFT
    changes = _write(sheet, page, **texts, **_state_after(sheet, texts["audience"]))
    note_sheet(sheet, changes)
    changed = [name for name in TEXTS if name in changes]
    if first or changed:
        action = "members.submit_sheet" if first else "members.change_sheet"
        record(by=by, action=action, target=sheet, changed=changed)
    return sheet


@action
def withdraw_consent(*, membership: Membership, by: Actor, favour: str) -> IntroSheet | None:
    """Take back one thing that the writer had allowed; also when nothing else can be changed any more."""
    membership = hold(Membership.objects.all(), membership.pk)
    demand(owns_sheet(by.user, membership), OWN_SHEET_ONLY)
    sheet = IntroSheet.objects.filter(membership=membership).first()
    if sheet is None or favour not in FAVOURS:
        return None
    # No page that is still open gives it back by being sent.
    values: dict[str, Any] = {favour: FAVOURS[favour], "written_from": None}
    if favour == "audience" and sheet.submitted_at:
        values |= {"state": SheetState.SUBMITTED, "shown_at": None}
    changes = write(sheet, **values)
    note_sheet(sheet, changes)
    if favour in changes:
        record(by=by, action="members.withdraw_consent", target=sheet, favour=favour)
    return sheet


@action
def show_sheets(*, group: WorkingGroup, by: Actor) -> int:
    """Everybody inside the group can read what was submitted for the group; how many became readable."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    waiting = IntroSheet.objects.waiting().filter(membership__group=group)
    sheets = list(waiting.select_for_update(of=["self"]))
    for sheet in sheets:
        write(sheet, state=SheetState.SHOWN, shown_at=clock.now())
        record(by=by, action="members.show_sheet", target=sheet)
    return len(sheets)


@action
def set_sheet_rules(*, group: WorkingGroup, by: Actor, seen: int, **rules: Any) -> WorkingGroup:
    """Until which day sheets are written, and whose stand beside the form as examples."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    group = hold(WorkingGroup.objects.all(), group.pk)
    refuse_stale(group, seen)
    forerunner = rules.get("forerunner")
    if forerunner and forerunner.fiscal_year >= group.fiscal_year:
        raise ValidationError({"forerunner": _("前の年度の会議体を選んでください。")})
    changes = write(group, **rules)
    record(by=by, action="members.set_sheet_rules", target=group, **changes)
    return group


@action
def reopen_sheet(*, membership: Membership, by: Actor, reopened: bool) -> Membership:
    """After the last day: open for this one person, and closed again."""
    demand(can_run_desk(by.user, membership.group), DESK_ONLY)
    membership = hold(Membership.objects.select_related("group", "user"), membership.pk)
    if write(membership, has_sheet_reopened=reopened):
        record(by=by, action="members.reopen_sheet", target=membership, reopened=reopened)
    return membership


def _state_after(sheet: IntroSheet, audience: str) -> dict[str, Any]:
    """Who takes a shown sheet back from the group has it submitted, for the desk alone."""
    if sheet.state == SheetState.SHOWN and audience == Audience.GROUP:
        return {}
    return {
        "state": SheetState.SUBMITTED,
        "submitted_at": sheet.submitted_at or clock.now(),
        "shown_at": None,
    }


def _lock(membership: Membership, by: Actor, page: UUID, seen: int) -> IntroSheet:
    """The person's sheet as it stands, held against the page that wants to write it."""
    membership = hold(Membership.objects.all(), membership.pk)
    refusal = why_no_sheet(by.user, membership)
    demand(not refusal, refusal)
    sheet = IntroSheet.objects.filter(membership=membership).first()
    if sheet is None:
        return IntroSheet(membership=membership, version=0)
    if page != sheet.written_from and seen != sheet.version:
        raise Conflict(sheet)
    return sheet


def _write(sheet: IntroSheet, page: UUID, **values: Any) -> dict[str, list[Any]]:
    return write(sheet, written_from=page, version=sheet.version + 1, **values)
