"""Between the engine, which knows nothing of rows, and the versions, which know nothing of rules."""

from django.conf import settings

import tablecheck
from members.models import Municipality
from opendata import originals, rows
from opendata.models import DatasetVersion, Repair
from opendata.states import RepairState
from tablecheck import (
    Boundary,
    Checked,
    Detected,
    Finding,
    Limits,
    Reading,
    Standard,
    Table,
    Unreadable,
    repairs_of,
)

# A page answers within seconds; the command line takes what is larger.
CELLS, COLUMNS, SECONDS = 5_000_000, 300, 20


# Kinds of data


def kinds() -> dict[str, str]:
    """Name → title of each standard in its present edition; the older editions are found by their columns."""
    return {present.name: present.title for present, *_older in tablecheck.kinds()}


def standard_named(name: str) -> Standard | None:
    return tablecheck.load(name) if name in tablecheck.names() else None


def title_of(name: str) -> str:
    standard = standard_named(name)
    return standard.title if standard else ""


def file_slug_of(name: str) -> str:
    standard = standard_named(name)
    return (standard.file_slug or standard.name).replace("_", "-") if standard else ""


def editions(name: str) -> tuple[Standard, ...]:
    """All editions of the same kind of data."""
    standard = standard_named(name)
    return tablecheck.editions_of(standard) if standard else ()


# Looking


def first_look(version: DatasetVersion, sheet: str = "") -> Checked:
    dataset = version.dataset
    checked = tablecheck.check(
        originals.load(str(version.original.name)),
        version.original_name,
        standard=dataset.standard if standard_named(dataset.standard) else "",
        sheet=sheet or None,
        limits=Limits(settings.MAX_UPLOAD_BYTES, CELLS, COLUMNS, SECONDS),
        **_town(),
    )
    dataset.standard = checked.standard or ""
    return checked


def look_again(version: DatasetVersion, table: Table | None = None) -> Checked:
    """Judge the table as it stands after repairs and edits."""
    reading = Reading(table or rows.table_of(version), Detected.from_json(version.detected))
    return tablecheck.check(reading, standard=standard_named(version.described.standard) or "", **_town())


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
