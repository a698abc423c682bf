"""Problems become findings: the cell as Excel names it, and the sentence that is read there."""

from collections.abc import Iterable, Iterator, Sequence

from tablecheck.table import Column
from tablecheck.vocabulary import Code, Finding, Problem, Spot

LONGEST_QUOTE = 40


def at(row: int, column: Column, field: str | None, value: str, problem: Problem) -> Finding:
    """F3セル（緯度）「３６．１４６」：全角の数字です。「36.146」に修正します。"""
    code, text, repair, level = problem
    cell = f"{column.letter}{row}" if row else f"{column.letter}列"
    place = f"{cell}セル" if row else cell
    message = f"{place}{_named(column)}{_quoted(value)}：{text}{remedy(code, repair)}"
    return Finding(row, column.index, cell, field, code.word, level or code.level, message, value, repair)


def of_column(column: Column, numbers: Sequence[int], spots: Iterable[Spot]) -> Iterator[Finding]:
    """The same of many cells below one title."""
    letter, name, index, field = column.letter, _named(column), column.index, column.field
    for position, value, (code, text, repair, level) in spots:
        row = numbers[position]
        cell = f"{letter}{row}"
        message = f"{cell}セル{name}{_quoted(value)}：{text}{remedy(code, repair)}"
        yield Finding(row, index, cell, field, code.word, level or code.level, message, value, repair)


def _named(column: Column) -> str:
    return f"（{column.header}）" if column.header else ""


def _quoted(value: str) -> str:
    return f"「{shortened(value)}」" if value else ""


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def remedy(code: Code, repair: str | None) -> str:
    if repair is None:
        return ""
    instead = f"「{shortened(repair)}」" if repair else "空欄"
    return f"{instead}に修正します。" if code.repairs_by_default else f"{instead}に修正できます。"
