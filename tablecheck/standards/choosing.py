"""Which standard a file follows: the one rule for the upload page, the command and the bench."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from tablecheck.standards.shelf import editions_of, internal, kinds, load, shipped
from tablecheck.standards.spelling import plain
from tablecheck.standards.standard import Standard

# A file is taken to follow a standard when most of its columns do, and those of no other list nearly as well.
RECOGNISED = 0.6
CLEARLY = 0.03
FEWEST_DISTINCTIVE = 2
FEW_LISTS = 3
# So many titles more speak for another edition than the one that was named.
TITLES_MORE = 2


def choose(wanted: Standard | str | None, header: Sequence[str], file_name: str = "") -> Standard | None:
    """None asks for the kind of data to be recognised, a name says it, the empty name says that there is none.

    Which edition of a kind it is the columns tell: nobody should have to know. A Standard is taken as it is.
    """
    if isinstance(wanted, Standard):
        return wanted
    if wanted == "":
        return None
    kind = recognise(header, file_name) if wanted is None else load(wanted)
    return edition_of(kind, header) if kind else None


def edition_of(named: Standard, header: Sequence[str]) -> Standard:
    """The edition that was named, unless the titles are plainly another's."""
    return max(
        editions_of(named),
        key=lambda edition: len(edition.titles.intersection(header)) + TITLES_MORE * (edition is named),
    )


def recognise(header: Sequence[str], file_name: str = "") -> Standard | None:
    """The kind of data whose columns these are, if it is clear; where two fit alike, a person is to be asked."""
    found = alike(header, file_name)
    return found[0] if len(found) == 1 else None


def alike(header: Sequence[str], file_name: str = "") -> list[Standard]:
    """The kinds of data that these columns fit, the likeliest first, and all that fit it nearly as well.

    One fits if most of the columns are its own; the file's name decides between equals.
    """
    written = {plain(text) for text in header if text}
    scores = [max(_likeness(edition, header, written, file_name) for edition in editions) for editions in kinds()]
    best = max(scores, default=0)
    near = [(score, at) for at, score in enumerate(scores) if score >= RECOGNISED and best - score < CLEARLY]
    return [kinds()[at][0] for _score, at in sorted(near, reverse=True)]


def _likeness(standard: Standard, header: Sequence[str], written: set[str], file_name: str) -> float:
    known = written & standard.spellings.keys()
    if sum(spelling in distinctive() for spelling in known) < FEWEST_DISTINCTIVE:
        return 0
    own = len({standard.spellings[spelling][0].name for spelling in known})
    exact = len(standard.titles.intersection(header))
    share = 0.7 * own / len(written) + 0.3 * own / len(standard.fields) + 0.2 * exact / len(written)
    named = bool(standard.file_slug) and standard.file_slug in file_name.lower()
    return share + 0.1 * named


@cache
def known_titles() -> frozenset[str]:
    """Every spelling of every standard: the row that holds some of them is the header."""
    return frozenset(spelling for standard in (*shipped(), *internal()) for spelling in standard.spellings)


@cache
def distinctive() -> frozenset[str]:
    """Spellings that belong to few kinds of list: 名称 and 緯度 stand in all of them and tell nothing."""
    of_kinds = ({spelling for edition in editions for spelling in edition.spellings} for editions in kinds())
    lists = Counter(spelling for spellings in of_kinds for spelling in spellings)
    return frozenset(spelling for spelling, times in lists.items() if times <= FEW_LISTS)
