"""The outbox as the worker sees it: take an email, say what became of it. Every time is the database's."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.mail.models import Email
from foundation.mail.states import EmailState

MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=2)
EMPTIED_IF_SENSITIVE = Case(When(sensitive=True, then=Value("", TextField())), default=F("body"))


def has_due() -> bool:
    return Email.objects.due(Now()).exists()


@transaction.atomic
def take(lease: timedelta) -> Email | None:
    """The email longest due, now in this worker's hand; others step over it. Login codes go first: somebody
    sits before a screen and waits.

    `lease_until` is this taking's own mark: whoever took the email later has another.
    """
    email = (
        Email.objects.due(Now())
        .order_by("-sensitive", "due_at", "id")
        .select_for_update(skip_locked=True, no_key=True)
        .first()
    )
    if email is None:
        return None
    Email.objects.filter(pk=email.pk).update(
        state=EmailState.SENDING, attempts=F("attempts") + 1, lease_until=Now() + lease
    )
    email.refresh_from_db()
    return email


def sent(email, _reason="") -> bool:
    return close(email, state=EmailState.SENT, sent_at=Now(), last_error="")


def undeliverable(email, reason) -> bool:
    return close(email, state=EmailState.UNDELIVERABLE, last_error=reason)


def uncertain(email, reason) -> bool:
    return close(email, state=EmailState.UNCERTAIN, last_error=reason)


def later(email, reason) -> bool:
    """Only while it is certainly in hand: an emptied login code must not go out empty."""
    if email.attempts >= MAX_ATTEMPTS:
        return undeliverable(email, reason)
    return bool(
        in_hand(email)
        .filter(state=EmailState.SENDING)
        .update(
            state=EmailState.WAITING,
            lease_until=None,
            due_at=Now() + pause_after(email.attempts),
            last_error=reason,
        )
    )


def pause_after(attempts: int) -> timedelta:
    """One minute, two, four …: and never all emails at the same moment."""
    pause = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 -- spreads load, guards no secret


def close(email, **verdict) -> bool:
    return bool(in_hand(email).update(body=EMPTIED_IF_SENSITIVE, **verdict))


def in_hand(email):
    """Still this taking's email; also if it was meanwhile called uncertain, for now there is word of it."""
    return Email.objects.filter(
        pk=email.pk,
        lease_until=email.lease_until,
        state__in=[EmailState.SENDING, EmailState.UNCERTAIN],
    )


def recover(*, repeatable: bool) -> int:
    """Emails whose worker died with them in hand.

    Where delivering again doubles nothing they wait again. Otherwise nobody knows whether they left, and a
    machine that guesses would one day invite twice: a person looks, asks, and decides.
    """
    abandoned = Email.objects.abandoned(Now())
    if repeatable:
        return abandoned.update(state=EmailState.WAITING, lease_until=None)
    return abandoned.update(
        state=EmailState.UNCERTAIN,
        body=EMPTIED_IF_SENSITIVE,
        last_error=_("送信の途中で処理が止まりました。届いたかどうかを宛先の方に確かめてください。"),
    )
