"""Text that is closed by the secret key: who holds it elsewhere, in a database or a browser, cannot read it."""

import base64
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def safe(salt: str) -> MultiFernet:
    """One for each purpose. The first key closes; those that are being replaced still open."""
    return MultiFernet([_closed_by(key, salt) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def anew(closed: str, salt: str) -> str | None:
    """What an earlier key closed, closed by the present one; None where that is needless or nothing opens it."""
    with suppress(InvalidToken):
        _closed_by(settings.SECRET_KEY, salt).decrypt(closed.encode())
        return None
    with suppress(InvalidToken):
        return safe(salt).rotate(closed.encode()).decode()
    return None


def _closed_by(key: str, salt: str) -> Fernet:
    digest = salted_hmac(salt, "", secret=key, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
