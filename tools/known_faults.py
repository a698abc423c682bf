"""Faults that plainly stand in a folder of files, by simple means of its own: `python -m tools.known_faults DIR`.

It imports nothing of tablecheck, so that what tablecheck sees of them is a figure and no opinion. Each sort of
fault is a pattern over cells, and the title of the column says which pattern is asked.
"""

import csv
import io
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

Grid = list[list[str]]
ENCODINGS = ("utf-8-sig", "cp932", "utf-16")
SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx"}
DEEPEST = 20


class Fault(NamedTuple):
    """Row and column as Excel counts them, from 1."""

    row: int
    column: int
    kind: str
    value: str


# What the title of a column promises


def words(title: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).lower()


TITLES = {
    "latitude": re.compile("緯度$|^lat(itude)?$"),
    "longitude": re.compile("経度$|^(lon|lng|longitude)$"),
    "kana": re.compile("カナ$|カナ表記$|かな$|フリガナ|ふりがな|よみがな|読み仮名"),
    "phone": re.compile("(電話|電話番号|tel|fax|fax番号|telephonenumber)$"),
    "time": re.compile("(開始|終了)(時間|時刻)"),
    "moment": re.compile("^(start|end)time$"),
    "url": re.compile("url$|^ホームページ(アドレス)?$"),
    "code": re.compile("(地方公共団体|市区町村|市町村)コ.ド$"),
}


def promised(title: str) -> str | None:
    return next((kind for kind, pattern in TITLES.items() if pattern.search(words(title))), None)


# What is wrong with a value

CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
# What stands for a time where no standard asks for two figures: 9:00 does, 1700 does not.
BARE = re.compile("[0-9]{3,4}")
FRACTION = re.compile(r"0?\.[0-9]+|[01]")
PHONE = re.compile(r"\+?[0-9(][0-9() -]{7,17}[0-9]( ?内線[0-9]+)?")
URL = re.compile(r"https?://[^\s！-～.]+\.[^\s！-～]+")
ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
LOST = re.compile("\ufffd|〓|(?<=[0-9時分月日曜祝])\\?(?=[0-9翌]|午[前後])")
GARBLED = re.compile("[縺繧繝譛蟶鬮蛻荳菴]")
HALF_KANA = re.compile("[ｦ-ﾟ･]")
# A dash that draws out no sound: ハ―ト for ハート.
DASHED_KANA = re.compile("[ァ-ヶ]―")
WEIGHTS = (6, 5, 4, 3, 2)


def number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]*)?", text) else None


def faulty_code(text: str) -> bool:
    if not re.fullmatch("[0-9]{6}", text):
        return True
    rest = sum(int(figure) * weight for figure, weight in zip(text[:5], WEIGHTS, strict=True)) % 11
    return str((11 - rest) % 10) != text[5]


def wrong_alone(kind: str | None, title: str, text: str) -> Iterator[str]:
    """What one value shows, without the blanks around it."""
    if ERROR.fullmatch(text):
        yield "excel-error"
        return
    if is_lost(text):
        yield "lost-character"
    if kind == "kana" and is_no_katakana(text, title):
        yield "kana"
    if kind == "phone" and not PHONE.fullmatch(text):
        yield "phone"
    if kind == "time" and not CLOCK.fullmatch(text) and not FRACTION.fullmatch(text):
        yield "time"
    if kind == "moment" and BARE.fullmatch(text):
        yield "time"
    if kind == "url" and not URL.fullmatch(text):
        yield "url"
    if kind == "code" and faulty_code(text):
        yield "code"


def is_lost(text: str) -> bool:
    return bool(LOST.search(text) and "://" not in text) or len(GARBLED.findall(text)) > 1 or is_misread(text)


def is_misread(text: str) -> bool:
    """Whether the bytes of this in CP932 are Japanese in UTF-8: 鬢ｨ is 館."""
    try:
        return bool(re.search("[ぁ-ヶ一-龥]", text.encode("cp932").decode()))
    except UnicodeError:
        return False


def is_no_katakana(text: str, title: str) -> bool:
    in_hiragana = "カナ" in words(title) and re.search("[ぁ-ん]", text)
    return bool(HALF_KANA.search(text) or DASHED_KANA.search(text) or in_hiragana)


def wrong_places(latitude: str, longitude: str) -> list[tuple[str | None, str | None]]:
    """What is wrong with (latitude, longitude)."""
    north, east = number(latitude), number(longitude)
    if north is not None and east is not None and 122 <= north < 154 and 20 <= east < 46:
        return [("swapped", "swapped")]
    return [(_place(latitude, north, 20, 46), _place(longitude, east, 122, 154))]


def _place(text: str, value: float | None, lowest: int, highest: int) -> str | None:
    if not text:
        return None
    if value is None:
        return "coordinate-number"
    return None if lowest <= value < highest else "outside-japan"


def faults_in(grid: Grid) -> Iterator[Fault]:
    at = header_in(grid)
    if at is None:
        return
    titles = grid[at]
    kinds = [promised(title) for title in titles]
    for index, title in enumerate(titles):
        if is_lost(title):
            yield Fault(at + 1, index + 1, "lost-character", title)
    places = {kind: kinds.index(kind) for kind in ("latitude", "longitude") if kind in kinds}
    for row, cells in enumerate(grid[at + 1 :], at + 2):
        if not "".join(cells).strip() or cells[0].startswith("#"):
            continue
        for index, value in enumerate(cells[: len(titles)]):
            text, kind = value.strip(), kinds[index]
            if text != value:
                edge = "coordinate-space" if kind in places else "edge-space"
                yield Fault(row, index + 1, edge if text else "blank", value)
            for wrong in wrong_alone(kind, titles[index], text) if text else ():
                yield Fault(row, index + 1, wrong, value)
        if len(places) == 2 and len(cells) > max(places.values()):
            yield from _of_places(row, cells, places["latitude"], places["longitude"])


def _of_places(row: int, cells: list[str], latitude: int, longitude: int) -> Iterator[Fault]:
    for pair in wrong_places(cells[latitude].strip(), cells[longitude].strip()):
        for index, wrong in zip((latitude, longitude), pair, strict=True):
            if wrong:
                yield Fault(row, index + 1, wrong, cells[index])


def header_in(grid: Grid) -> int | None:
    """The first row that is filled at least half as much as the fullest of the first rows; a list may name it."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in grid[:DEEPEST]]
    named = (at for at, row in enumerate(grid[:DEEPEST]) if row and row[0] == "#property")
    wide = (at for at, cells in enumerate(filled) if cells and cells >= max(filled) / 2)
    return next(named, next(wide, None))


# Reading


def grid_of(path: Path) -> Grid | None:
    """The cells of a file, row by row as Excel numbers them; None where these means do not reach."""
    data = path.read_bytes()
    try:
        return book(data) if data.startswith(b"PK") else text(data)
    except (ValueError, KeyError, ET.ParseError, zipfile.BadZipFile, csv.Error):
        return None


def text(data: bytes) -> Grid | None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return None
    for encoding in ENCODINGS if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS[2:]:
        try:
            content = data.decode(encoding)
        except UnicodeError:
            continue
        delimiter = max(",\t;", key=content.split("\n", 1)[0].count)
        return list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True))
    return None


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book(data: bytes) -> Grid:
    """The first sheet, by the parts that every workbook has."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = [_said(item) for item in _parsed(archive, "xl/sharedStrings.xml")]
        sheet = _parsed(archive, "xl/worksheets/sheet1.xml")
    grid: Grid = []
    for row in sheet.iter(f"{MAIN}row"):
        grid += [[] for _ in range(int(row.get("r", len(grid) + 1)) - len(grid))]
        for cell in row:
            column = index_of(re.sub("[0-9]", "", cell.get("r", "A1")))
            grid[-1] += [""] * (column - len(grid[-1]))
            grid[-1][column - 1] = _value(cell, shared)
    width = max(map(len, grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]


def _parsed(archive: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(name))  # noqa: S314 -- whoever runs this chose the folder


def index_of(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index


def _said(item: ET.Element) -> str:
    """The text, without its phonetic reading."""
    parts = [*item.findall(f"{MAIN}t"), *item.findall(f"{MAIN}r/{MAIN}t")]
    return "".join(part.text or "" for part in parts)


def _value(cell: ET.Element, shared: list[str]) -> str:
    inline, value = cell.find(f"{MAIN}is"), cell.findtext(f"{MAIN}v") or ""
    if inline is not None:
        return _said(inline)
    return shared[int(value)] if cell.get("t") == "s" and value else value


def files_in(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def main(folder: str) -> None:
    sums = Counter[str]()
    for path in files_in(Path(folder)):
        grid = grid_of(path)
        found = Counter(fault.kind for fault in faults_in(grid or []))
        sums += found
        shown = ", ".join(f"{kind} {times}" for kind, times in found.most_common())
        sys.stdout.write(f"{path.relative_to(folder)}: {'not read' if grid is None else shown or '-'}\n")
    sys.stdout.write(f"{sum(sums.values())} in all: {dict(sums.most_common())}\n")


if __name__ == "__main__":
    main(sys.argv[1])
