"""Long lists, a page at a time, found by the row before it: the last page costs what the first does."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db.models import Q, QuerySet
from django.http import QueryDict

# A page tells how many there are up to so many, and of more that it is more.
MOST_COUNTED = 1_000


class HowMany(NamedTuple):
    number: int
    is_more: bool


def how_many(rows: QuerySet[Any, Any]) -> HowMany:
    """Read no further than is told."""
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    return HowMany(min(found, MOST_COUNTED), found > MOST_COUNTED)


class Numbered(Protocol):
    """A row of the database, or some columns of one with its number."""

    @property
    def pk(self) -> Any: ...


Row = TypeVar("Row", bound=Numbered)
AFTER, BEFORE = "after", "before"


class KeyPage(Generic[Row]):
    """Some rows, and the query strings of the pages before and after, empty where there is none."""

    def __init__(self, rows: list[Row], *, previous: str, following: str) -> None:
        self.object_list = rows
        self.previous, self.following = previous, following

    def __iter__(self) -> Iterator[Row]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)


def page_by_key(
    rows: QuerySet[Any, Row],
    key: Sequence[str],
    asked: QueryDict,
    *,
    size: int,
    known: QuerySet[Any, Any] | None = None,
) -> KeyPage[Row]:
    """The rows in the order of `key` ("-fiscal_year", "slug"), whose fields together are one row's alone.

    `asked` says in `after` or `before` the number of the row from which to go on. Nonsense leads to the beginning,
    and so does a row beyond which there is none any more: a page without rows would have no way on. Where rows
    leave the list while somebody goes through it, `known` has them still.
    """
    way = AFTER if AFTER in asked else BEFORE
    start = values_of(rows if known is None else known, key, asked.get(way, ""))
    turned = way == BEFORE and start is not None
    order = [opposite(name) for name in key] if turned else list(key)
    found = rows.order_by(*order)
    if start is not None:
        found = found.filter(beyond(order, start))
    several = list(found[: size + 1])
    if start is not None and not several:
        return page_by_key(rows, key, without_ways(asked), size=size, known=known)
    more, shown = len(several) > size, several[:size]
    if turned:
        shown.reverse()
    has_previous, has_following = (more, True) if turned else (start is not None, more)
    return KeyPage(
        shown,
        previous=query(asked, BEFORE, shown[0]) if has_previous else "",
        following=query(asked, AFTER, shown[-1]) if has_following else "",
    )


def values_of(rows: QuerySet[Any, Any], key: Sequence[str], number: str) -> tuple[Any, ...] | None:
    """The key of the row with this number, if the list has it."""
    if not (number.isdecimal() and len(number) < 19):
        return None
    fields = [name.removeprefix("-") for name in key]
    return rows.filter(pk=int(number)).order_by().values_list(*fields).first()


def beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Behind a row with these values in this order."""
    behind, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        behind |= equal & Q((f"{field}__{'lt' if name.startswith('-') else 'gt'}", value))
        equal &= Q((field, value))
    return behind


def opposite(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def query(asked: QueryDict, way: str, row: Numbered) -> str:
    others = without_ways(asked)
    others[way] = str(row.pk)
    return f"?{others.urlencode()}"


def without_ways(asked: QueryDict) -> QueryDict:
    """The other questions stay: a list that was narrowed stays narrow."""
    others = asked.copy()
    for name in (AFTER, BEFORE, "page"):
        others.pop(name, None)
    return others
