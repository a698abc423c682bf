"""What frictionless finds and we do not, which is to be nothing; and by which kinds we find more.

Both are told the same: the standard's columns as a Table Schema. The file holds the mistakes of the bench and each
mistake of form that frictionless knows a name for.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tablecheck import check
from tools.bench.contestants import fields
from tools.bench.data import as_csv

ROWS = 2000
ASK = """
import json, sys
from frictionless import Resource, Schema, system
path, encoding, schema = sys.argv[1:]
with system.use_context(trusted=True):
    resource = Resource(path=path, encoding=encoding, schema=Schema.from_descriptor(json.loads(schema)))
    report = resource.validate(limit_errors=10**6)
    found = report.flatten(["rowNumber", "fieldNumber", "type"])
json.dump(found, sys.stdout)
"""
# One finding of ours tells of the row.
OF_ROWS = {"missing-cell", "extra-cell", "blank-row"}
# What we find in this file and frictionless, told the same, does not.
BEYOND = {"encoding", "column-recommended", "fullwidth", "line-break", "row-duplicate", "time-format"}
Spot = tuple[int | None, int | None, str]


def measure(peers: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for encoding in ("utf-8-sig", "cp932"):
            file = Path(folder) / f"agreement-{encoding}.csv"
            file.write_bytes(worse(as_csv(ROWS, encoding), encoding))
            yield from compare(theirs(peers, file, encoding), file, encoding)


def worse(data: bytes, encoding: str) -> bytes:
    """With a row too short, one too long, one that is blank, and one that stands there twice."""
    title, *lines = data.decode(encoding).splitlines()
    lines[10] = lines[10].rpartition(",")[0].rpartition(",")[0]
    lines[20] += ",余り"
    lines[30] = ""
    lines[40] = lines[41]
    return "\r\n".join([title, *lines, ""]).encode(encoding)


def theirs(peers: Path, file: Path, encoding: str) -> list[Spot]:
    command = [str(peers), "-c", ASK, str(file), encoding, json.dumps({"fields": fields(file)})]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return [(row, column, kind) for row, column, kind in json.loads(said.stdout)]


def compare(found: list[Spot], file: Path, encoding: str) -> Iterator[str]:
    """A cell of theirs counts as seen where we say something of it; a row, where we say something of the row."""
    ours = check(file.read_bytes(), file.name).findings
    cells = {(item.row, item.column) for item in ours}
    rows = {item.row for item in ours}
    seen = [(row or 1, column) in cells or (kind in OF_ROWS and row in rows) for row, column, kind in found]
    missed = [spot for spot, is_seen in zip(found, seen, strict=True) if not is_seen]
    spots = {(row or 1, column) for row, column, _kind in found}
    beyond = Counter(item.code for item in ours if (item.row, item.column) not in spots)
    kinds = Counter(kind for _row, _column, kind in found)
    yield f"{encoding}: frictionless finds {len(found):,} ({_named(kinds)})"
    yield f"  of these we do not: {len(missed):,}{''.join(f' {spot}' for spot in missed[:10])}"
    yield f"  beyond them we find: {_named(beyond)}; not named here: {sorted(beyond.keys() - BEYOND)}"


def _named(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


if __name__ == "__main__":
    for line in measure(Path(sys.argv[1])):
        sys.stdout.write(f"{line}\n")
