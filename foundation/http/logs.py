import json
import logging
import re
from datetime import UTC, datetime

from foundation.http import PERSONAL_PATH, RESET_PATH

# A signature is long; shorter things after /a/ open nothing.
TOKEN = re.compile(rf"{re.escape(PERSONAL_PATH)}[^/\s?\"']{{16,}}")
RESET = re.compile(rf"{re.escape(RESET_PATH)}(?!done/)[^/\s?\"']+")
# Eight capitals and figures, perhaps halved by a hyphen, with at least one of each: no date, no word.
CODE = re.compile(r"\b(?=[A-Z-]{0,8}\d)(?=[\d-]{0,8}[A-Z])[A-Z0-9]{4}-?[A-Z0-9]{4}\b")
# What a terminal or a reader of lines obeys; JSON itself writes the first of these as \\uXXXX.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class MaskTokens(logging.Filter):
    """Who reads a log must not be able to act as the people in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info:
            record.exc_text = mask(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True


class AsLine(logging.Formatter):
    """For who reads the journal by eye: a line, by the clock of the objects below; a trace stands indented."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [f"{moment(record)} {record.levelname} {record.name} {shown(record.getMessage())}"]
        if record.exc_info:
            lines += [f"    {shown(line)}" for line in trace(self, record).splitlines()]
        return "\n".join(lines)


class AsJson(logging.Formatter):
    """A record is one line that a machine takes apart, whatever was typed into it, and says when in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": moment(record),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["trace"] = trace(self, record)
        return shown(json.dumps(said, ensure_ascii=False))


def moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    assert record.exc_info, "asked of a record that has one"
    return record.exc_text or formatter.formatException(record.exc_info)


def shown(text: str) -> str:
    return UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def mask(text: str) -> str:
    text = RESET.sub(f"{RESET_PATH}********", TOKEN.sub(f"{PERSONAL_PATH}********", text))
    return CODE.sub("********", text)
