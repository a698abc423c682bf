"""What was said, as the tools write it down: WebVTT and SRT, the texts of Zoom and Teams, and of tools for 議事録.

Pure reading: a text becomes lines with time and speaker. What one person says in a row is one line, up to a length
that one can take in. Nothing is stored here.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Four hours of talk are some 80,000 characters.
MOST_CHARACTERS, MOST_UTTERANCES, MOST_SPEAKERS = 300_000, 3000, 60
LONGEST_SPEAKER, LONGEST_UTTERANCE = 40, 400
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
# 0:0:3.450 --> 0:0:6.120, also as Teams writes it.
CUE = re.compile(rf"({CLOCK})\s*-->\s*{CLOCK}.*")
OF_A_CUE = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{20,}(?:/\d+-\d+)?")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,200})>")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]*>")
NAME = rf"[^\s:：。、！？!?,<>→○・\d][^:：。、！？!?,<>]{{0,{LONGEST_SPEAKER - 1}}}?"
# A line that says who, and when, and no more.
HEADS = [
    re.compile(rf"[\[［【](?P<who>{NAME})[\]］】]\s*(?P<at>{CLOCK})?"),
    re.compile(rf"(?P<who>{NAME})[\s（(\[［]+(?P<at>{CLOCK})[）)\]］]?"),
    re.compile(rf"[（(\[［]?(?P<at>{CLOCK})[）)\]］]?\s+(?P<who>{NAME})[:：]?"),
]
# Who, perhaps when, and the words behind it.
INLINE = [
    re.compile(rf"(?:[（(\[［]?(?P<at>{CLOCK})[）)\]］]?\s*)?(?P<who>{NAME})\s*[:：]\s*(?P<said>.+)"),
    re.compile(rf"(?:[（(\[［]?(?P<at>{CLOCK})[）)\]］]?\s*)?[【［\[](?P<who>{NAME})[】］\]]\s*(?P<said>.+)"),
    re.compile(rf"[○〇◯](?P<who>{NAME})[ \u3000]+(?P<said>.+)"),
    re.compile(rf"[（(\[［]?(?P<at>{CLOCK})[）)\]］]?\s+(?P<said>.+)"),
]
# Behind a family name, as tools and minutes have it.
HONORIFICS = re.compile(
    r"(?:部会長|副部会長|副会長|会長|副委員長|委員長|委員|座長|議長|部長|次長|課長|係長|参事|主幹|主査|主任|主事|先生|さん|様|氏)+$"
)
BLOCKS_OF_VTT = ("WEBVTT", "NOTE", "STYLE", "REGION")
NOTHING_READ = _(
    "文字起こしの発言を読み取れませんでした。何も保存していません。"
    "ファイルを開いて、発言の文字があるか確認してください。"
)
TOO_LONG = _(
    "文字起こしが長すぎます（%(count)s文字）。一度に読み取れるのは%(most)s文字（約4時間の会議2回分）までです。"
    "何も保存していません。前半と後半に分けてください。"
)
TOO_MANY = _(
    "発言が%(count)s件あります。一度に読み取れるのは%(most)s件までです。何も保存していません。前半と後半に分けてください。"
)


@dataclass
class Utterance:
    """When, who, and what; time and speaker are empty where the text has none."""

    at: str
    who: str
    said: str


def utterances(text: str) -> list[Utterance]:
    """Raises ValidationError in words where there are none, or too many."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(TOO_LONG % {"count": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"})
    found = list(_together(_pieces(text)))
    if not found:
        raise ValidationError(NOTHING_READ)
    if len(found) > MOST_UTTERANCES:
        raise ValidationError(TOO_MANY % {"count": f"{len(found):,}", "most": f"{MOST_UTTERANCES:,}"})
    return found


def speakers(found: Sequence[Utterance]) -> list[str]:
    """In the order in which they spoke first."""
    return list(dict.fromkeys(each.who for each in found if each.who))


def carried(found: Sequence[Utterance]) -> str:
    """As it travels with its page."""
    return json.dumps([[each.at, each.who, each.said] for each in found], ensure_ascii=False)


def brought_back(text: str) -> list[Utterance]:
    """Raises ValueError on anything that no page of ours carried."""
    rows = json.loads(text)
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_UTTERANCES:
        raise ValueError("no transcript")
    found = [Utterance(*row) for row in rows if isinstance(row, list) and len(row) == 3]
    if len(found) != len(rows) or not all(isinstance(part, str) for row in rows for part in row):
        raise ValueError("no transcript")
    return found


def _pieces(text: str) -> Iterator[Utterance]:
    """Line by line; a line that names nobody goes on with what the one before said."""
    at = who = ""
    skips = after_cue = False
    for raw in text.splitlines():
        line = raw.strip(" \t\u3000\ufeff")
        if not line:
            skips = False
            continue
        if line.startswith(BLOCKS_OF_VTT):
            skips = True
        if skips or OF_A_CUE.fullmatch(line):
            continue
        if cue := CUE.fullmatch(line):
            at, who, after_cue = _short(cue[1]), "", True
            continue
        if voice := VOICE.search(line):
            who, line = voice[1].strip(), VOICE.sub("", line)
        line = html.unescape(TAG.sub("", line)).strip()
        if not after_cue and (head := _first(HEADS, line)):
            who, at = _name(head["who"]), _short(head["at"] or "") or at
            continue
        if not voice and (inline := _first(INLINE, line)):
            parts = inline.groupdict()
            who = _name(parts["who"]) if parts.get("who") else who
            at, line = _short(parts.get("at") or "") or at, parts["said"].strip()
        after_cue = False
        if line:
            yield Utterance(at, who, line)


def _first(patterns: Sequence["re.Pattern[str]"], line: str) -> "re.Match[str] | None":
    return next((found for pattern in patterns if (found := pattern.fullmatch(line))), None)


def _name(who: str) -> str:
    return " ".join(who.split())


def _short(at: str) -> str:
    """00:01:02.500 → 1:02"""
    if not at:
        return ""
    *hours, minutes, seconds = (int(part) for part in re.split("[.,]", at)[0].split(":"))
    hour = hours[0] if hours else 0
    return f"{hour}:{minutes:02}:{seconds:02}" if hour else f"{minutes}:{seconds:02}"


def _together(pieces: Iterator[Utterance]) -> Iterator[Utterance]:
    """What one person says in a row."""
    last: Utterance | None = None
    for piece in pieces:
        for said in _cut(piece.said):
            if last and last.who == piece.who and len(last.said) + len(said) <= LONGEST_UTTERANCE:
                last.said += _joint(last.said, said) + said
                continue
            if last:
                yield last
            last = Utterance(piece.at, piece.who, said)
    if last:
        yield last


def _joint(before: str, after: str) -> str:
    """Between words of the West a blank, in Japanese nothing."""
    return " " if before[-1].isascii() and after[0].isascii() else ""


def _cut(said: str) -> Iterator[str]:
    """A paragraph without an end, at its sentences where it has some."""
    while len(said) > LONGEST_UTTERANCE:
        end = said.rfind("。", 0, LONGEST_UTTERANCE) + 1 or LONGEST_UTTERANCE
        yield said[:end]
        said = said[end:]
    yield said
