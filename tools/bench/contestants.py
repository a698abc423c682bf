"""One contestant in its own process: a line on stdin is a run, a line of JSON on stdout its result."""

import csv
import gc
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFINITIONS = ROOT / "tablecheck" / "standards" / "definitions"
STANDARD = json.loads((DEFINITIONS / "public_toilet.json").read_text(encoding="utf-8"))
# Our kinds in the words of a Table Schema.
PATTERNS = {
    "municipality_code": "^[0-9]{6}$",
    "identifier": "^[!-~]+$",
    "kana": "^[゠-ヿ　 ・ー（）0-9０-９A-Za-z]+$",
    "town_id": "^[0-9]{4}-?[0-9]{3}$",
}
SHAPES = {
    "number": r"^-?[0-9]+(\.[0-9]+)?$",
    "integer": "^-?[0-9]+$",
    "time": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
}
Run = Callable[[], int | None]


def encoding_of(file: Path) -> str:
    return file.stem.partition("-")[2]


def fields(file: Path) -> list[dict[str, Any]]:
    """The definition of the columns that the file has, as a Table Schema."""
    known = {field["title"]: field for field in STANDARD["fields"]}
    with file.open(encoding=encoding_of(file)) as lines:
        header = next(csv.reader(lines))
    return [_field(known[title]) for title in header]


def _field(kept: dict[str, Any]) -> dict[str, Any]:
    rules = dict(kept.get("constraints", {}))
    if kept.get("kind") in PATTERNS:
        rules["pattern"] = PATTERNS[kept["kind"]]
    shape = {"format": "%H:%M"} if kept["type"] == "time" else {}
    return {"name": kept["title"], "type": kept["type"], "constraints": rules, **shape}


def frictionless(file: Path) -> Run:
    from frictionless import Resource, Schema, system

    schema = {"fields": fields(file)}

    def run() -> int:
        with system.use_context(trusted=True):
            resource = Resource(path=str(file), encoding=encoding_of(file), schema=Schema.from_descriptor(schema))
            return resource.validate(limit_errors=10**6).stats["errors"]

    return run


def pandera(file: Path) -> Run:
    """By vectorised expressions, and a row, a column, a value and a sentence of each error."""
    import pandera.polars as pa
    import polars as pl

    columns = {field["name"]: _column(pa, field) for field in fields(file)}
    schema = pa.DataFrameSchema(columns)

    def run() -> int:
        text = file.read_bytes().decode(encoding_of(file)).encode()
        try:
            schema.validate(pl.read_csv(text, infer_schema=False), lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases.select("index", "column", "failure_case", "check").rows()
            return len(
                [(row, column, value, f"{column}: {value} ({check})") for row, column, value, check in cases]
            )
        return 0

    return run


def _column(pa: Any, field: dict[str, Any]) -> Any:
    rules = field["constraints"]
    shape = rules.get("pattern") or SHAPES.get(field["type"])
    checks = [pa.Check.str_matches(shape)] if shape else []
    checks += [pa.Check.isin(rules["enum"])] if "enum" in rules else []
    return pa.Column(str, checks, nullable=not rules.get("required"), unique=bool(rules.get("unique")))


def csv_reader(file: Path) -> Run:
    def run() -> None:
        text = file.read_bytes().decode(encoding_of(file))
        for _row in csv.reader(io.StringIO(text, newline="")):
            pass

    return run


def polars_read(file: Path) -> Run:
    import polars as pl

    def run() -> None:
        pl.read_csv(file.read_bytes().decode(encoding_of(file)).encode(), infer_schema=False)

    return run


def dxbukai(file: Path) -> Run:
    sys.path.insert(0, str(ROOT))
    from tablecheck import check, repairs_of

    def run() -> int:
        checked = check(file.read_bytes(), file.name)
        repairs_of(checked.findings)
        return len(checked.findings)

    return run


def portal(file: Path) -> Run:
    """As a page does it: the file is kept, read in a child, and what was found stands in the database."""
    sys.path.insert(0, str(ROOT))
    from tools.bench import intake_page

    return intake_page.reading(file)


CONTESTANTS = {
    "frictionless": frictionless,
    "pandera": pandera,
    "csv.reader": csv_reader,
    "polars read": polars_read,
    "dxbukai": dxbukai,
    "portal": portal,
}


def cpu() -> float:
    """Of this process with its threads, and of those that it started."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    run = CONTESTANTS[sys.argv[1]](Path(sys.argv[2]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    warm = False
    for _line in sys.stdin:
        if not warm and Path(sys.argv[2]).stat().st_size < 1_000_000:
            run()
        warm = True
        gc.collect()
        started, before_cpu = time.perf_counter(), cpu()
        findings = run()
        seconds, used = time.perf_counter() - started, cpu() - before_cpu
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        said = {"seconds": seconds, "cpu": used, "findings": findings, "memory": memory}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
