"""The register of people: who they are, how emails reach them, where they are posted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.audit import trail
from foundation.audit.models import Via
from members.actions.rows import shorten, write
from members.login import keep_address_in_step
from members.models import Posting, User
from members.policy import can_administrate, demand


@transaction.atomic
def add_person(*, by, department=None, job_title="", posted_from=None, via: str = Via.LOGIN, **fields) -> User:
    """Nobody is given a password: a person logs in by a mailed code and may then choose one."""
    demand(can_administrate(by))
    person = _add(by=by, via=via, **fields)
    if department:
        post(person=person, by=by, department=department, job_title=job_title, valid_from=posted_from)
    return person


@transaction.atomic
def change_person(*, person: User, by, via: str = Via.LOGIN, **fields) -> User:
    demand(can_administrate(by))
    person = User.objects.select_for_update().get(pk=person.pk)
    changes = write(person, **fields)
    if person == by and not (person.is_administrator and person.is_active):
        raise ValidationError(
            _("御自分の管理者の権限と利用は、御自分では止められません。別の管理者に依頼してください。")
        )
    keep_address_in_step(person)
    trail.record(by=by, via=via, deed="members.change_person", target=person, **changes)
    return person


@transaction.atomic
def make_administrator(*, email: str, by=None, via: str = Via.COMMAND, **names) -> tuple[User, bool]:
    """The first key to the house, made by who runs the server. Says whether anything changed."""
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        return _add(by=by, via=via, email=email, is_administrator=True, **names), True
    changes = write(person, is_administrator=True, is_active=True)
    keep_address_in_step(person)
    if changes:
        trail.record(by=by, via=via, deed="members.make_administrator", target=person, **changes)
    return person, bool(changes)


def _add(*, by, via, **fields):
    person = User()
    person.set_unusable_password()
    write(person, **fields)
    keep_address_in_step(person)
    trail.record(by=by, via=via, deed="members.add_person", target=person)
    return person


# Where they are posted


@transaction.atomic
def post(*, person: User, by, department, valid_from, job_title="", valid_to=None) -> Posting:
    """A person may hold two posts at once; leaving the old one is a deed of its own."""
    demand(can_administrate(by))
    posting = Posting(user=person)
    write(posting, department=department, job_title=job_title, valid_from=valid_from, valid_to=valid_to)
    trail.record(by=by, deed="members.post", target=person, department=str(department), valid_from=valid_from)
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, by, valid_to) -> Posting:
    demand(can_administrate(by))
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    shorten(posting, to=valid_to)
    trail.record(
        by=by,
        deed="members.end_posting",
        target=posting.user,
        department=str(posting.department),
        valid_to=valid_to,
    )
    return posting
