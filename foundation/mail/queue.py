"""The outbox as the worker sees it: take a letter, say what became of it. Every time is the database's."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.mail.models import Letter
from foundation.mail.states import LetterState

MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=2)
EMPTIED_IF_SENSITIVE = Case(When(sensitive=True, then=Value("", TextField())), default=F("body"))


def has_due() -> bool:
    return Letter.objects.due(Now()).exists()


@transaction.atomic
def take(lease: timedelta) -> Letter | None:
    """The letter longest due, now in this worker's hand; others step over it. Login codes go first: somebody
    sits before a screen and waits.

    `lease_until` is this taking's own mark: whoever took the letter later has another.
    """
    letter = (
        Letter.objects.due(Now())
        .order_by("-sensitive", "due_at", "id")
        .select_for_update(skip_locked=True, no_key=True)
        .first()
    )
    if letter is None:
        return None
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.SENDING, attempts=F("attempts") + 1, lease_until=Now() + lease
    )
    letter.refresh_from_db()
    return letter


def sent(letter, _reason="") -> bool:
    return close(letter, state=LetterState.SENT, sent_at=Now(), last_error="")


def undeliverable(letter, reason) -> bool:
    return close(letter, state=LetterState.UNDELIVERABLE, last_error=reason)


def uncertain(letter, reason) -> bool:
    return close(letter, state=LetterState.UNCERTAIN, last_error=reason)


def later(letter, reason) -> bool:
    """Only while it is certainly in hand: an emptied login code must not go out empty."""
    if letter.attempts >= MAX_ATTEMPTS:
        return undeliverable(letter, reason)
    return bool(
        in_hand(letter)
        .filter(state=LetterState.SENDING)
        .update(
            state=LetterState.WAITING,
            lease_until=None,
            due_at=Now() + pause_after(letter.attempts),
            last_error=reason,
        )
    )


def pause_after(attempts: int) -> timedelta:
    """One minute, two, four …: and never all letters at the same moment."""
    pause = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 -- spreads load, guards no secret


def close(letter, **verdict) -> bool:
    return bool(in_hand(letter).update(body=EMPTIED_IF_SENSITIVE, **verdict))


def in_hand(letter):
    """Still this taking's letter; also if it was meanwhile called uncertain, for now there is word of it."""
    return Letter.objects.filter(
        pk=letter.pk,
        lease_until=letter.lease_until,
        state__in=[LetterState.SENDING, LetterState.UNCERTAIN],
    )


def recover(*, repeatable: bool) -> int:
    """Letters whose worker died with them in hand.

    Where delivering again doubles nothing they wait again. Otherwise nobody knows whether they left, and a
    machine that guesses would one day invite twice: a person looks, asks, and decides.
    """
    abandoned = Letter.objects.abandoned(Now())
    if repeatable:
        return abandoned.update(state=LetterState.WAITING, lease_until=None)
    return abandoned.update(
        state=LetterState.UNCERTAIN,
        body=EMPTIED_IF_SENSITIVE,
        last_error=_("送信の途中で処理が止まりました。届いたかどうかを宛先の方に確かめてください。"),
    )
