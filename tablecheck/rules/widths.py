"""Full and half width, hyphens and blanks: what people type without seeing it.

Only for columns whose type leaves no doubt: in a name or a sentence ①, ㈱ and ～ mean what they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from tablecheck.vocabulary import Code, Problem

HYPHENS = re.compile("[‐‑‒–—―−－ーｰ]")
FULLWIDTH_FIGURES = re.compile("[０-９．，－＋]+")


def narrow(value: str) -> str:
    """Half width, plain hyphens, no blanks around."""
    return HYPHENS.sub("-", unicodedata.normalize("NFKC", value)).strip()


def written_otherwise(value: str, fits: Callable[[str], object]) -> Iterator[Problem]:
    """The finding for a value that is right but for its width, its hyphens or its blanks."""
    better = narrow(value)
    if better == value or not fits(better):
        return
    if value.strip() == better:
        yield Problem(Code.SPACES, "前後に空白があります。", better)
    elif FULLWIDTH_FIGURES.fullmatch(value.strip()):
        yield Problem(Code.FULLWIDTH, "全角の数字です。", better)
    elif HYPHENS.sub("-", value).strip() == better:
        yield Problem(Code.HYPHEN, "ハイフンではない横線が使われています。", better)
    else:
        yield Problem(Code.FULLWIDTH, "全角の文字が使われています。", better)
