"""The sentences of a style with their merge fields, 「第{回}回の会議を開催した。」: filled from the rows."""

import re
from collections.abc import Collection, Mapping

from reports.formats.blocks import Span, SpanOrigin, generated
from reports.formats.sentences import Spans

FIELD = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
BRACE = re.compile(r"[{}｛｝]")


def fields_of(words: str) -> set[str]:
    return {name.strip() for name in FIELD.findall(words)}


def fill(words: str, values: Mapping[str, Spans]) -> Spans:
    """The words of the style are generated, as are those of the rows; what a person typed stays theirs."""
    spans: list[Span] = []
    for place, piece in enumerate(FIELD.split(words)):
        spans.extend(values[piece.strip()] if place % 2 else (generated(piece),))
    return _joined(spans)


def objection(words: str, known: Collection[str]) -> str:
    """Why these words cannot be filled; empty where they can."""
    if BRACE.search(FIELD.sub("", words)):
        return "「{」と「}」は、「{回}」のように組にして使ってください。"
    unknown = sorted(fields_of(words) - set(known))
    if unknown:
        listed, usable = "".join(f"「{{{name}}}」" for name in unknown), "".join(f"{{{name}}}" for name in known)
        return f"{listed}は差し込める項目ではありません。ここで使えるのは {usable} です。"
    return ""


def _joined(spans: list[Span]) -> Spans:
    """Generated words that meet are one span."""
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and joined[-1].origin == span.origin == SpanOrigin.GENERATED:
            joined[-1] = generated(joined[-1].text + span.text)
        else:
            joined.append(span)
    return tuple(joined)
