"""The register of people: who they are, how emails reach them, where they are posted."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from members import emails, sessions
from members.actions._dated import shorten
from members.addresses import keep_in_step
from members.models import Department, Posting, User
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from members.taken_back import note_days, note_never, note_person

MERGED = gettext_lazy(
    "この登録は、別の登録に統合されています。変更するときは、統合先の登録を開くか、先に統合を取り消してください。"
)


@action
def add_person(
    *,
    by: Actor,
    department: Department | None = None,
    job_title: str = "",
    posted_from: date | None = None,
    **fields: Any,
) -> User:
    """Nobody is given a password: a person logs in by a mailed code and may then choose one."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    person = _add(by=by, **fields)
    if department:
        first_day = posted_from or clock.today()
        add_posting(person=person, by=by, department=department, job_title=job_title, valid_from=first_day)
    return person


@action
def edit_person(*, person: User, by: Actor, seen: int, **fields: Any) -> User:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    person = hold(User.objects.all(), person.pk)
    refuse_stale(person, seen)
    if person.merged.standing().exists():
        raise ValidationError(MERGED)
    before = person.email
    changes = write(person, **fields)
    if person == by.user and not (person.is_administrator and person.is_active):
        raise ValidationError(
            _("御自分の管理者の権限と利用は、御自分では止められません。別の管理者に依頼してください。")
        )
    keep_in_step(person)
    note_person(person, changes)
    if not person.is_active:
        sessions.end_all(person)
    record(by=by, action="members.edit_person", target=person, **changes)
    if person.email != before:
        emails.tell_of_new_address(person, before)
    return person


@action
def make_administrator(*, email: str, by: Actor, **names: str) -> tuple[User, bool]:
    """The first key to the house, made by who runs the server. Says whether anything changed."""
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        return _add(by=by, email=email, is_administrator=True, **names), True
    changes = write(person, is_administrator=True, is_active=True)
    keep_in_step(person)
    if changes:
        record(by=by, action="members.make_administrator", target=person, **changes)
    return person, bool(changes)


def _add(*, by: Actor, **fields: Any) -> User:
    person = User()
    person.set_unusable_password()
    write(person, **fields)
    keep_in_step(person)
    record(by=by, action="members.add_person", target=person)
    return person


# Where they are posted


@action
def add_posting(
    *,
    person: User,
    by: Actor,
    department: Department,
    valid_from: date,
    **fields: Any,
) -> Posting:
    """A person may hold a post beside the main one; leaving the old one is an action of its own."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    posting = Posting(user=person)
    write(posting, department=department, valid_from=valid_from, **fields)
    record(by=by, action="members.add_posting", target=person, department=str(department), valid_from=valid_from)
    return posting


@action
def end_posting(*, posting: Posting, by: Actor, valid_to: date) -> Posting:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    posting = hold(Posting.objects.select_related("user", "department"), posting.pk)
    if not shorten(posting, to=valid_to):
        return posting
    note_days(posting, "posting")
    record(
        by=by,
        action="members.end_posting",
        target=posting.user,
        department=str(posting.department),
        valid_to=valid_to,
    )
    return posting


@action
def correct_posting(*, posting: Posting, by: Actor, **fields: Any) -> Posting:
    """What was registered by a slip, its end included. A change of post is a new posting instead."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    posting = hold(Posting.objects.select_related("user", "department"), posting.pk)
    changes = write(posting, **fields)
    if changes:
        note_days(posting, "posting")
        record(by=by, action="members.correct_posting", target=posting.user, **changes)
    return posting


@action
def remove_posting(*, posting: Posting, by: Actor) -> None:
    """It never was. Data sets and groups hang on the section, and nothing on the posting itself."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    posting = hold(Posting.objects.select_related("user", "department"), posting.pk)
    note_never(posting, "posting")
    record(
        by=by,
        action="members.remove_posting",
        target=posting.user,
        department=str(posting.department),
        valid_from=posting.valid_from,
        valid_to=posting.valid_to,
    )
    posting.delete()
