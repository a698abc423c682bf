"""Problems become findings: the cell as Excel names it, and the sentence that is read there."""

from tablecheck.table import Column
from tablecheck.vocabulary import Code, Finding, Problem

LONGEST_QUOTE = 40


def at(row: int, column: Column, field: str | None, value: str, problem: Problem) -> Finding:
    """F3セル（緯度）「３６．１４６」：全角の数字です。「36.146」に修正します。"""
    code, _text, repair = problem
    cell = f"{column.letter}{row}"
    return Finding(
        row, column.index, cell, field, code.word, code.level, message(cell, column, value, problem), value, repair
    )


def message(cell: str, column: Column, value: str, problem: Problem) -> str:
    code, text, repair = problem
    name = f"（{column.header}）" if column.header else ""
    quoted = f"「{value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + '…'}」" if value else ""
    return f"{cell}セル{name}{quoted}：{text}{remedy(code, repair)}"


def remedy(code: Code, repair: str | None) -> str:
    if repair is None:
        return ""
    instead = (
        f"「{repair if len(repair) <= LONGEST_QUOTE else repair[:LONGEST_QUOTE] + '…'}」" if repair else "空欄"
    )
    return f"{instead}に修正します。" if code.repairs_by_default else f"{instead}に修正できます。"
