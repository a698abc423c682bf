"""From an email to the bytes that leave."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from foundation.mail.addresses import is_irregular, on_its_way
from foundation.mail.models import Email

PLACEHOLDER = re.compile(r"\[\[([a-z-]+):(\d{1,18})\]\]")


def compose(email: Email, *, encoding: str) -> EmailMessage:
    """Plain UTF-8 text. A header cannot be smuggled in: this class refuses line breaks in one."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = email.subject
    message["From"] = sender()
    if is_irregular(email.to_address):
        # As it is: the library would take the quotation marks off again.
        message.set_raw("To", on_its_way(email.to_address))
    else:
        message["To"] = Address(addr_spec=on_its_way(email.to_address))
    message["Date"] = localtime()
    message["Message-ID"] = message_id(email)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(fill(email.body, email.to), cte=encoding)
    return message


def sender() -> Address:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Address(display_name=name, addr_spec=on_its_way(address))


def message_id(email: Email) -> str:
    """Always the same for the same email: a mailbox that gets it twice after all can show it once."""
    return f"<{name_of(email)}@{urlsplit(settings.SITE_URL).hostname}>"


def name_of(email: Email) -> str:
    return f"{email.pk:08}-{salted_hmac('foundation.mail', email.job.key, algorithm='sha256').hexdigest()[:16]}"


def fill(text: str, reader: Any) -> str:
    """What is secret comes in only now, and only the reader's own.

    The same signs may have been typed by anybody into any field that an email tells of: they stay signs.
    """
    return PLACEHOLDER.sub(lambda found: secret(found[1], int(found[2]), reader) or found[0], text)


def secret(kind: str, pk: int, reader: Any) -> str | None:
    filler = settings.OUTBOX_FILLERS.get(kind)
    return import_string(filler)(pk, reader) if filler else None
