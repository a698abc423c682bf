"""`make corpus DIR=…`: a folder of real files through the engine, and what it saw of the faults that stand there.

Each file, then recall (of the faults that tools.known_faults lists, how many have a finding on their cell) and
precision (of the findings of those sorts, how many stand on a listed fault). `--renamed` gives every column a
title of the section's own, so that no standard is recognised; `--unconfirmed` and `--missed` show the cells;
`--table` prints what docs/corpus.md holds instead. Each file is read in a process of its own, as the portal does.
"""

import csv
import io
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from foundation.apart.process import Allowance, Died, run
from tablecheck import Checked, Finding, Unreadable, apart, repairs_of
from tools.known_faults import SUFFIXES, Fault, Grid, faults_in, grid_of, header_in

# The sorts of faults, and the kinds of findings that name one.
NAMED = {
    "edge-space": {"spaces", "control-character", "line-break"},
    "blank": {"spaces", "required", "number"},
    "coordinate-space": {"spaces", "number", "fullwidth"},
    "kana": {"kana"},
    "swapped": {"coordinate-swapped"},
    "outside-japan": {"outside-japan"},
    "coordinate-number": {
        "number",
        "fullwidth",
        "coordinate-degrees",
        "number-unit",
        "number-comma",
        "excel-error",
    },
    "phone": {"phone", "fullwidth", "hyphen", "zero-lost", "email"},
    "time": {"time", "time-format", "fullwidth"},
    "url": {"url", "fullwidth"},
    "code": {"code-digits", "code-check-digit", "code-zero-lost", "fullwidth", "exponent"},
    "excel-error": {"excel-error"},
    "lost-character": {"lost-character", "garbled"},
}
# Other findings have no list to be held against.
JUDGED = {
    "kana",
    "coordinate-swapped",
    "outside-japan",
    "phone",
    "time",
    "time-format",
    "url",
    "excel-error",
    "spaces",
    "coordinate-degrees",
    "code-digits",
    "code-check-digit",
    "code-zero-lost",
    "lost-character",
    "garbled",
}
SUFFIX = "（当課調べ）"


class Held(NamedTuple):
    """One file held against the list of its faults."""

    found: list[Fault]
    missed: list[Fault]
    confirmed: list[Finding]
    unconfirmed: list[Finding]


class Line(NamedTuple):
    name: str
    checked: Checked | None
    refusal: str
    held: Held

    @property
    def kind(self) -> str:
        assert self.checked
        return self.checked.standard or "free form"

    @property
    def kinds(self) -> str:
        assert self.checked
        kinds = Counter(finding.code for finding in self.checked.findings)
        return ", ".join(f"{code} {times}" for code, times in kinds.most_common())

    @property
    def repaired(self) -> int:
        assert self.checked
        return sum(repair.on for repair in repairs_of(self.checked.findings))


def held(faults: list[Fault], findings: list[Finding]) -> Held:
    said: dict[tuple[int | None, int | None], set[str]] = {}
    for finding in findings:
        said.setdefault((finding.row, finding.column), set()).add(finding.code)
    listed: dict[tuple[int | None, int | None], set[str]] = {}
    for fault in faults:
        listed.setdefault((fault.row, fault.column), set()).update(NAMED[fault.kind])
    seen = [bool(NAMED[fault.kind] & said.get((fault.row, fault.column), set())) for fault in faults]
    judged = [finding for finding in findings if finding.code in JUDGED]
    right = [finding.code in listed.get((finding.row, finding.column), ()) for finding in judged]
    return Held(
        [fault for fault, found in zip(faults, seen, strict=True) if found],
        [fault for fault, found in zip(faults, seen, strict=True) if not found],
        [finding for finding, true in zip(judged, right, strict=True) if true],
        [finding for finding, true in zip(judged, right, strict=True) if not true],
    )


def renamed(grid: Grid) -> bytes:
    """The same cells under titles that no standard knows, as UTF-8."""
    at = header_in(grid)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row, cells in enumerate(grid):
        writer.writerow([cell and cell + SUFFIX for cell in cells] if row == at else cells)
    return out.getvalue().encode("utf-8-sig")


def lines(folder: Path, under_other_titles: bool) -> Iterator[Line]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix.lower() not in SUFFIXES | {".xls", ".ods", ".xlsm"}:
            continue
        grid = grid_of(path)
        if under_other_titles and not grid:
            continue
        data = renamed(grid) if under_other_titles and grid else path.read_bytes()
        faults = list(faults_in(grid or []))
        name = str(path.relative_to(folder))
        try:
            checked = checked_apart(data, path.name)
        except Unreadable as refusal:
            yield Line(name, None, f"{refusal.code}: {refusal.message}", held(faults, []))
        else:
            # Where the list cannot be made, a finding is held against nothing.
            yield Line(name, checked, "", held(faults, checked.findings if grid else []))


def checked_apart(data: bytes, name: str) -> Checked:
    asked = dict.fromkeys(("standard", "sheet", "municipality", "boundary"))
    try:
        with (
            apart.question(data, name=name, limits={}, **asked) as given,
            run("tablecheck.apart", ["table"], given, Allowance(), lambda _line: None) as answer,
        ):
            return apart.table_told(answer)
    except Died as death:
        raise apart.died(death.reason) from death


def shown(line: Line) -> str:
    """What it was taken for, what was found and repaired, and what of the list was seen."""
    if line.checked is None:
        return f"{line.name}\n    refused, {line.refusal}"
    table, known = line.checked.table, line.held
    return (
        f"{line.name}\n    {line.kind}, header row {table.header_row}, {len(table)} rows, "
        f"{line.repaired} repaired; known {len(known.found) + len(known.missed)}, missed {len(known.missed)}, "
        f"unconfirmed {len(known.unconfirmed)}\n    {line.kinds}"
    )


def as_table(done: list[Line]) -> Iterator[str]:
    yield "| file | taken for | header row | rows | found | repaired | known faults seen |"
    yield "|---|---|---|---|---|---|---|"
    for line in done:
        if line.checked is None:
            yield f"| {line.name} | refused, {line.refusal} | | | | | |"
            continue
        table, known = line.checked.table, line.held
        seen = f"{len(known.found)} of {len(known.found) + len(known.missed)}"
        yield (
            f"| {line.name} | {line.kind} | {table.header_row} | {len(table)} | {line.kinds} "
            f"| {line.repaired} | {seen} |"
        )


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "none"


def main(arguments: list[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m tools.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    for switch in ("--renamed", "--unconfirmed", "--missed", "--table"):
        parser.add_argument(switch, action="store_true")
    options = parser.parse_args(arguments)
    done = []
    for line in lines(options.folder, options.renamed):
        done.append(line)
        if not options.table:
            say(shown(line))
            cells(line, options)
    for row in as_table(done) if options.table else sums(done):
        say(row)


def sums(done: list[Line]) -> Iterator[str]:
    for title, part in (("all", done), ("free form", [line for line in done if free(line)])):
        found, missed = counted(part, "found"), counted(part, "missed")
        right, other = counted(part, "confirmed"), counted(part, "unconfirmed")
        yield f"{title}: recall {share(found, found + missed)}, precision {share(right, right + other)}"


def free(line: Line) -> bool:
    return line.checked is not None and line.checked.standard is None


def counted(part: list[Line], name: str) -> int:
    return sum(len(getattr(line.held, name)) for line in part)


def cells(line: Line, options: Namespace) -> None:
    for fault in line.held.missed if options.missed else ():
        say(f"    missed {fault}")
    for finding in line.held.unconfirmed if options.unconfirmed else ():
        say(f"    unconfirmed {finding.code}: {finding.message}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
