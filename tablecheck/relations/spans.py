"""Two columns that begin and end the same: what ends before it begins."""

import re
from collections.abc import Iterator

from tablecheck.relations.sight import Sight
from tablecheck.rules import dates
from tablecheck.standards.matching import Match
from tablecheck.vocabulary import Code, Problem, Spot

CLEAN = {"date": dates.CLEAN_DATE, "time": dates.CLEAN_TIME}


def spans(sight: Sight) -> None:
    """Of what can be compared. A bar that closes after midnight is told as well: a person looks."""
    for begin, end, kind in _pairs(sight):
        firsts, lasts = sight.cells(begin.column), sight.cells(end.column)
        fits = re.compile(CLEAN[kind]).fullmatch
        for at, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            if first > last and last and fits(first) and fits(last):
                before = f"{begin.column.letter}列（{begin.column.header}）の「{first}」より前です。"
                text = f"{before}どちらが正しいか確認してください。"
                sight.found[end.column.index].append(Spot(at, last, Problem(Code.ENDS_BEFORE, text)))


def _pairs(sight: Sight) -> Iterator[tuple[Match, Match, str]]:
    """利用開始時間 and 利用終了時間."""
    titled = {match.column.header: match for match in sight.matches if match.meant}
    for title, begin in titled.items():
        end = titled.get(title.replace("開始", "終了"))
        kind = begin.meant.kind if begin.meant else ""
        if end and end is not begin and end.meant and kind in CLEAN and end.meant.kind == kind:
            yield begin, end, kind
