import logging
import re

from foundation.http import PERSONAL_PATH, RESET_PATH

# A signature is long; shorter things after /a/ open nothing.
TOKEN = re.compile(rf"{re.escape(PERSONAL_PATH)}[^/\s?\"']{{16,}}")
RESET = re.compile(rf"{re.escape(RESET_PATH)}(?!done/)[^/\s?\"']+")
# Eight capitals and figures, perhaps halved by a hyphen, with at least one of each: no date, no word.
CODE = re.compile(r"\b(?=[A-Z-]{0,8}\d)(?=[\d-]{0,8}[A-Z])[A-Z0-9]{4}-?[A-Z0-9]{4}\b")


class MaskTokens(logging.Filter):
    """Who reads a log must not be able to act as the people in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info:
            record.exc_text = mask(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True


def mask(text: str) -> str:
    text = RESET.sub(f"{RESET_PATH}********", TOKEN.sub(f"{PERSONAL_PATH}********", text))
    return CODE.sub("********", text)
