"""The photo of a sheet: put there and taken away by its person."""

from foundation.actions import Actor, action, demand, hold, record
from foundation.files.hashed import measured
from members.models import IntroSheet, Membership, SheetPhoto
from members.policy import OWN_SHEET_ONLY, owns_sheet, why_no_sheet
from members.taken_back import note_photo


@action
def put_photo(*, membership: Membership, by: Actor, jpeg: bytes) -> SheetPhoto:
    """`jpeg` was drawn by us. Where there is no sheet yet a draft begins; an open page goes on writing it."""
    membership = hold(Membership.objects.select_related("group"), membership.pk)
    refusal = why_no_sheet(by.user, membership)
    demand(not refusal, refusal)
    sheet, _created = IntroSheet.objects.get_or_create(membership=membership, defaults={"version": 0})
    sha256 = measured([jpeg])[0]
    photo, _created = SheetPhoto.objects.update_or_create(sheet=sheet, defaults={"jpeg": jpeg, "sha256": sha256})
    note_photo(sheet, sha256)
    record(by=by, action="members.put_photo", target=sheet)
    return photo


@action
def remove_photo(*, membership: Membership, by: Actor) -> bool:
    """At any time; whether there was one."""
    membership = hold(Membership.objects.all(), membership.pk)
    demand(owns_sheet(by.user, membership), OWN_SHEET_ONLY)
    sheet = IntroSheet.objects.filter(membership=membership, photo__isnull=False).first()
    if sheet is None:
        return False
    sheet.photo.delete()
    note_photo(sheet)
    record(by=by, action="members.remove_photo", target=sheet)
    return True
