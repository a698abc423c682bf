"""What was found in a version, sorted by what it asks of the person: press once, look, or just know."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, TextChoices, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _, gettext_lazy

from opendata.models import DatasetRow, DatasetVersion, Finding, Repair
from opendata.models.table import IN_ORDER
from opendata.states import PrivacyAnswer, RepairState
from opendata.table import kinds
from tablecheck import CELL_TOO_LONG, MAY_BE_NO_RECORD, NO_RECORDS, OF_READING, PERSONAL, SAFE, Level

FIRST, PER_PAGE = 20, 100
# Of these what is to be done with a cell follows from its value alone, wherever it stands.
BY_VALUE = {
    "choice",
    "code-check-digit",
    "code-digits",
    "code-other",
    "date",
    "date-impossible",
    "ditto",
    "email",
    "garbled",
    "kana",
    "length",
    "lost-character",
    "number",
    "number-unit",
    "pattern",
    "phone",
    "private-character",
    "range",
    "time",
    "url",
    "weekdays",
}


class Shelf(TextChoices):
    """What a finding asks for."""

    SAFE = "safe", gettext_lazy("自動で修正できる")
    OPEN = "open", gettext_lazy("確認が必要")
    NOTE = "note", gettext_lazy("知らせるだけ")


@dataclass
class FindingItem:
    """A finding, and the repair on offer for its cell."""

    finding: Finding
    repair: Repair | None
    is_cell: bool
    is_record: bool = True
    # So many cells of the column hold the same value and ask for the same, and this one stands for them.
    alike: int = 1
    # Those of them that are told one by one.
    others: list["FindingItem"] = field(default_factory=list)
    # Not where others hold this value, too, for which another repair is on offer.
    can_be_typed: bool = True
    # Instead of the finding's own message.
    told: str = ""

    @property
    def answer(self) -> str:
        """What the section said of a column that may speak of persons."""
        said = self.finding.version.privacy_answers.get(str(self.finding.column), {})
        return str(PrivacyAnswer(said["answer"]).label) if self.finding.code in said.get("codes", []) else ""

    @property
    def place(self) -> str:
        return self.finding.cell or _("ファイル全体")

    @property
    def is_offered(self) -> bool:
        return self.repair is not None and self.repair.state == RepairState.PROPOSED

    @property
    def cells(self) -> list[str]:
        return [each.finding.cell for each in (self, *self.others)]

    @property
    def left_out(self) -> int:
        return self.alike - len(self.cells)

    @property
    def asks(self) -> tuple[Any, ...]:
        """What makes one like another."""
        return self.finding.column, self.finding.value, self.repair and self.repair.after


@dataclass
class Group:
    """The findings of a kind; of a long list only some are shown as items."""

    code: str
    level: str
    count: int
    items: list[FindingItem] = field(default_factory=list)

    @property
    def name(self) -> str:
        return kinds.name_of(self.code)

    @property
    def is_personal(self) -> bool:
        """Whether a person decides of it where the columns are chosen."""
        return self.code in PERSONAL

    @property
    def is_of_reading(self) -> bool:
        """Whether reading the file otherwise may settle it."""
        return self.code in OF_READING

    @property
    def is_no_record(self) -> bool:
        """Whether its rows were taken for no records, and can be taken back."""
        return self.code in NO_RECORDS

    @property
    def may_be_no_record(self) -> bool:
        return self.code in MAY_BE_NO_RECORD

    @property
    def stands_for_more(self) -> bool:
        return self.count > len(self.items)

    @property
    def offers(self) -> bool:
        """Whether a button for the whole kind does more than that of a line."""
        is_one_line = len(self.items) == 1 and self.items[0].alike == self.count
        return not is_one_line and any(item.is_offered for item in self.items)


@dataclass(frozen=True)
class Overview:
    """`safe` can be repaired at a press, `open` needs a person; `said` and `notes` ask for nothing."""

    said: list[str]
    rows: int
    fine: int
    fixable: int
    to_check: int
    safe: list[Group]
    open: list[Group]
    notes: list[Group]


def overview(version: DatasetVersion) -> Overview:
    on_shelves = shelved(version)
    groups = _groups(version, on_shelves)
    rows = version.detected.get("rows", 0)
    records = DatasetRow.objects.filter(version=version, row=OuterRef("row"))
    wrong = on_shelves.exclude(shelf=Shelf.NOTE).filter(Exists(records))
    return Overview(
        said=list(version.findings.filter(ABOUT_READING).order_by("id").values_list("message", flat=True)),
        rows=rows,
        fine=rows - wrong.aggregate(rows=Count("row", distinct=True))["rows"],
        fixable=version.repairs.filter(state=RepairState.PROPOSED, code__in=SAFE).count(),
        to_check=sum(group.count for group in groups[Shelf.OPEN]),
        safe=groups[Shelf.SAFE],
        open=sorted(groups[Shelf.OPEN], key=lambda group: group.level != Level.ERROR),
        notes=groups[Shelf.NOTE],
    )


# What was understood of the file as a whole.
ABOUT_READING = Q(row__isnull=True, level=Level.INFO)


def shelved(version: DatasetVersion) -> QuerySet[Any]:
    """The findings with the `shelf` of each. What a person has undone is not repaired at a press any more."""
    undone = Repair.objects.filter(
        version=version,
        state=RepairState.UNDONE,
        row=OuterRef("row"),
        column=OuterRef("column"),
        code=OuterRef("code"),
        before=OuterRef("value"),
    )
    safe = Q(code__in=SAFE, repair__isnull=False) & ~Exists(undone)
    shelf = Case(
        When(safe, then=Value(Shelf.SAFE)),
        When(level=Level.INFO, then=Value(Shelf.NOTE)),
        default=Value(Shelf.OPEN),
    )
    return version.findings.exclude(ABOUT_READING).annotate(shelf=shelf, undone=Exists(undone))


def _groups(version: DatasetVersion, on_shelves: QuerySet[Any]) -> dict[str, list[Group]]:
    """The kinds on each shelf as they come in the table, each with its first findings."""
    alike = ["shelf", "code"]
    first = Window(RowNumber(), partition_by=alike, order_by=IN_ORDER)
    equal = [*alike, "column", "value"]
    same = Window(Count("pk"), partition_by=equal)
    offered = Window(Count("pk"), partition_by=[*equal, "repair", "undone"])
    count = Window(Count("pk"), partition_by=alike)
    numbered = on_shelves.annotate(place=first, count=count, same=same, offered=offered)
    shown = list(numbered.filter(place__lte=FIRST).order_by(*IN_ORDER))
    groups: dict[str, dict[str, Group]] = {shelf: {} for shelf in Shelf}
    for finding, item in zip(shown, items_of(version, shown), strict=True):
        group = groups[finding.shelf].setdefault(finding.code, Group(finding.code, finding.level, finding.count))
        item.alike = _stands_for(item, same=finding.same, offered=finding.offered)
        item.can_be_typed = item.alike in {1, finding.same}
        _put(group, item)
    return {shelf: list(by_code.values()) for shelf, by_code in groups.items()}


def _stands_for(item: FindingItem, *, same: int, offered: int) -> int:
    """How many cells are told and mended with this one; what a person has undone is looked at alone."""
    if not item.is_cell or (item.repair and not item.is_offered):
        return 1
    if item.repair:
        return offered
    return same if item.finding.code in BY_VALUE and item.finding.value else 1


def _put(group: Group, item: FindingItem) -> None:
    """A line of its own, or among those for which one before it stands."""
    lines = (each for each in group.items if each.alike > 1 and each.asks == item.asks)
    line = next(lines, None) if item.alike > 1 else None
    (line.others if line else group.items).append(item)


def one_kind(version: DatasetVersion, code: str, number: str | None) -> tuple[Group, Page]:
    """All findings of a kind, a page at a time."""
    found = version.findings.filter(code=code).in_order()
    page = Paginator(found, PER_PAGE).get_page(number)
    shown = list(page.object_list)
    level = shown[0].level if shown else Level.INFO
    return Group(code, level, page.paginator.count, items_of(version, shown)), page


def items_of(version: DatasetVersion, findings: Sequence[Finding]) -> list[FindingItem]:
    rows = {finding.row for finding in findings if finding.row and finding.repair is not None}
    on_offer = version.repairs.filter(row__in=rows, state__in=[RepairState.PROPOSED, RepairState.UNDONE])
    repairs: dict[tuple[Any, ...], Repair] = {
        (repair.row, repair.column, repair.code, repair.before): repair for repair in on_offer
    }
    width = len(version.columns)
    return [
        FindingItem(
            finding,
            repairs.get((finding.row, finding.column, finding.code, finding.value)),
            finding.row is not None
            and finding.column is not None
            and finding.column <= width
            # What was cut is mended where it is whole.
            and finding.code != CELL_TOO_LONG,
            finding.row is not None and finding.row > (version.header_row or 0),
        )
        for finding in findings
    ]


def next_place(version: DatasetVersion, code: str, *, row: int, column: int, **_typed: Any) -> str:
    """Where the list of a kind goes on after a cell: at the cell itself while something is said of it."""
    later = Q(row__gt=row) | Q(row=row, column__gte=column)
    found = version.findings.filter(later, code=code, column__isnull=False).in_order().first()
    return f"{code}-{found.cell}" if found and found.cell else ""


# What was repaired


@dataclass(frozen=True)
class Done:
    code: str
    repairs: list[Repair]
    count: int

    @property
    def name(self) -> str:
        return kinds.name_of(self.code)

    @property
    def left_out(self) -> int:
        return self.count - len(self.repairs)


def decided(version: DatasetVersion) -> list[Done]:
    """The repairs made, by kind; of each kind the latest ones."""
    latest = Window(RowNumber(), partition_by="code", order_by=["-decided_at", "pk"])
    made = version.repairs.filter(state=RepairState.ACCEPTED)
    shown = made.annotate(place=latest, count=Window(Count("pk"), partition_by="code")).filter(place__lte=FIRST)
    by_code: dict[str, list[Repair]] = defaultdict(list)
    for repair in shown.select_related("decided_by").order_by("code", "place"):
        by_code[repair.code].append(repair)
    counts = {code: vars(repairs[0])["count"] for code, repairs in by_code.items()}
    return [Done(code, repairs, counts[code]) for code, repairs in by_code.items()]


# The table


@dataclass(frozen=True)
class Cell:
    text: str
    marks: list[Finding]


@dataclass(frozen=True)
class TableRow:
    number: int
    cells: list[Cell]


def marked_rows(version: DatasetVersion) -> QuerySet[DatasetRow]:
    """Those in which something was found that asks for a person."""
    found = version.findings.exclude(level=Level.INFO).filter(row__isnull=False)
    return version.rows.filter(row__in=found.values("row"))


def rows_with_marks(version: DatasetVersion, kept: Iterable[DatasetRow]) -> list[TableRow]:
    """Records with what was found in their cells, said in words beside the value."""
    records = list(kept)
    found = version.findings.filter(row__in=[record.row for record in records]).exclude(level=Level.INFO)
    marks = defaultdict(list)
    for finding in found.order_by("id"):
        marks[finding.row, finding.column].append(finding)
    return [
        TableRow(record.row, [Cell(text, marks[record.row, index]) for index, text in enumerate(record.cells, 1)])
        for record in records
    ]
