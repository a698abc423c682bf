"""What a letter says: to somebody before the door a login code, or the address at which to choose a password; to
somebody inside the code that is asked for again.

All are derived as the letter leaves and stored nowhere: who reads the database, the queue of waiting letters or a
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
    return _is_one_of(typed, [_derived(asked, key) for key in links.signing_keys()])


def is_again_code(user: User, nonce: int, typed: str) -> bool:
    return _is_one_of(typed, [_again(user, nonce, key) for key in links.signing_keys()])


def again_code_of(nonce: int, reader: User | None) -> str | None:
    """For an email that is leaving: of whoever reads it, so that nobody learns another's."""
    return _halved(_again(reader, nonce, settings.SECRET_KEY)) if reader else None


def code_of(pk: int, reader: User | None) -> str | None:
    """For an email that is leaving, to the one who asked."""
    asked = _asked_by(pk, reader, EntryLetter.CODE)
    if asked is None:
        return None
    return _halved(_derived(asked, settings.SECRET_KEY))


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
    return _figures("members.login-code", f"{asked.pk}.{asked.nonce}", key)


def _again(user: User, nonce: int, key: str) -> str:
    return _figures("members.again-code", f"{user.pk}.{nonce}", key)


def _figures(salt: str, said: str, key: str) -> str:
    digest = salted_hmac(salt, said, secret=key, algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def _halved(plain: str) -> str:
    return f"{plain[:4]}-{plain[4:]}"


def _is_one_of(typed: str, codes: list[str]) -> bool:
    figures = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isascii() and sign.isdigit())
    return any(secrets.compare_digest(figures, code) for code in codes)
