"""Rules over two and more columns. A new one is a function here in the list.

A relation is asked once for each table, after every column was judged alone; it adds to what was found, and may
take back what it can tell better.
"""

from collections.abc import Callable
from typing import NamedTuple

from tablecheck.relations.addresses import ADDRESSES, CODES, addresses
from tablecheck.relations.people import people
from tablecheck.relations.places import places
from tablecheck.relations.sight import Sight
from tablecheck.relations.spans import spans
from tablecheck.standards import plain


class Relation(NamedTuple):
    """It binds the fields of these kinds, or with these titles."""

    judge: Callable[[Sight], None]
    kinds: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()

    def binds(self, kind: str | None, title: str) -> bool:
        return kind in self.kinds or plain(title) in self.titles


RELATIONS = (
    Relation(places, frozenset({"latitude", "longitude"})),
    Relation(people, frozenset({"person_name", "reading"})),
    Relation(spans, frozenset({"time", "date"})),
    Relation(addresses, titles=frozenset(map(plain, (*CODES, *ADDRESSES)))),
)
