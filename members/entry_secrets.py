"""What a letter to somebody before the door says: a login code, or the address at which to choose a password.

Both are derived as the letter leaves and stored nowhere: who reads the database, the queue of waiting letters or a
backup finds a random number, and needs the secret key to make a code of it.
"""

import secrets
import unicodedata

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from members import links
from members.models import EntryRequest, User
from members.states import EntryLetter

DIGITS = 8


def is_code(asked: EntryRequest, typed: str) -> bool:
    """As typed: full width, hyphens and blanks are the reader's. A key that is being replaced still counts."""
    figures = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isascii() and sign.isdigit())
    return any(secrets.compare_digest(figures, _derived(asked, key)) for key in links.signing_keys())


def code_of(pk: int, reader: User | None) -> str | None:
    """For an email that is leaving, to the one who asked."""
    asked = _asked_by(pk, reader, EntryLetter.CODE)
    if asked is None:
        return None
    plain = _derived(asked, settings.SECRET_KEY)
    return f"{plain[:4]}-{plain[4:]}"


def reset_address_of(pk: int, reader: User | None) -> str | None:
    """Its time runs from when the letter leaves."""
    asked = _asked_by(pk, reader, EntryLetter.RESET)
    if asked is None or asked.user is None:
        return None
    parts = [user_pk_to_url_str(asked.user), default_token_generator.make_token(asked.user)]
    return settings.SITE_URL + reverse("account_reset_password_from_key", args=parts)


def _asked_by(pk: int, reader: User | None, purpose: EntryLetter) -> EntryRequest | None:
    asked = EntryRequest.objects.select_related("user").filter(pk=pk, user=reader, purpose=purpose)
    return asked.exclude(user=None).first()


def _derived(asked: EntryRequest, key: str) -> str:
    said = f"{asked.pk}.{asked.nonce}"
    digest = salted_hmac("members.login-code", said, secret=key, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"
