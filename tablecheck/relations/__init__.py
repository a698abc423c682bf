"""Rules over two and more columns, or over a column and its title. A new one is a function here in the list.

A relation is asked once for each table, after every column was judged alone; it adds to what was found, and may
take back what it can tell better.
"""

from collections.abc import Callable
from typing import NamedTuple

from tablecheck.relations.people import people
from tablecheck.relations.personal import personal_data
from tablecheck.relations.places import places
from tablecheck.relations.sight import Sight


class Relation(NamedTuple):
    """`kinds` are the fields that it binds together; without any it looks at each column by itself."""

    judge: Callable[[Sight], None]
    kinds: frozenset[str] = frozenset()


RELATIONS = (
    Relation(places, frozenset({"latitude", "longitude"})),
    Relation(people, frozenset({"person_name", "reading"})),
    Relation(personal_data),
)
