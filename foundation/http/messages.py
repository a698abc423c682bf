from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse

from foundation.sealed import safe

SALT = "foundation.messages"


class Storage(CookieStorage):
    """Django's, under a name that the settings choose as they do for the other cookies.

    And closed: a sentence to a desk names whose row it changed, and the browser keeps it until the next page.
    """

    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return settings.MESSAGES_COOKIE_NAME

    def _update_cookie(self, encoded_data: str | None, response: HttpResponse) -> None:
        closed = safe(SALT).encrypt(encoded_data.encode()).decode() if encoded_data else encoded_data
        super()._update_cookie(closed, response)  # type: ignore[misc]  # the stubs do not know it

    def _decode(self, data: str | None) -> list[Message] | Any:
        try:
            opened = safe(SALT).decrypt(data.encode()).decode() if data else data
        except InvalidToken:
            self.used = True
            return None
        return super()._decode(opened)  # type: ignore[misc]  # likewise
