"""What the reviewer said of cells, beside what stands in them now."""

from dataclasses import dataclass

from django.utils.text import Truncator

from members.models import User
from opendata.models import DatasetVersion
from opendata.table import rows
from tablecheck import letter


@dataclass(frozen=True)
class CellComment:
    id: int
    row: int
    column: int
    text: str
    by: User | None
    value: str | None

    @property
    def cell(self) -> str:
        return f"{letter(self.column)}{self.row}"


def comments_of(version: DatasetVersion) -> list[CellComment]:
    """`value` is None where there is no such cell any more."""
    if not version.comments:
        return []
    people = User.objects.in_bulk({said["by"] for said in version.comments})
    standing = rows.standing(version, {said["row"] for said in version.comments})
    found = []
    for said in sorted(version.comments, key=lambda each: (each["row"], each["column"], each["id"])):
        cells = standing.get(said["row"], [])
        value = cells[said["column"] - 1] if said["column"] <= len(cells) else None
        found.append(
            CellComment(said["id"], said["row"], said["column"], said["text"], people.get(said["by"]), value)
        )
    return found


def cells_of(version: DatasetVersion, row: int) -> list[tuple[str, str]]:
    """(address, what stands there) of a row's cells, to choose from; none where there is no such row."""
    return [
        (f"{letter(index)}{row}", f"{letter(index)}{row} {title}：{Truncator(value).chars(40)}")
        for index, (title, value) in enumerate(
            zip(rows.header_of(version), rows.standing(version, {row}).get(row, []), strict=False), 1
        )
    ]
