"""Before the door: asking for a letter, writing it, typing what it says.

Nobody is known to act yet, so these are no actions; who comes in by them stands in the audit log (login.py).
"""

import secrets

from django.db import transaction
from django.db.models.functions import Now

from foundation.audit.actor import Actor
from foundation.audit.log import note_refusal
from foundation.jobs.models import URGENT
from foundation.jobs.queue import enqueue
from members import entry_secrets
from members.login import UNKNOWN, ClosedAdapter
from members.models import EntryRequest, User
from members.states import LETTER_JOB, EntryLetter


@transaction.atomic
def ask_for_letter(*, purpose: EntryLetter, address: str, instead_of: EntryRequest | None = None) -> EntryRequest:
    """The same work whether anybody has the address or not: who that is, the worker finds out.

    An earlier code that is replaced opens nothing any more.
    """
    if instead_of is not None:
        EntryRequest.objects.filter(pk=instead_of.pk, used_at=None).update(used_at=Now())
    asked = EntryRequest.objects.create(purpose=purpose, address=address, nonce=secrets.token_hex(16))
    enqueue(kind=LETTER_JOB, key=str(asked.pk), payload={"request": asked.pk}, priority=URGENT)
    return asked


@transaction.atomic
def write_letter(*, asked: EntryRequest) -> None:
    """To whoever may log in with this address; to nobody else."""
    asked.user = User.objects.active().filter(email__iexact=asked.address).first()
    if asked.user is None or asked.user.email is None:
        return
    asked.save(update_fields=["user"])
    template, name, filler = LETTERS[EntryLetter(asked.purpose)]
    context = {"user": asked.user, name: f"[[{filler}:{asked.pk}]]"}
    ClosedAdapter().send_mail(template, asked.user.email, context)


LETTERS = {
    EntryLetter.CODE: ("account/email/login_code", "code", "login-code"),
    EntryLetter.RESET: ("account/email/password_reset_key", "password_reset_url", "password-reset"),
}


def try_code(*, asked: EntryRequest, typed: str, source: str) -> User | None:
    """The person whose code it is. A wrong try counts whatever the page does then."""
    user = _judge(asked.pk, typed)
    if user is None:
        target = asked.user
        label = str(target) if target else str(UNKNOWN)
        note_refusal(by=Actor(None), action="members.fail_code", label=label, source=source, target=target)
    return user


@transaction.atomic
def _judge(pk: int, typed: str) -> User | None:
    """However many come at once, also from a copied session: three are judged, one after the other."""
    held = EntryRequest.objects.open().select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
    if held is None:
        return None
    held.tries += 1
    right = entry_secrets.is_code(held, typed) and held.user is not None
    if right:
        held.used_at = Now()
    held.save(update_fields=["tries", "used_at"])
    return held.user if right else None
