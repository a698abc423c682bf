"""The findings of a version as a person works through them: by who can solve them, then by kind."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from opendata import kinds
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from tablecheck import PERSONAL, SAFE, Level

FIRST, PER_PAGE = 20, 100


@dataclass(frozen=True)
class Item:
    """A finding, and the repair on offer for its cell."""

    finding: dict
    repair: Repair | None
    is_cell: bool

    @property
    def place(self) -> str:
        return self.finding["cell"] or _("ファイル全体")


@dataclass
class Group:
    code: str
    level: str
    findings: list[dict] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        return kinds.name_of(self.code)

    @property
    def is_personal(self) -> bool:
        """Whether a person decides of it where the columns are chosen."""
        return self.code in PERSONAL

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def left_out(self) -> int:
        return self.count - len(self.items)

    @property
    def offers(self) -> bool:
        return any(item.repair and item.repair.state == RepairState.PROPOSED for item in self.items)


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
    safe, open_, notes = _sorted_out(version)
    groups = [*safe.values(), *open_.values(), *notes.values()]
    _fill(version, groups, [group.findings[:FIRST] for group in groups])
    wrong = {
        finding["row"]
        for group in (*safe.values(), *open_.values())
        for finding in group.findings
        if finding["row"] != version.header_row
    }
    rows = version.detected.get("rows", 0)
    return Overview(
        said=[finding["message"] for finding in version.findings if is_about_reading(finding)],
        rows=rows,
        fine=rows - len(wrong - {None}),
        fixable=version.repairs.filter(state=RepairState.PROPOSED, code__in=SAFE).count(),
        to_check=sum(group.count for group in open_.values()),
        safe=list(safe.values()),
        open=sorted(open_.values(), key=lambda group: group.level != Level.ERROR),
        notes=list(notes.values()),
    )


def one_kind(version: DatasetVersion, code: str, number) -> tuple[Group, Page]:
    """All findings of a kind, a page at a time."""
    found = [finding for finding in version.findings if finding["code"] == code]
    group = Group(code, found[0]["level"] if found else Level.INFO, found)
    page = Paginator(found, PER_PAGE).get_page(number)
    _fill(version, [group], [page.object_list])
    return group, page


def is_about_reading(finding: dict) -> bool:
    """What was understood of the file as a whole."""
    return finding["row"] is None and finding["level"] == Level.INFO


def _sorted_out(version: DatasetVersion) -> tuple[dict[str, Group], ...]:
    undone = set(version.repairs.filter(state=RepairState.UNDONE).values_list("row", "column", "code", "before"))
    safe: dict[str, Group] = {}
    open_: dict[str, Group] = {}
    notes: dict[str, Group] = {}
    for finding in version.findings:
        if is_about_reading(finding):
            continue
        code, level = finding["code"], finding["level"]
        refused = (finding["row"], finding["column"], code, finding["value"]) in undone
        shelf = safe if finding["repair"] is not None and code in SAFE and not refused else open_
        if level == Level.INFO and shelf is open_:
            shelf = notes
        shelf.setdefault(code, Group(code, level)).findings.append(finding)
    return safe, open_, notes


def _fill(version: DatasetVersion, groups: list[Group], shown: list) -> None:
    rows = {finding["row"] for findings in shown for finding in findings if finding["repair"] is not None}
    on_offer = version.repairs.filter(row__in=rows, state__in=[RepairState.PROPOSED, RepairState.UNDONE])
    repairs = {(repair.row, repair.column, repair.code, repair.before): repair for repair in on_offer}
    for group, findings in zip(groups, shown, strict=True):
        group.items = [_item(version, finding, repairs) for finding in findings]


def _item(version: DatasetVersion, finding: dict, repairs: dict) -> Item:
    row, column = finding["row"], finding["column"]
    inside = row is not None and column is not None and column <= len(version.columns)
    return Item(finding, repairs.get((row, column, finding["code"], finding["value"])), inside)


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
    marks: list[dict]


@dataclass(frozen=True)
class Row:
    number: int
    cells: list[Cell]


def rows_with_marks(version: DatasetVersion, kept) -> list[Row]:
    """Records with what was found in their cells, said in words beside the value."""
    numbers = {record.row for record in kept}
    marks = defaultdict(list)
    for finding in version.findings:
        if finding["row"] in numbers and finding["level"] != Level.INFO:
            marks[finding["row"], finding["column"]].append(finding)
    return [
        Row(record.row, [Cell(text, marks[record.row, index]) for index, text in enumerate(record.cells, 1)])
        for record in kept
    ]
