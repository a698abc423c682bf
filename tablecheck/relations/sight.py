"""What a relation sees of a table: every column, the field it stands for, and what was found in each alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tablecheck.cells import Cells
from tablecheck.relations.boundary import Boundary
from tablecheck.standards.matching import Match
from tablecheck.table import Column, Table
from tablecheck.vocabulary import Problem, Spot


@dataclass(frozen=True, slots=True)
class Sight:
    """`found` holds the problems of cells, by the column's index; `headers` those of a column as a whole."""

    table: Table
    matches: Sequence[Match]
    found: dict[int, list[Spot]]
    boundary: Boundary | None = None
    headers: list[tuple[Match, Problem]] = field(default_factory=list)

    def column_of(self, kind: str) -> Column | None:
        """The last column of this kind: a field of which there are two is judged where it stands last."""
        return {match.meant.kind: match.column for match in self.matches if match.meant}.get(kind)

    @property
    def is_of_people(self) -> bool:
        return self.column_of("person_name") is not None

    def cells(self, column: Column) -> Cells:
        return self.table.columns[column.index - 1]
