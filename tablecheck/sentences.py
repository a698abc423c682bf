"""Problems become findings: the cell as Excel names it, and the sentence that is read there."""

from tablecheck.table import Column
from tablecheck.vocabulary import Code, Finding, Problem

LONGEST_QUOTE = 40


def at(row: int, column: Column, field: str | None, value: str, problem: Problem) -> Finding:
    """F3セル（緯度）「３６．１４６」：全角の数字です。「36.146」に修正します。"""
    code, _text, repair, level = problem
    cell = f"{column.letter}{row}" if row else f"{column.letter}列"
    return Finding(
        row,
        column.index,
        cell,
        field,
        code.word,
        level or code.level,
        message(cell, column, value, problem),
        value,
        repair,
    )


def message(cell: str, column: Column, value: str, problem: Problem) -> str:
    code, text, repair, _level = problem
    name = f"（{column.header}）" if column.header else ""
    quoted = f"「{shortened(value)}」" if value else ""
    place = f"{cell}セル" if cell[-1].isdigit() else cell
    return f"{place}{name}{quoted}：{text}{remedy(code, repair)}"


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def remedy(code: Code, repair: str | None) -> str:
    if repair is None:
        return ""
    instead = f"「{shortened(repair)}」" if repair else "空欄"
    return f"{instead}に修正します。" if code.repairs_by_default else f"{instead}に修正できます。"
