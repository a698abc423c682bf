"""What people lost is noted as it is lost, and lost again after a restore (foundation/ledger). Nothing is given.

Of addresses and passwords a fingerprint is noted, not what they are.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Model
from django.utils.crypto import salted_hmac

from foundation.db.nonce import fresh_nonce
from foundation.ledger.notes import note
from members import links
from members.addresses import keep_in_step
from members.models import (
    DeskGrant,
    IntroSheet,
    MembershipTerm,
    PersonalLink,
    Posting,
    SheetPhoto,
    User,
    WorkingGroup,
)
from members.models.terms import Dated
from members.states import Audience, SheetState

RIGHTS = ["is_active", "is_administrator", "is_data_steward"]
ADDRESSES = ["email", "delivery_email"]
DATED: dict[str, type[Dated]] = {
    "grant": DeskGrant,
    "posting": Posting,
    "term": MembershipTerm,
}


def fingerprint(text: str, key: str | None = None) -> str:
    return salted_hmac("members.taken_back", text, secret=key, algorithm="sha256").hexdigest()


def is_now(text: str, said: str) -> bool:
    """Also where the key was replaced since."""
    return said in {fingerprint(text, key) for key in links.signing_keys()}


# Personal links


def note_link(link: PersonalLink) -> None:
    note("link", link, nonce=link.nonce)


def link(pk: int, said: dict[str, Any]) -> Model | None:
    """The address that went out last opens; those before it do not."""
    row = PersonalLink.objects.filter(pk=pk).exclude(nonce=said["nonce"]).first()
    return row and _renew(row, said["nonce"])


def every_link() -> int:
    """Nobody knows which were revoked: the desk sends new ones."""
    return len([_renew(row, fresh_nonce()) for row in PersonalLink.objects.all()])


def _renew(row: PersonalLink, nonce: int) -> PersonalLink:
    row.nonce, row.code_hash = nonce, None
    row.code_hash = links.code_hash(links.code(row))
    row.save(update_fields=["nonce", "code_hash"])
    return row


# A person: rights, addresses, password


def note_person(person: User, changes: dict[str, Any]) -> None:
    if changes.keys() & {*RIGHTS, *ADDRESSES}:
        addresses = {name: fingerprint(getattr(person, name) or "") for name in ADDRESSES}
        note("person", person, **{name: getattr(person, name) for name in RIGHTS}, **addresses)


def person(pk: int, said: dict[str, Any]) -> Model | None:
    """A right that was taken away is gone; an address that was replaced is empty until somebody enters another."""
    row = User.objects.filter(pk=pk).first()
    if row is None:
        return None
    closed: dict[str, Any] = {name: False for name in RIGHTS if getattr(row, name) and not said[name]}
    replaced = [name for name in ADDRESSES if not is_now(getattr(row, name) or "", said[name])]
    closed |= {name: None if name == "email" else "" for name in replaced if getattr(row, name)}
    for name, value in closed.items():
        setattr(row, name, value)
    if not closed:
        return None
    row.save(update_fields=list(closed))
    keep_in_step(row)
    return row


def note_password(person: User) -> None:
    note("password", person, now=fingerprint(person.password))


def password(pk: int, said: dict[str, Any]) -> Model | None:
    """The old one opens nothing: its owner logs in by a mailed code and chooses another."""
    row = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).filter(pk=pk).first()
    if row is None or is_now(row.password, said["now"]):
        return None
    row.set_unusable_password()
    row.save(update_fields=["password"])
    return row


def note_factors(person: User, *, list_is_spent: bool = False) -> None:
    """What may stand in for the person from now on. How far a printed list was used, nobody knows afterwards."""
    kept = Authenticator.objects.filter(user=person)
    if list_is_spent:
        kept = kept.exclude(type=Authenticator.Type.RECOVERY_CODES)
    note("factors", person, kept=list(kept.order_by("pk").values_list("pk", flat=True)))


def factors(pk: int, said: dict[str, Any]) -> Model | None:
    """A phone that was lost and taken off the list stands for nobody again."""
    gone, _kinds = Authenticator.objects.filter(user=pk).exclude(pk__in=said["kept"]).delete()
    return User.objects.get(pk=pk) if gone else None


# What ends on a day: running a desk, taking part, working in a section


def note_days(row: Dated, kind: str, **more: bool) -> None:
    note(kind, row, valid_from=row.valid_from, valid_to=row.valid_to, **more)


def note_never(row: Dated, kind: str) -> None:
    """It had not begun, and does not."""
    note(kind, row, never=True)


def dated(kind: str) -> Callable[[int, dict[str, Any]], Model | None]:
    def end(pk: int, said: dict[str, Any]) -> Model | None:
        row = DATED[kind].objects.filter(pk=pk).first()
        if row is None:
            return None
        if said.get("never"):
            row.delete()
            row.pk = pk
            return row
        ends = said["valid_to"] and date.fromisoformat(said["valid_to"])
        if ends is None or (row.valid_to and row.valid_to <= ends):
            return None
        # Corrected so far that it lies elsewhere now: within its own days alone it never meets another.
        row.valid_to = max(ends, row.valid_from)
        row.save(update_fields=["valid_to"])
        return row

    return end


end_grant, posting, term = (dated(kind) for kind in DATED)


def grant(pk: int, said: dict[str, Any]) -> Model | None:
    """It ended, or no longer says that its holder reviews data."""
    row = DeskGrant.objects.filter(pk=pk, reviews_data=True).first()
    stopped = row is not None and not said["reviews_data"]
    if stopped:
        DeskGrant.objects.filter(pk=pk).update(reviews_data=False)
    return end_grant(pk, said) or (row if stopped else None)


# What was open to more people


def note_group(group: WorkingGroup, changes: dict[str, Any]) -> None:
    if "is_public" in changes:
        note("group", group, is_public=group.is_public)


def group(pk: int, said: dict[str, Any]) -> Model | None:
    row = WorkingGroup.objects.filter(pk=pk, is_public=True).first()
    if row is None or said["is_public"]:
        return None
    row.is_public = False
    row.save(update_fields=["is_public"])
    return row


# What a sheet's writer allows, each with what it is when taken back.
FAVOURS = {"audience": Audience.DESK, "is_example": False, "offers_problem": False}


def note_sheet(sheet: IntroSheet, changes: dict[str, Any]) -> None:
    if FAVOURS.keys() & changes:
        note("sheet", sheet, **{name: getattr(sheet, name) for name in FAVOURS})


def sheet(pk: int, said: dict[str, Any]) -> Model | None:
    """Its writer took it back from the group, or from those who come after."""
    row = IntroSheet.objects.filter(pk=pk).first()
    if row is None:
        return None
    # A note of before there was this favour says nothing of it.
    closed = {name: value for name, value in FAVOURS.items() if said.get(name) == value != getattr(row, name)}
    if not closed:
        return None
    if "audience" in closed:
        closed["shown_at"] = None
        closed["state"] = SheetState.SUBMITTED if row.state == SheetState.SHOWN else row.state
    IntroSheet.objects.filter(pk=pk).update(**closed)
    return row


def note_photo(sheet: IntroSheet, sha256: str = "") -> None:
    """Which photo the sheet has from now on; empty where it has none."""
    note("photo", sheet, sha256=sha256)


def photo(pk: int, said: dict[str, Any]) -> Model | None:
    """One that its person took away, or replaced, is gone; the newer one may be put there again."""
    gone, _kinds = SheetPhoto.objects.filter(sheet=pk).exclude(sha256=said["sha256"]).delete()
    return IntroSheet.objects.get(pk=pk) if gone else None
