"""What a spreadsheet takes for a formula: asked of what comes in, and of what goes out."""

import re

# Nobody sees them, and some programs step over them.
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
SIGN = re.compile("[=＝+＋@＠－-]")
# A sign before a number is one of the number; before a word or a bracket it is the beginning of a sum.
SUM = re.compile("[=＝@＠]|[+＋－-](?![0-9０-９.．]*$)(?=[A-Za-z0-9０-９(（])")


def has_sign(text: str) -> bool:
    """Whether it begins with a sign of a formula, also behind what nobody sees: what we write out is made text."""
    return text.startswith(("\t", "\r", "\0")) or bool(SIGN.match(seen(text)))


def safe(cell: str) -> str:
    """Excel computes what begins like a formula; an apostrophe makes it text again."""
    return f"'{cell}" if has_sign(cell) else cell


def would_compute(text: str) -> bool:
    """Whether it would come out as something else than it is; a negative number stays one."""
    return bool(SUM.match(seen(text)))


def seen(text: str) -> str:
    start = UNSEEN.match(text)
    return text[start.end() :] if start else text
