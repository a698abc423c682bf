"""Workbooks of a few kilobytes that ask for more memory than any machine has, each in a spelling of its own.

The reader allocates the rectangle up to the last cell, or as many strings as the file claims. No list of spellings
is complete: that is why files are read in a child.
"""

import io
import zipfile
from collections.abc import Iterator

from tests.tablecheck.books import XLS
from tests.tablecheck.sheets import NS, NS_R, _content_types, _rels

FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
CORNER = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
MANY = 999_999_999_999


def book(sheet, *, target="worksheets/sheet1.xml", path="xl/worksheets/sheet1.xml", strings=""):
    """An .xlsx with this sheet, which may lie elsewhere than Excel puts it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", _content_types(1))
        parts.writestr("_rels/.rels", _rels([("officeDocument", "xl/workbook.xml")]))
        sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        parts.writestr("xl/workbook.xml", f"<workbook {NS} {NS_R}>{sheets}</workbook>")
        related = [("worksheet", target), *([("sharedStrings", "sharedStrings.xml")] if strings else [])]
        parts.writestr("xl/_rels/workbook.xml.rels", _rels(related))
        parts.writestr(path, sheet)
        if strings:
            parts.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


def sheet(rows, prefix=""):
    ns = NS.replace("xmlns=", f"xmlns:{prefix[:-1]}=") if prefix else NS
    return f"<{prefix}worksheet {ns}><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"


def corner(**changes):
    rows = FIRST + CORNER
    for before, after in changes.values():
        rows = rows.replace(before, after)
    return book(sheet(rows))


def prefixed(rows):
    """<row> → <x1:row>"""
    return rows.replace("</", "\0").replace("<", "<x1:").replace("\0", "</x1:")


def hostile_books() -> Iterator[tuple[str, bytes]]:
    far = 'r="XFD1048576"'
    yield "far corner", corner()
    yield "another folder", book(sheet(FIRST + CORNER), target="sheets/s.xml", path="xl/sheets/s.xml")
    yield "a sub-folder", book(sheet(FIRST + CORNER), target="worksheets/a/s.xml", path="xl/worksheets/a/s.xml")
    yield "upper case", book(sheet(FIRST + CORNER), path="xl/Worksheets/Sheet1.XML")
    yield "single quotes", corner(quotes=(far, "r='XFD1048576'"))
    yield "lower case", corner(letters=("XFD", "xfd"))
    yield "blanks around =", corner(blanks=(far, 'r = "XFD1048576"'))
    yield "a prefix with a figure", book(sheet(prefixed(FIRST + CORNER), "x1:"))
    yield "> in an attribute", corner(attribute=('<c r="XFD', '<c s=">" r="XFD'))
    yield "cells without place", book(sheet(FIRST + f'<row r="1048576">{"<c><v>2</v></c>" * 16_384}</row>'))
    yield "after 33 MB", book(sheet(f'{FIRST}<row r="2"><!--{" " * (33 << 20)}--></row>{CORNER}'))
    yield "sparse", book(sheet(FIRST + "<row r='100000'><c r='ALL100000'><v>2</v></c></row>"))
    shared = f'<sst {NS} count="1" uniqueCount="{MANY}"><si><t>x</t></si></sst>'
    yield "strings claimed", book(sheet(FIRST), strings=shared)
    long = f'<sst {NS} count="1" uniqueCount="1"><si><t>{"x" * (1 << 20)}</t></si></sst>'
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 12_001))
    yield "one string in 12,000 cells", book(sheet(cells), strings=long)
    yield "xls with a far corner", with_number(XLS, last_cell(XLS), 0x00FF_FFFF)
    yield "xls with a directory claimed", with_number(XLS, 0x48, 0x7FFFFFFF)


# A length beyond the end of the .xls: the reader panics, and says so on stderr before anybody can catch it.
PANIC = XLS[:1488] + b"\x35\x6f" + XLS[1490:]


def last_cell(data):
    """Where the last cell with a text (LABELSST) says its row and column."""
    return data.rindex(b"\xfd\x00\x0a\x00") + 4


def with_number(data, at, number):
    """The file with four of its bytes, a count or a place, turned into others."""
    return data[:at] + number.to_bytes(4, "little") + data[at + 4 :]
