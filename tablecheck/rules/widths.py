"""Full and half width, hyphens and blanks: what people type without seeing it.

Only for columns whose type leaves no doubt: in a name or a sentence ①, ㈱ and ～ mean what they are.
"""

import re
import unicodedata

from tablecheck.vocabulary import Code, Problem

HYPHENS = re.compile("[‐‑‒–—―−－ーｰ]")
FULLWIDTH_FIGURES = re.compile("[０-９．，－＋]+")


def narrow(value: str) -> str:
    """Half width, plain hyphens, no blanks around."""
    return HYPHENS.sub("-", unicodedata.normalize("NFKC", value)).strip()


def written_otherwise(value: str) -> Problem:
    """The finding for a value that is right but for its width, its hyphens or its blanks."""
    better = narrow(value)
    if value.strip() == better:
        return Problem(Code.SPACES, "前後に空白があります。", better)
    if FULLWIDTH_FIGURES.fullmatch(value.strip()):
        return Problem(Code.FULLWIDTH, "全角の数字です。", better)
    if HYPHENS.sub("-", value).strip() == better:
        return Problem(Code.HYPHEN, "ハイフンではない横線が使われています。", better)
    return Problem(Code.FULLWIDTH, "全角の文字が使われています。", better)
