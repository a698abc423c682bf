"""What a mail server says of a letter, as it stands in the report that it sends afterwards (RFC 3464).

Anybody may write to the address to which reports come. So only the beginning of a message is looked at, nothing in
it is trusted but a signed address, and what cannot be read is a report about nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.message import Message
from typing import BinaryIO

from foundation.mail.states import BounceKind

# Of a message: a report's own words and figures stand before the letter that it encloses.
MOST_BYTES = 128 * 1024
MOST_LINES = 4000
# How a line ends that begins a message in an mbox; a letter that begins one with "From" has no moment there.
POSTED = re.compile(rb" \d\d:\d\d(?::\d\d)? [^\n]*\d{4}\s*\Z")
# Of a line without an end: so much is read at a time.
PIECE = 8192
# Parts and recipients of a report that are looked at, and characters that are kept of what a server said.
MOST_PARTS, MOST_RECIPIENTS, MOST_SAID, MOST_NAME = 50, 100, 400, 200
# Where an address is looked for: on the report's own envelope, and on that of the letter it encloses.
ENVELOPE = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Return-Path")
# The three figures of RFC 3463, and no part of a longer number.
PERMANENT = re.compile(r"(?<![\d.])5\.[0-7]\.\d{1,3}(?![\d.])")
PASSING = re.compile(r"(?<![\d.])4\.[0-7]\.\d{1,3}(?![\d.])")
# Whoever is on leave says so to this address too, and may name a day that looks like a status.
MAIL_SYSTEM = re.compile(r"\b(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon)\b", re.IGNORECASE)
JAPANESE = {
    "iso-2022-jp": "iso-2022-jp",
    "euc-jp": "euc-jp",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
}
UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError)


@dataclass(frozen=True)
class Bounce:
    """Of one message. `name` is the same however often and by whichever way it comes in."""

    kind: BounceKind = BounceKind.NOTHING
    said: str = ""
    name: str = ""
    addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Saying:
    kind: BounceKind
    said: str = ""


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The beginning of each message of an mbox, or of the one that is something else.

    `mailbox` would hold each of them whole, however long.
    """
    beginning, is_first, is_mbox = Beginning(), True, False
    while piece := stream.readline(PIECE):
        if piece.startswith(b"From ") and (is_first or (is_mbox and POSTED.search(piece))):
            is_mbox = True
            if beginning.pieces:
                yield bytes(beginning)
            beginning = Beginning()
        else:
            beginning.add(piece)
        is_first = False
    if beginning.pieces:
        yield bytes(beginning)


class Beginning:
    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.length = 0

    def add(self, piece: bytes) -> None:
        if len(self.pieces) < MOST_LINES and self.length < MOST_BYTES:
            self.pieces.append(piece)
            self.length += len(piece)

    def __bytes__(self) -> bytes:
        return b"".join(self.pieces)


def read(raw: bytes) -> Bounce:
    """Whatever comes in: a report that says nothing of a letter is one about nothing."""
    try:
        return _read(message_from_bytes(raw))
    except UNREADABLE:
        return Bounce()


def _read(message: Message) -> Bounce:
    parts = list(_parts(message))
    recipients = [one for part in parts for one in _recipients(part)][:MOST_RECIPIENTS]
    sayings = [_told(one) for one in recipients] or [_in_words(message, parts)]
    # Of several the worst: all of them stand for the one whom the letter was for.
    worst = min(sayings, key=lambda one: list(BounceKind).index(one.kind))
    name = clean(_value(message, "Message-ID") or _value(message, "Date"), MOST_NAME)
    return Bounce(worst.kind, clean(worst.said, MOST_SAID), name, list(_addresses(message, parts)))


def _parts(message: Message) -> Iterator[Message]:
    """But for what the enclosed letter consists of: its words are ours, not the server's."""
    waiting, left = [message], MOST_PARTS
    while waiting and left:
        part, left = waiting.pop(0), left - 1
        yield part
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting += _children(part)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


# Who did not get it


def _recipients(part: Message) -> list[Message]:
    """The blocks of a delivery-status that are about somebody; the first is about the server."""
    if part.get_content_type() != "message/delivery-status":
        return []
    return [block for block in _children(part) if block.get("Action") or block.get("Status")]


def _told(recipient: Message) -> Saying:
    """A server that has given up says failed, also where each of its tries was put off with a 4."""
    action, status = (_value(recipient, name).lower().partition(" ")[0] for name in ("Action", "Status"))
    address = _value(recipient, "Final-Recipient").rpartition(";")[2].strip()
    kind, _semicolon, said = _value(recipient, "Diagnostic-Code").partition(";")
    said = (said or kind).strip()
    # Most servers say the figures and the address in their sentence too.
    words = " ".join([*(one for one in (status, address) if one not in said), said]).strip()
    if action == "failed" or (not action and status.startswith("5.")):
        return Saying(BounceKind.FAILED, words)
    if action == "delayed" or (not action and status.startswith("4.")):
        return Saying(BounceKind.DELAYED, words)
    return Saying(BounceKind.NOTHING)


def _in_words(message: Message, parts: list[Message]) -> Saying:
    """Older servers tell it in sentences alone: the line with the three figures is what we know."""
    if not MAIL_SYSTEM.search(_value(message, "From")):
        return Saying(BounceKind.NOTHING)
    texts = [_text(part) for part in parts if part.get_content_maintype() == "text"]
    for status, kind in ((PERMANENT, BounceKind.FAILED), (PASSING, BounceKind.DELAYED)):
        lines = (line for text in texts for line in text.splitlines() if status.search(line))
        if (line := next(lines, None)) is not None:
            return Saying(kind, line)
    return Saying(BounceKind.NOTHING)


# Where it was sent from


def _addresses(message: Message, parts: list[Message]) -> Iterator[str]:
    letters = [message, *(letter for part in parts for letter in _enclosed(part))]
    yield from (str(value) for letter in letters for name in ENVELOPE for value in letter.get_all(name, []))


def _enclosed(part: Message) -> list[Message]:
    if part.get_content_type() == "text/rfc822-headers":
        return [message_from_string(_text(part))]
    return _children(part) if part.get_content_type() == "message/rfc822" else []


# Text


def _value(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()


def _text(part: Message) -> str:
    """By the codecs that Japanese mail is written in: others are nobody's, and some take very long."""
    payload = part.get_payload(decode=True)
    codec = JAPANESE.get(str(part.get_content_charset()), "utf-8")
    return payload.decode(codec, "replace") if isinstance(payload, bytes) else ""


def clean(text: str, longest: int) -> str:
    """One line that a row can hold and a page can show."""
    whole = text.encode("utf-8", "replace").decode()
    return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())[:longest]
