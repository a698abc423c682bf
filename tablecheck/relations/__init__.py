"""Rules over two and more columns, or over a column and its title. A new one is a function here in the list.

A relation is asked once for each table, after every column was judged alone; it adds to what was found, and may
take back what it can tell better.
"""

from collections.abc import Callable

from tablecheck.relations.personal import personal_data
from tablecheck.relations.places import places
from tablecheck.relations.sight import Sight

Relation = Callable[[Sight], None]

RELATIONS: tuple[Relation, ...] = (places, personal_data)
