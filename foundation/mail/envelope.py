"""The address on the envelope, one for each letter: a report that comes back to it says which letter it is about.

bounces@example.jp becomes bounces+41-0f3a…@example.jp. What is signed is the letter's number and the key of its
job: nobody makes one up, and none fits another letter that got the number after a restore.
"""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from foundation.mail.addresses import on_its_way
from foundation.mail.message import system_sender
from foundation.mail.models import Email

# By its signature alone, in small letters or capitals: the address may have been another when the letter left.
OF_A_LETTER = re.compile(r"\+(\d{1,18})-([0-9a-f]{16})@", re.IGNORECASE)
# Of the addresses in one report: each is a question to the database.
MOST_ASKED = 10


def envelope_sender(email: Email) -> str:
    if not settings.BOUNCE_ADDRESS:
        return system_sender()[1]
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return on_its_way(f"{local}+{email.pk}-{signature(email, settings.SECRET_KEY)}@{domain}")


def letter_of(texts: Iterable[str]) -> Email | None:
    """The letter whose envelope bore one of the addresses in these texts; none where all are forged."""
    for number, signed in list(_addresses(texts))[:MOST_ASKED]:
        email = Email.objects.select_related("job").filter(pk=number).first()
        if email is not None and _is_signed(email, signed):
            return email
    return None


def _addresses(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    found = (match.groups() for text in texts for match in OF_A_LETTER.finditer(text))
    return iter(dict.fromkeys((int(number), signed.lower()) for number, signed in found))


def _is_signed(email: Email, signed: str) -> bool:
    """Also by a key that is being replaced: a report may come days after its letter."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(signature(email, key), signed) for key in keys)


def signature(email: Email, key: str) -> str:
    """Of 64 bits: an address has room for no more, and each guess is a letter that the mail server takes."""
    said = f"{email.pk}:{email.job.key}"
    return salted_hmac("foundation.mail.envelope", said, secret=key, algorithm="sha256").hexdigest()[:16]
