"""From an email to the bytes that leave."""

import re
from contextlib import suppress
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, localtime, parseaddr
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from foundation.mail import bundles
from foundation.mail.addresses import is_irregular, on_its_way
from foundation.mail.models import Email

PLACEHOLDER = re.compile(r"\[\[([a-z-]+):(\d{1,18})\]\]")
METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
CALENDAR_NAME = "meeting.ics"
# A line with an encoded word, its name or its leading blank included (RFC 2047, 2).
LONGEST_LINE = 76
FOLD = "\r\n"
# A name that nobody owns or ever will (RFC 2606), where the portal has none of its own.
NO_NAME = "dxbukai.invalid"


def compose(email: Email, *, encoding: str) -> EmailMessage:
    """Plain UTF-8 text. A header cannot be smuggled in: what has a line break is none."""
    message = EmailMessage(policy=SMTP)
    told = [email, *bundles.companions(email)]
    message.set_raw("Subject", header("Subject", bundles.subject(told)))
    message.set_raw("From", sender(email))
    if email.reply_to:
        message["Reply-To"] = Address(addr_spec=on_its_way(email.reply_to))
    if is_irregular(email.to_address):
        # As it is: the library would take the quotation marks off again.
        message.set_raw("To", on_its_way(email.to_address))
    else:
        message["To"] = Address(addr_spec=on_its_way(email.to_address))
    message["Date"] = localtime()
    message["Message-ID"] = message_id(email)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(fill(bundles.body(told), email.to), cte=encoding)
    for number, calendar in enumerate(filter(None, (one.calendar for one in told)), start=1):
        attach_calendar(message, calendar, CALENDAR_NAME if number == 1 else f"meeting-{number}.ics")
    return message


def attach_calendar(message: EmailMessage, calendar: str, name: str = CALENDAR_NAME) -> None:
    """As every calendar takes it (RFC 6047): its method stands in the header too."""
    told = METHOD.search(calendar)
    assert told, "every iCalendar object that is sent says what it is for"
    message.add_attachment(
        calendar.encode(),
        maintype="text",
        subtype="calendar",
        filename=name,
        params={"charset": "utf-8", "method": told[1]},
    )


def header(name: str, text: str) -> str:
    """Folded by the library's older class: the newer one makes lines of 77 octets and splits names at commas."""
    if is_plain(text) and len(f"{name}: {text}") <= LONGEST_LINE:
        return text
    return encoded(name, text)


def encoded(name: str, text: str) -> str:
    if text.splitlines() != [text]:
        raise ValueError("a header holds no linefeed")
    return Header(text, "utf-8", maxlinelen=LONGEST_LINE, header_name=name).encode(linesep=FOLD)


def is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "=?" not in text and text == text.strip()


def sender(email: Email) -> str:
    """One address for all, by which mail servers know us; the name says whose letter it is."""
    system, address = system_sender()
    name = email.from_name or system
    quoted = formataddr((name, address)) if is_plain(name) else ""
    if not name or (quoted and len(f"From: {quoted}") <= LONGEST_LINE):
        return quoted
    words, bracketed = encoded("From", name), f"<{address}>"
    fits = len(f"From: {words.rpartition(FOLD)[2]} {bracketed}") <= LONGEST_LINE
    return f"{words}{'' if fits else FOLD} {bracketed}"


def system_sender() -> tuple[str, str]:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name, on_its_way(address)


def message_id(email: Email) -> str:
    """Always the same for the same email: a mailbox that gets it twice after all can show it once."""
    return f"<{name_of(email)}@{house()}>"


def house() -> str:
    """Where the portal lives, by name: a bare number is no domain, and looks like what swindlers send."""
    host = urlsplit(settings.SITE_URL).hostname or NO_NAME
    with suppress(ValueError):
        ip_address(host)
        return NO_NAME
    return host.encode("idna").decode()


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
