"""What the rows of a list of people tell together: a header in between, no name, two of one name."""

import unicodedata
from collections.abc import Iterator

import jaconv

from tablecheck.relations.sight import Sight
from tablecheck.standards import plain
from tablecheck.table import Column
from tablecheck.vocabulary import Code, Problem, Spot

AGAIN = Problem(Code.HEADER_AGAIN, "見出しと同じ行です。名簿の1名としては読み込みません。")
NAMELESS = Problem(Code.NAME_MISSING, "氏名がありません。この行は取り込めません。")


def people(sight: Sight) -> None:
    named = [match.column for match in sight.matches if match.field and match.field.kind == "person_name"]
    if not named:
        return
    read = [match.column for match in sight.matches if match.field and match.field.kind == "reading"]
    headers = set(headers_again(sight))
    for column, spots in sight.found.items():
        sight.found[column] = [spot for spot in spots if spot.position not in headers]
    for at in sorted(headers):
        _tell(sight, named[0], at, AGAIN)
    names = _joined(sight, named)
    readings = _joined(sight, read) if read else [""] * len(names)
    first: dict[tuple[str, str], int] = {}
    for at, name in enumerate(names):
        if at in headers:
            continue
        if not name:
            _tell(sight, named[0], at, NAMELESS)
            continue
        before = first.setdefault((name, jaconv.kata2hira(unicodedata.normalize("NFKC", readings[at]))), at)
        if before != at:
            number = sight.table.numbers[before]
            _tell(sight, named[0], at, Problem(Code.SAME_PERSON, f"{number}行目と氏名・ふりがなが同じです。"))


def headers_again(sight: Sight) -> Iterator[int]:
    """Rows in which two cells or more are the titles of their columns: printed lists repeat them on each page."""
    titles = [plain(title) for title in sight.table.header]
    for at, (_number, cells) in enumerate(sight.table.rows()):
        same = sum(bool(title) and plain(cell) == title for title, cell in zip(titles, cells, strict=True))
        if same >= min(2, len(list(filter(None, titles)))):
            yield at


def _joined(sight: Sight, columns: list[Column]) -> list[str]:
    """What these columns hold together, row by row, without blanks."""
    cells = zip(*(sight.cells(column) for column in columns), strict=True)
    return ["".join(unicodedata.normalize("NFC", "".join(row)).split()) for row in cells]


def _tell(sight: Sight, column: Column, at: int, problem: Problem) -> None:
    sight.found[column.index].append(Spot(at, sight.cells(column)[at], problem))
