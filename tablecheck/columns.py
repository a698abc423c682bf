"""A whole column at once: what keeps a hundred thousand rows within half a second.

A value is judged once, however often it stands in the column; and a column is first read as one text by a
pattern of what is clean. What stops the pattern is a suspect, and only suspects are examined one by one.
"""

import re
from collections.abc import Iterator
from functools import cache

from tablecheck.cells import END, LONGEST, Cells
from tablecheck.rules import Rule
from tablecheck.rules.losses import MAY_BE_LOST, examine_loss
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

TOO_LONG = Problem(
    Code.CELL_TOO_LONG,
    f"Excelのセルに入る{LONGEST:,}文字に達しているため、それより後は読み込んでいません。"
    "元のファイルで、内容を分けるか短くしてください。",
)


# Of what is left of such a value nothing can be said.
NOTHING_LEFT = {Code.EXCEL_ERROR, Code.GARBLED}
# Nobody sees it, and every programme takes it for a value.
BLANK = Problem(Code.SPACES, "空白だけが入っています。", "")


@cache
def _run(clean: str) -> re.Pattern[str]:
    """Many clean values that follow each other; not all at once, so that little is kept for going back.

    Possessive (`*+`) would keep nothing, but runs for ever or crashes in the re of Python 3.11.2, Debian 12's.
    """
    return re.compile(f"(?:(?:{clean}){END}){{0,1000}}")


def suspects(text: str, clean: str) -> Iterator[str]:
    """The values of a column's text that the pattern does not vouch for."""
    run, at = _run(clean), 0
    while at < len(text):
        stopped = run.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if stopped == at:
            stopped = text.index(END, at) + 1
            yield text[at : stopped - 1]
        at = stopped


def _judged(value: str, rule: Rule, field: Field) -> list[Problem]:
    """What is wrong with a value of this kind, after what is wrong with it whatever it should be."""
    if value.isspace():
        return [BLANK]
    lost = list(examine_loss(value)) if MAY_BE_LOST.search(value) else []
    if any(problem.code in NOTHING_LEFT for problem in lost):
        return lost
    found = list(rule.examine(value, field))
    return [*found, *(problem for problem in lost if problem not in found)]


def problems(cells: Cells, rule: Rule, field: Field) -> dict[str, list[Problem]]:
    """Value → what is wrong with it, for those with something wrong. The empty value is another rule's."""
    text, too_long = cells.text(), set[str]()
    if cells.longest >= LONGEST:
        too_long = {value for value in text.split(END) if len(value) >= LONGEST}
        text = "".join(f"{value}{END}" for value in text.split(END)[:-1] if value not in too_long)
    examined = ((value, _judged(value, rule, field)) for value in suspects(text, rule.clean))
    return {value: found for value, found in examined if found} | {value: [TOO_LONG] for value in too_long}
