"""The standard data sets: which columns they have, and under which names people write them."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from tablecheck.vocabulary import Column, Unreadable

FOLDER = Path(__file__).resolve().parent / "definitions"
# A file is taken to follow a standard when most of its columns do, and those of no other list nearly as well.
RECOGNISED = 0.6
CLEARLY = 0.03
FEWEST_DISTINCTIVE = 2
FEW_LISTS = 3
CURRENT_EDITION = "自治体標準オープンデータセット"
SIMILAR = 0.84


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a standard, from a Table Schema with our `kind`, `level` and `column_required`."""

    name: str
    title: str
    kind: str
    required: bool = False
    unique: bool = False
    level: str = ""
    column_required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    description: str = ""
    example: str = ""

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Field":
        rules = kept.get("constraints", {})
        return cls(
            name=kept["name"],
            title=kept.get("title") or kept["name"],
            kind=_kind(kept, rules),
            required=bool(rules.get("required")),
            unique=bool(rules.get("unique")),
            level=kept.get("level", ""),
            column_required=bool(kept.get("column_required")),
            choices=tuple(str(choice) for choice in rules.get("enum", ())),
            pattern=_compilable(rules.get("pattern")),
            minimum=_number(rules.get("minimum")),
            maximum=_number(rules.get("maximum")),
            min_length=rules.get("minLength"),
            max_length=rules.get("maxLength"),
            description=kept.get("description", ""),
            example=str(kept.get("example", "")),
        )

    @property
    def must_exist(self) -> bool:
        return self.required or self.column_required or self.level == "必須"


@dataclass(frozen=True)
class Standard:
    name: str
    title: str
    edition: str = ""
    file_slug: str = ""
    confidence: str = ""
    fields: tuple[Field, ...] = ()
    sources: tuple[dict[str, str], ...] = field(default=(), hash=False)

    @classmethod
    def from_json(cls, kept: dict[str, Any], name: str = "") -> "Standard":
        keys = kept.get("primaryKey", [])
        unique = {keys} if isinstance(keys, str) else set(keys) if len(keys) == 1 else set()
        fields = [
            Field.from_json({**item, "constraints": {**item.get("constraints", {}), "unique": True}})
            if item["name"] in unique
            else Field.from_json(item)
            for item in kept["fields"]
        ]
        return cls(
            name=kept.get("name") or name,
            title=kept.get("title") or kept.get("name") or name,
            edition=kept.get("edition", ""),
            file_slug=kept.get("file_slug", ""),
            confidence=kept.get("confidence", ""),
            fields=tuple(fields),
            sources=tuple(kept.get("sources", ())),
        )

    def field(self, name: str | None) -> Field | None:
        return self._by_name.get(name) if name else None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {item.name: item for item in self.fields}

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(item.title for item in self.fields)

    @cached_property
    def spellings(self) -> dict[str, tuple[Field, bool]]:
        """Plain spelling → (field, whether it is the field's own title or name). Titles win over aliases."""
        variants = aliases()["variants"]
        known: dict[str, tuple[Field, bool]] = {}
        for item in self.fields:
            for alias in variants.get(item.title, ()):
                known.setdefault(plain(alias), (item, False))
        for item in self.fields:
            known[plain(item.name)] = (item, True)
        for item in self.fields:
            known[plain(item.title)] = (item, True)
        return known


class Match(NamedTuple):
    """How a header was understood. `certain` is False when it only looks alike."""

    column: Column
    field: Field | None
    certain: bool = True

    @property
    def exact(self) -> bool:
        return self.field is not None and self.column.header in (self.field.title, self.field.name)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("[a-z]*.json"))


@cache
def load(name: str) -> Standard:
    """One of the standards shipped with the portal."""
    if name not in names():
        raise Unreadable(
            "standard", f"「{name}」というデータの種類はありません。使えるのは {'、'.join(names())} です。"
        )
    return Standard.from_json(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")), name)


def load_schema(path: Path) -> Standard:
    """A Table Schema of the town's own."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8-sig"))
        return Standard.from_json(kept.get("schema", kept), path.stem)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable("standard", f"「{path.name}」はTable Schema（JSON）として読み込めません。") from None


@cache
def shipped() -> tuple[Standard, ...]:
    return tuple(load(name) for name in names())


@cache
def aliases() -> dict[str, Any]:
    return json.loads((FOLDER / "_aliases.json").read_text(encoding="utf-8"))


@cache
def known_titles() -> frozenset[str]:
    """Every spelling of every standard: the row that holds some of them is the header."""
    return frozenset(spelling for standard in shipped() for spelling in standard.spellings)


@cache
def distinctive() -> frozenset[str]:
    """Spellings that belong to few kinds of list: 名称 and 緯度 stand in all of them and tell nothing."""
    lists = Counter(spelling for spellings in _spellings_by_title().values() for spelling in spellings)
    return frozenset(spelling for spelling, times in lists.items() if times <= FEW_LISTS)


def _spellings_by_title() -> dict[str, set[str]]:
    by_title: dict[str, set[str]] = {}
    for standard in shipped():
        by_title.setdefault(standard.title, set()).update(standard.spellings)
    return by_title


@cache
def plain(header: str) -> str:
    """A header without what people write one way or another: width, blanks, kinds of dash, case."""
    text = unicodedata.normalize("NFKC", header)
    return re.sub(r"[\s_・.]+|[‐‑–—―−ー-]+", lambda dash: "" if dash[0][0] in " \t\n_・." else "-", text).lower()


def recognise(header: Sequence[str], name: str = "") -> Standard | None:
    """The standard whose columns these are, if it is clear: most headers are its own, and no other list's as much.

    The file's name decides between equals, then the current edition.
    """
    written = {plain(text) for text in header if text}

    def likeness(standard: Standard) -> float:
        known = written & standard.spellings.keys()
        if sum(spelling in distinctive() for spelling in known) < FEWEST_DISTINCTIVE:
            return 0
        own = len({standard.spellings[spelling][0].name for spelling in known})
        exact = len(standard.titles.intersection(header))
        share = 0.7 * own / len(written) + 0.3 * own / len(standard.fields) + 0.2 * exact / len(written)
        named = bool(standard.file_slug) and standard.file_slug in name.lower()
        return share + 0.1 * named + 0.02 * (standard.edition == CURRENT_EDITION)

    best = max(shipped(), key=likeness)
    rival = max(likeness(standard) for standard in shipped() if standard.title != best.title)
    return best if likeness(best) >= max(RECOGNISED, rival + CLEARLY) else None


def match(header: Sequence[str], standard: Standard | None) -> list[Match]:
    """Pair every column with a field, the surest first; a field is given away once."""
    columns = [Column(index, text) for index, text in enumerate(header, 1)]
    if standard is None:
        return [Match(column, None) for column in columns]
    given: dict[int, Match] = {}
    taken: set[str] = set()
    for ask, certain in ((_titled, True), (_known, True), (_similar, False)):
        for column in columns:
            found = ask(standard, column.header) if column.header and column.index not in given else None
            if found and found.name not in taken:
                taken.add(found.name)
                given[column.index] = Match(Column(column.index, column.header, found.name), found, certain)
    return [given.get(column.index, Match(column, None)) for column in columns]


def _titled(standard: Standard, header: str) -> Field | None:
    found, own = standard.spellings.get(plain(header), (None, False))
    return found if own else None


def _known(standard: Standard, header: str) -> Field | None:
    return standard.spellings.get(plain(header), (None, False))[0]


def _similar(standard: Standard, header: str) -> Field | None:
    text = plain(header)
    if len(text) < 3:
        return None
    likeness, found = max(_likenesses(standard, text), key=lambda pair: pair[0], default=(0.0, None))
    return found if likeness >= SIMILAR else None


def _likenesses(standard: Standard, text: str) -> Iterable[tuple[float, Field]]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text)
    for item in standard.fields:
        matcher.set_seq1(plain(item.title))
        # Titles that differ in their figures or in what they negate are different columns.
        if matcher.quick_ratio() >= SIMILAR and _figures(item.title) == _figures(text):
            yield matcher.ratio(), item


def _figures(text: str) -> list[str]:
    return re.findall(r"[0-9]+|終了|開始|男|女|和式|洋式", unicodedata.normalize("NFKC", text))


def _kind(kept: dict[str, Any], rules: dict[str, Any]) -> str:
    if "kind" in kept:
        return kept["kind"]
    if rules.get("enum"):
        return "choice"
    if kept.get("format") in {"uri", "email"}:
        return kept["format"]
    kind = kept.get("type", "string")
    return kind if kind in {"number", "integer", "date", "time", "datetime", "boolean", "year"} else "text"


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def _compilable(pattern: str | None) -> str | None:
    """A pattern in another language's dialect is left out, not guessed at."""
    try:
        return pattern if pattern and re.compile(pattern) else None
    except (re.error, TypeError):
        return None
