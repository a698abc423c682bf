"""Between the intake, which knows nothing of rows, and the versions, which know nothing of rules."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from members.models import Municipality
from opendata import originals, rows
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from tablecheck import Boundary, Checked, Detected, Limits, Unreadable, check_table, load, names
from tablecheck.read import read
from tablecheck.repairs import repairs_of
from tablecheck.standards import Standard
from tablecheck.vocabulary import Finding, Table

# A page answers within seconds; the command line takes what is larger.
CELLS, COLUMNS, SECONDS = 5_000_000, 300, 20
# So many titles more speak for an older edition.
CLEARLY = 2


# Kinds of data


@cache
def kinds() -> dict[str, str]:
    """Name → title of each standard in its present edition; the older editions are found by their columns."""
    everything = [load(name) for name in names()]
    newest = {standard.title: standard for standard in everything if "suisho" not in standard.name}
    return {standard.name: standard.title for standard in newest.values()}


def standard_named(name: str) -> Standard | None:
    return load(name) if name in names() else None


def title_of(name: str) -> str:
    standard = standard_named(name)
    return standard.title if standard else ""


def file_slug_of(name: str) -> str:
    standard = standard_named(name)
    return (standard.file_slug or standard.name).replace("_", "-") if standard else ""


def editions(name: str) -> list[Standard]:
    """All editions of the same kind of data."""
    title = title_of(name)
    return [load(other) for other in names() if title and title_of(other) == title]


def edition_for(name: str, header: list[str]) -> Standard | None:
    """The present edition, unless the titles are plainly an older one's: nobody should have to know which."""
    chosen = standard_named(name)
    if chosen is None:
        return None

    def likeness(edition: Standard) -> int:
        return len({item.title for item in edition.fields} & {*header}) + CLEARLY * (edition is chosen)

    return max(editions(name), key=likeness)


# Looking


def first_look(version: DatasetVersion, sheet: str = "") -> Checked:
    limits = Limits(settings.MAX_UPLOAD_BYTES, CELLS, COLUMNS, SECONDS)
    data = originals.load(str(version.original.name))
    table, detected = read(data, version.original_name, sheet or None, limits)
    refuse_nul(table, detected)
    standard = edition_for(version.dataset.standard, table.header)
    version.dataset.standard = standard.name if standard else ""
    return check_table(table, detected, standard, limits=limits, **_town())


def refuse_nul(table: Table, detected: Detected) -> None:
    """A workbook can hold what PostgreSQL cannot; in text files the intake refuses it with the line."""
    extra = (row.extra for row in table.ragged)
    parts: list[Iterable[str]] = [table.header, detected.sheets, *table.columns, *extra]
    if any("\0" in cell for cells in parts for cell in cells):
        sentence = _(
            "セルに、表にはあり得ない文字（NUL）があります。Excelで開き直し、別の名前で保存し直してください。"
        )
        raise Unreadable("nul", sentence)


def look_again(version: DatasetVersion, table=None) -> Checked:
    """Judge the table as it stands after repairs and edits."""
    detected = Detected.from_json(version.detected)
    standard = standard_named(version.described.standard)
    return check_table(table or rows.table_of(version), detected, standard, **_town())


def _town() -> dict:
    town = Municipality.objects.get()
    return {"municipality": town.code, "boundary": _boundary(town)}


def _boundary(town: Municipality) -> Boundary | None:
    try:
        return Boundary.from_geojson(town.boundary) if town.boundary else None
    except Unreadable:
        return None


# Keeping what was seen


def detected_in(checked: Checked) -> dict:
    ragged = [[row.row, row.width, list(row.extra)] for row in checked.table.ragged]
    facts = {"header_row": checked.table.header_row or None, "rows": len(checked.table), "ragged": ragged}
    return {**checked.detected.as_json(), **facts}


def ticks(version: DatasetVersion, header: list[str]) -> list[bool | None]:
    """Whether each column was to be published when that was last decided, here or in the version before.

    None where nobody has decided; of two columns that had one name, both must have been ticked.
    """
    before = DatasetVersion.objects.filter(dataset=version.dataset_id, number__lt=version.number)
    last = version.columns or getattr(before.first(), "columns", [])
    decided: dict[str, bool] = {}
    for column in last:
        decided[column["header"]] = decided.get(column["header"], True) and column["publish"]
    return [decided.get(title) for title in header]


def take_over(version: DatasetVersion, checked: Checked, ticked: list[bool | None]) -> None:
    """Put findings, profile, columns and proposals into the version. In the standard: on; outside: off."""
    version.findings = [finding.as_json() for finding in checked.findings]
    version.profile = checked.profile
    version.columns = [
        {**column.as_json(), "publish": column.field is not None if tick is None else tick}
        for column, tick in zip(checked.columns, ticked, strict=True)
    ]
    _propose(version, checked.findings)


def _propose(version: DatasetVersion, findings: list[Finding]) -> None:
    """Bring the proposals up to date; what a person has undone is not proposed a second time."""
    wanted = {(fix.row, fix.column, fix.code, fix.before, fix.after) for fix in repairs_of(findings)}
    standing = version.repairs.filter(state__in=[RepairState.PROPOSED, RepairState.UNDONE])
    gone, known = [], set()
    for pk, state, *key in standing.values_list("pk", "state", "row", "column", "code", "before", "after"):
        known.add(tuple(key))
        if state == RepairState.PROPOSED and tuple(key) not in wanted:
            gone.append(pk)
    version.repairs.filter(pk__in=gone).delete()
    new = [
        Repair(version=version, row=row, column=column, code=code, before=before, after=after)
        for row, column, code, before, after in sorted(wanted - known)
    ]
    Repair.objects.bulk_create(new, batch_size=2000)
