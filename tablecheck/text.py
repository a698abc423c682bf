"""Bytes of a CSV or TSV → records: encoding, delimiter, quotes."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from tablecheck.vocabulary import Unreadable

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")
ENCODINGS = {
    "cp932": "Shift_JIS（Excelの保存形式）",
    "utf-8-sig": "UTF-8（BOM付き）",
    "utf-8": "UTF-8（BOMなし）",
    "utf-16": "UTF-16（Unicodeテキスト）",
}
NEVER_IN_CP932 = "\x80\xa0\uf8f1\uf8f2\uf8f3"
DELIMITERS = ",\t;|"
LONGEST_CELL = 131_072
FIRST_BLOCK, BLOCK = 16_384, 1_048_576
# No cell holds it: a file with a NUL is refused.
MARK = "\0"


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding). Strictly and over the whole file: a guess from the first lines is often wrong.

    `shift_jis` is not tried: it lacks a quarter of what Excel writes as "Shift_JIS".
    """
    if data.startswith(BOM_UTF16):
        return _strictly(data, "utf-16"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    except UnicodeDecodeError as utf8:
        if data.startswith(BOM_UTF8):
            raise _undecodable(data, utf8.start) from None
        return _real_cp932(data, _strictly(data, "cp932", utf8.start)), "cp932"


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """The same text as UTF-8, and its encoding. UTF-8 is handed on unread: who parses it refuses what is none."""
    if data.startswith(BOM_UTF8):
        return data, "utf-8-sig"
    try:
        data[:FIRST_BLOCK].decode()
    except UnicodeDecodeError as error:
        if error.start < FIRST_BLOCK - 4:
            text, encoding = decode(data)
            return text.encode(), encoding
    return data, "utf-8"


def _strictly(data: bytes, encoding: str, fallen_before: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, max(error.start, fallen_before)) from None


def _real_cp932(data: bytes, text: str) -> str:
    """Python gives five bytes a meaning that Windows never wrote; with one of them the file is something else."""
    at = min((text.find(byte) for byte in NEVER_IN_CP932 if byte in text), default=None)
    if at is not None:
        raise _undecodable(data, len(text[:at].encode("cp932")))
    return text


def _undecodable(data: bytes, at: int) -> Unreadable:
    line = data.count(b"\n", 0, at) + 1
    shown = data[at : at + 2].hex(" ").upper()
    return Unreadable(
        "encoding",
        f"{line}行目に、読み取れない文字があります（文字コード：UTF-8・Shift_JISのいずれでもありません。値：{shown}）。"
        "Excelで開いてその行を直し、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
    )


def refuse_nul(text: str) -> None:
    """A NUL never stands in a table; it is the mark of a file that is something else."""
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Unreadable(
            "nul",
            f"{line}行目に、表にはあり得ない文字（NUL）があります。CSVではないファイルか、壊れたファイルです。"
            "Excelで開き直して保存してください。",
        )


def delimiter_of(text: str) -> str:
    """The one that divides most lines of the beginning into equally many parts."""
    lines = [line for line in text[:65_536].splitlines()[:50] if line]

    def evenness(delimiter: str) -> int:
        counts = Counter(line.count(delimiter) for line in lines)
        return max((count * lines for count, lines in counts.items()), default=0)

    return max(DELIMITERS, key=evenness)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Some records of a text, from the beginning of a line to the end of one."""

    text: str
    delimiter: str

    def rows(self) -> Iterator[list[str]]:
        """Record by record. A line without quotes is simply divided, in half the time that csv.reader takes."""
        lines = iter(_one_ending(self.text).removesuffix("\n").split("\n"))
        for line in lines:
            yield line.split(self.delimiter) if '"' not in line else _quoted(line, lines, self.delimiter)

    def columns(self, width: int) -> list[list[str]] | None:
        """Column by column, without making rows first; only if no cell is quoted and every line has this width.

        A mark at the end of each line stands in its own column then, and nowhere else.
        """
        if '"' in self.text:
            return None
        ending = "\r\n" if "\r\n" in self.text else "\n"
        text = self.text if self.text.endswith(ending) else self.text + ending
        marked = text.replace(ending, f"{self.delimiter}{MARK}{self.delimiter}")
        if "\n" in marked or "\r" in marked:
            return None
        cells = marked.removesuffix(self.delimiter).split(self.delimiter)
        marks = cells[width :: width + 1]
        # As many marks as lines, and all of them here: else short lines would pass for one of the right width.
        if len(cells) != len(marks) * (width + 1) or not marks.count(MARK) == len(marks) == text.count(ending):
            return None
        return [cells[index :: width + 1] for index in range(width)]


def blocks(text: str, delimiter: str) -> Iterator[TextBlock]:
    """The text in pieces of about a megabyte (the first is smaller); none ends inside a quoted cell."""
    start, size = 0, FIRST_BLOCK
    while start < len(text):
        end, quotes = start, 0
        while end < len(text):
            before, end = end, text.find("\n", end + size) + 1 or len(text)
            quotes += text.count('"', before, end)
            if quotes % 2 == 0:
                break
        yield TextBlock(text[start:end], delimiter)
        start, size = end, BLOCK


def _one_ending(text: str) -> str:
    """Lines end with LF alone, also the last one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else f"{text}\n"


def _quoted(line: str, following: Iterator[str], delimiter: str) -> list[str]:
    """A record with quotes, which may go on over the following lines."""
    taken = [line]

    def rest() -> Iterator[str]:
        for more in following:
            taken.append(more)
            if len(taken) > LONGEST_CELL:
                break
            yield more + "\n"

    try:
        record = next(csv.reader(chain([line + "\n"], rest()), delimiter=delimiter))
    except csv.Error:
        raise _unclosed(line) from None
    if len(taken) > 1 and sum(part.count('"') for part in taken) % 2:
        raise _unclosed(line)
    return record


def _unclosed(line: str) -> Unreadable:
    beginning = "".join(islice(line, 30))
    return Unreadable(
        "quote",
        f'「{beginning}」から始まる行の「"」が閉じられていないため、どこまでが一つのセルか分かりません。'
        "Excelで開いてその行を直し、保存し直してください。",
    )
