"""Rows below the header that are no records: notes, totals, rows that tell of the columns.

Each is told with its number, and none is lost.
"""

import re
from collections.abc import Collection, Sequence
from itertools import compress

from tablecheck.cells import PlainCells
from tablecheck.header import MARK, MARKED_TITLES
from tablecheck.table import LeftOut, Table
from tablecheck.vocabulary import Code

NOTE = re.compile(
    r"[※＊*].+|[（(【［\[〔]?(?:注|備考|出典|資料|参考|補足)[0-9０-９]*[)）】］\]〕：:　 ].*",
    re.DOTALL,
)
TOTAL = re.compile("合計|総計|総合計|累計|計")
# A total in words, with nothing beside it.
COUNTED = re.compile("(?:合計|総計|計)[：:　 ]?[0-9０-９,，]+(?:か所|カ所|ヶ所|箇所|件|施設|名|人|台)?")
FIGURE = re.compile(r"[-+△▲]?[0-9０-９][0-9０-９,，.．]*")
# A last row of one sentence and nothing else.
SENTENCE = 12
# Further from the end nobody writes notes.
MOST_NOTES = 30


def why(cells: Sequence[str]) -> Code | None:
    """Why this row, if it stands last, is no record."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(cells) < 2 or not filled:
        return None
    first, others = filled[0], filled[1:]
    if not others and (
        NOTE.fullmatch(first) or (len(cells) > 2 and len(first) > SENTENCE and first.endswith("。"))
    ):
        return Code.FOOTNOTE
    if not others and COUNTED.fullmatch(first):
        return Code.TOTAL
    total = TOTAL.fullmatch(re.sub(r"\s", "", first))
    if total and others and all(FIGURE.fullmatch(other) for other in others):
        return Code.TOTAL
    return None


def leave_out(table: Table, kept: Collection[int] = (), dropped: Collection[int] = ()) -> None:
    """Take from the table what stands last and is no record, unless somebody took it back (by Excel's number), and
    what somebody `dropped`.
    """
    outside = {at: code for at, code in _outside(table) if table.numbers[at] not in kept}
    if dropped:
        outside |= {at: Code.DROPPED for at, number in enumerate(table.numbers) if number in dropped}
    if not outside:
        return
    records = [at not in outside for at in range(len(table))]
    cells = {at: [column[at] for column in table.columns] for at in outside}
    table.left_out += [
        LeftOut(table.numbers[at], code.word, " ".join(filter(None, cells[at])))
        for at, code in sorted(outside.items())
    ]
    table.numbers = list(compress(table.numbers, records))
    table.columns = [PlainCells(compress(column, records)) for column in table.columns]


def _outside(table: Table) -> list[tuple[int, Code]]:
    found: list[tuple[int, Code]] = []
    if table.header and table.header[0].startswith(MARKED_TITLES):
        first = list(table.columns[0])[:MOST_NOTES]
        found += [(at, Code.COLUMN_NOTES) for at, cell in enumerate(first) if cell.startswith(MARK)]
    for at in range(len(table) - 1, max(len(table) - MOST_NOTES, 0), -1):
        code = why([column[at] for column in table.columns])
        if code is None:
            break
        found.append((at, code))
    return found
