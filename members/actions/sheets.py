"""自己紹介シート: written by its person, shown to the group by the desk."""

from uuid import UUID

from django.utils import timezone

from foundation.actions import Actor, action, record
from members.actions.rows import write
from members.models import IntroSheet, Membership, WorkingGroup
from members.policy import can_edit_sheet, can_run_desk, demand
from members.states import Audience, SheetState

TEXTS = ["duties", "problems", "wants", "skills", "message", "audience"]


class WrittenMeanwhileError(Exception):
    """Another page wrote this sheet after this one was opened; the person chooses between both texts."""

    def __init__(self, sheet):
        super().__init__(sheet)
        self.sheet = sheet


@action
def save_draft(*, membership: Membership, by: Actor, page: UUID, version: int, **texts) -> IntroSheet:
    """Keep what is typed, seen by nobody else. What was submitted changes by submitting again."""
    sheet = _lock(membership, by, page, version)
    if sheet.state != SheetState.DRAFT:
        raise WrittenMeanwhileError(sheet)
    _write(sheet, page, **texts)
    return sheet


@action
def submit_sheet(*, membership: Membership, by: Actor, page: UUID, version: int, **texts) -> IntroSheet:
    """Hand in, or change what was handed in: what the group already sees stays shown, in its new wording."""
    sheet = _lock(membership, by, page, version)
    first = sheet.state == SheetState.DRAFT
    changes = _write(sheet, page, **texts, **_state_after(sheet, texts["audience"]))
    changed = [name for name in TEXTS if name in changes]
    if first or changed:
        action = "members.submit_sheet" if first else "members.change_sheet"
        record(by=by, action=action, target=sheet, changed=changed)
    return sheet


@action
def show_sheets(*, group: WorkingGroup, by: Actor) -> int:
    """Everybody inside the group can read what was submitted for the group; how many became readable."""
    demand(can_run_desk(by.user, group))
    waiting = IntroSheet.objects.waiting().filter(membership__group=group)
    sheets = list(waiting.select_for_update(of=["self"]))
    for sheet in sheets:
        write(sheet, state=SheetState.SHOWN, shown_at=timezone.now())
        record(by=by, action="members.show_sheet", target=sheet)
    return len(sheets)


def _state_after(sheet, audience) -> dict:
    """Who takes a shown sheet back from the group has it submitted, for the desk alone."""
    if sheet.state == SheetState.SHOWN and audience == Audience.GROUP:
        return {}
    return {
        "state": SheetState.SUBMITTED,
        "submitted_at": sheet.submitted_at or timezone.now(),
        "shown_at": None,
    }


def _lock(membership, by: Actor, page, version):
    """The person's sheet as it stands, held against the page that wants to write it."""
    membership = Membership.objects.select_for_update(of=["self"]).get(pk=membership.pk)
    demand(can_edit_sheet(by.user, membership))
    sheet = IntroSheet.objects.filter(membership=membership).first()
    if sheet is None:
        return IntroSheet(membership=membership, version=0)
    if page != sheet.written_from and version != sheet.version:
        raise WrittenMeanwhileError(sheet)
    return sheet


def _write(sheet, page, **values) -> dict:
    return write(sheet, written_from=page, version=sheet.version + 1, **values)
