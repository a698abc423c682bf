"""The engine as a process of its own: `python -m tablecheck.apart KIND PROGRESS`, file on stdin, answer on stdout.

Whoever starts it sets the limits (foundation.apart) and asks in the first line of what is given. Each line of the
answer is JSON: what is known of the file, then findings and rows in blocks, so that the one who asked can keep a
table without holding it.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from tablecheck.check import check
from tablecheck.findings import about_reading
from tablecheck.limits import Limits
from tablecheck.read import Way, read
from tablecheck.relations.boundary import Boundary, shape_in
from tablecheck.standards import OwnColumn, held_to
from tablecheck.table import Checked, Column, Detected, Table
from tablecheck.vocabulary import Finding, Unreadable

BLOCK = 1000
# Records that a preview shows.
PREVIEWED = 8


# Asking


def question(data: bytes, **asked: Any) -> IO[bytes]:
    """What the child is given: a line of JSON, then the file as it came."""
    given = tempfile.TemporaryFile()  # noqa: SIM115 -- handed on
    given.write(json.dumps(asked).encode() + b"\n")
    given.write(data)
    return given


TOO_HEAVY = (
    "読み込みに必要なメモリが上限を超えたため、このファイルは読み込めませんでした。"
    "表から離れたセルに文字や書式が残っていないか確認し、必要な行と列だけを新しいファイルに移して保存してください。"
)
TOO_SLOW = "決められた時間の中で読み込みが終わりませんでした。ファイルを分けてからもう一度お試しください。"
BROKEN_OFF = (
    "ファイルの読み込みが途中で止まりました。Excelで開き、別の名前で保存し直してください。"
    "直らないときは、システム管理者へ御連絡ください。"
)
DEATHS = {
    "memory": ("too-heavy", TOO_HEAVY),
    "time": ("too-slow", TOO_SLOW),
    "unknown": ("broken-off", BROKEN_OFF),
}


def died(reason: str) -> Unreadable:
    """What a person is told of a child that gave no answer (foundation.apart.Died)."""
    return Unreadable(*DEATHS[reason])


# The child's side


def main(kind: str, progress: str) -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    with os.fdopen(int(progress), "w") as telling:
        try:
            for line in KINDS[kind](data, asked, telling):
                print(json.dumps(line, ensure_ascii=False))  # noqa: T201 -- the answer
        except Unreadable as refusal:
            print(json.dumps({"code": refusal.code, "message": refusal.message}))  # noqa: T201


def table(data: bytes, asked: dict[str, Any], telling: IO[str]) -> Iterator[Any]:
    def tell(done: int, total: int) -> None:
        telling.write(f"{done} {total}\n")
        telling.flush()

    checked = check(
        data,
        asked["name"],
        standard=held_to(OwnColumn(*column) for column in asked["own"]) if asked.get("own") else asked["standard"],
        sheet=asked["sheet"],
        municipality=asked["municipality"],
        boundary=Boundary.from_geojson(asked["boundary"]) if asked["boundary"] else None,
        way=_way(asked),
        limits=Limits(**asked["limits"]),
        progress=tell,
    )
    yield {
        "header": checked.table.header,
        "header_row": checked.table.header_row,
        "noted": checked.table.noted(),
        "height": len(checked.table),
        "detected": checked.detected.as_json(),
        "standard": checked.standard,
        "columns": [column.as_json() for column in checked.columns],
        "profile": checked.profile,
        "findings": len(checked.findings),
    }
    yield from blocks(checked.findings)
    yield from blocks(checked.table.rows())


def preview(data: bytes, asked: dict[str, Any], _telling: IO[str]) -> Iterator[Any]:
    """How a file would be read, without judging it: titles, the first records, and what is left out."""
    found, detected = read(data, asked["sheet"], Limits(**asked["limits"]), _way(asked))
    yield {
        "header": found.header,
        "header_row": found.header_row,
        "height": len(found),
        "noted": found.noted(),
        "detected": detected.as_json(),
        "rows": list(islice(found.rows(), PREVIEWED)),
        "said": [finding.message for finding in about_reading(found, detected)],
    }


def _way(asked: dict[str, Any]) -> Way:
    return Way(**asked.get("way", {}))


def shape(data: bytes, asked: dict[str, Any], telling: IO[str]) -> Iterator[Any]:
    """A GeoJSON that a boundary can be made of, as the database can keep it."""
    found = shape_in(data)
    Boundary.from_geojson(found)
    yield found


KINDS = {"table": table, "preview": preview, "shape": shape}


def blocks(several: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(several)
    while block := list(islice(rest, BLOCK)):
        yield block


# Hearing the answer


@dataclass(slots=True)
class ToldTable(Table):
    """A table whose rows are still in the child's answer: they are read once, from first to last."""

    height: int = 0
    lines: Iterable[bytes] = ()

    def __len__(self) -> int:
        return self.height

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for line in self.lines:
            for number, cells in json.loads(line):
                yield number, tuple(cells)


def table_told(answer: IO[bytes]) -> Checked:
    """What the child found out. Raises Unreadable as check() does."""
    told = first_of(answer)
    lines = range(-(-told["findings"] // BLOCK))
    findings = [Finding(*row) for _line in lines for row in json.loads(answer.readline())]
    return Checked(
        table=ToldTable(told["header"], [], (), told["header_row"], height=told["height"], lines=answer).note(
            told["noted"]
        ),
        detected=Detected.from_json(told["detected"]),
        standard=told["standard"],
        columns=[Column.from_json(column) for column in told["columns"]],
        findings=findings,
        profile=told["profile"],
    )


def first_of(answer: IO[bytes]) -> Any:
    told = json.loads(answer.readline())
    if told.keys() == {"code", "message"}:
        raise Unreadable(told["code"], told["message"])
    return told


if __name__ == "__main__":
    main(*sys.argv[1:])
