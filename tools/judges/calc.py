"""LibreOffice Calc saves a roster as each kind of workbook; `python -m tablecheck` reads it and repairs it.

What Calc shows stands in the repaired list, cell for cell: rare kanji, days of the calendar, a title above the
header, an empty cell below a merged one.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.judges import Finding, Town, Verdict, tools

KINDS = ["xlsx", "xls", "ods"]
LIST = tools.HERE / "roster.fods"
SHOWN = [
    ["職員番号", "氏名", "ふりがな", "課", "職名", "開始日"],
    ["0101", "髙﨑 一郎", "たかさき いちろう", "市民課", "主事", "2026-05-01"],
    ["0102", "𠮷田 二葉", "よしだ ふたば", "", "主任", "2026-06-01"],
    ["1203", "\ufa19 \ufa1a子", "じん しょうこ", "環境課", "", "2026-07-01"],
]
# Below the title.
FIRST_ROW, LETTERS = 2, "ABCDEF"
MINIMUM, COUNTED = len(KINDS) * len(SHOWN) * len(SHOWN[0]), "cells"


def judge(_town: Town) -> Verdict:
    soffice = tools.program("soffice", "apt-get install libreoffice-calc-nogui")
    met, found = 0, []
    with tempfile.TemporaryDirectory() as folder:
        home = f"-env:UserInstallation={Path(folder, 'home').as_uri()}"
        for kind in KINDS:
            command: list[str | Path] = [
                soffice,
                "--headless",
                "--norestore",
                home,
                "--convert-to",
                kind,
                "--outdir",
                folder,
                LIST,
            ]
            subprocess.run(command, capture_output=True, check=True)
            cells = read(Path(folder, LIST.stem).with_suffix(f".{kind}"))
            met += sum(map(len, cells))
            found += compare(cells, f"{LIST.stem}.{kind}")
    return met, found


def read(book: Path) -> list[list[str]]:
    repaired = book.with_suffix(".csv")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tablecheck",
        book,
        "--standard",
        "roster",
        "--repair",
        repaired,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if not repaired.exists():
        raise RuntimeError(said.stderr or said.stdout)
    with repaired.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def compare(cells: list[list[str]], book: str) -> list[Finding]:
    if [len(row) for row in cells] != [len(row) for row in SHOWN]:
        return [Finding("another-shape", book, f"{cells}")]
    return [
        Finding(f"another-{letter}{number}", book, f"{shown!r} was read as {cell!r}")
        for number, (shown_row, row) in enumerate(zip(SHOWN, cells, strict=True), FIRST_ROW)
        for letter, shown, cell in zip(LETTERS, shown_row, row, strict=True)
        if shown != cell
    ]
