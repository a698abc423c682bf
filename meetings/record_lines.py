"""Lines as they stand in a memo, read with their marks: what was typed at once, or pasted from Word or an email.

Pure reading. A mark that the house has several signs for becomes the one of the report; what is no mark stays in
the words.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from meetings.states import Point

# In one press, so that it can be taken back in one.
MOST_LINES = 300
LONGEST_LINE = 2000
# What stands around words and is none of them: all blanks, and what a file begins with.
AROUND = " \t\u3000\u00a0\u2009\u200b\ufeff"
# A sign that is doubled, or beside another (○○課, ○×), stands for words and marks no line. The last two are
# how Word's own bullets arrive as text.
CIRCLES = re.compile(r"(?:[○〇◯●◎◉⚪⭕](?![○〇◯●◎×△])\ufe0f?|[◆◇■□▶►➢][ \t\u3000]*|o\t|\uf0b7)")
ARROWS = re.compile(r"(?:[→⇒➡➔➜⇨⟶↳↪]\ufe0f?|[-=−－ー＝‐―][>＞]|\uf0e0|à\t)")
DOTS = re.compile(r"(?:[・･•‣▪∙](?![・･])|[·§ü\uf0a7][ \t]+|[-−－*＊‐–][ \t\u3000]+)")
TOO_MANY = _(
    "一度に追加できるのは%(most)s行までです（%(count)s行あります）。まだ何も保存していません。何回かに分けて追加してください。"
)
TOO_LONG = _(
    "1行は%(most)s文字までです。%(number)s行目は%(length)s文字あります。まだ何も保存していません。行を分けてください。"
)


class TypedRow(NamedTuple):
    point: str
    text: str
    # The key of the membership of who said it.
    speaker: int | None = None


def rows_of(typed: str, point: str) -> list[TypedRow]:
    """A row for each line. Where no line has a mark, all have the one that was chosen; beside marked ones, none.

    ・ is a ○ where nobody wrote ○; below ○ it is a part of it, and stands as it was written.
    """
    found = [_read(line) for line in typed.splitlines() if line.strip(AROUND)]
    signs = {sign for sign, _text in found}
    dot = Point.PLAIN if Point.POINT in signs else Point.POINT
    rows: list[TypedRow] = []
    waiting = ""
    for sign, text in found:
        if not text:
            # The words of a mark that stands alone follow on the next line.
            waiting = sign
            continue
        mark = sign or waiting
        waiting = ""
        if mark == DOT:
            rows.append(TypedRow(dot, text if dot == Point.POINT else f"・{text}"))
        else:
            rows.append(TypedRow(mark or (Point.PLAIN if signs - {""} else point), text))
    return rows


DOT = "dot"
MARKS = ((CIRCLES, Point.POINT.value), (ARROWS, Point.REPLY.value), (DOTS, DOT))


def _read(line: str) -> tuple[str, str]:
    """Its mark, if it begins with one, and its words."""
    line = line.strip(AROUND)
    for pattern, sign in MARKS:
        if found := pattern.match(line):
            return sign, line[found.end() :].strip(AROUND)
    return "", line
