"""Workbooks: what they are is told by what is inside, and none is larger than the memory."""

import datetime as dt
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tablecheck import Detected, Limits, Unreadable, check
from tablecheck.read import read
from tablecheck.workbook import shown
from tests.hostile.files import rewritten
from tests.tablecheck.books import EMPTY, blank, ods, typed, with_cell, with_stream, word
from tests.tablecheck.hostile import FIRST, book, sheet
from tests.tablecheck.sheets import NS, xlsx

ROOT = Path(__file__).resolve().parents[2]


def rows(data):
    return list(read(data)[0].rows())


def refusal(data, **options):
    with pytest.raises(Unreadable) as refused:
        read(data, **options)
    return refused.value.code


def read_or_refusal(data):
    try:
        return str(rows(data))
    except Unreadable as refused:
        return refused.code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("駅", "駅"),
        (True, "TRUE"),
        (False, "FALSE"),
        (3.0, "3"),
        (-0.25, "-0.25"),
        (0.1 + 0.2, "0.3"),
        (34.876011899999996, "34.8760119"),
        (1e15, "1000000000000000.0"),
        (999999999999999.0, "999999999999999"),
        (dt.datetime.fromisoformat("2026-06-15T00:00"), "2026-06-15"),
        (dt.datetime.fromisoformat("2026-06-15T09:05"), "2026-06-15 09:05"),
        (dt.date(2026, 6, 15), "2026-06-15"),
        (dt.time(9, 5), "09:05"),
        (dt.timedelta(hours=30, minutes=5), "30:05"),
        ("PT24H00M00S", "24:00"),
    ],
)
def test_a_cell_is_shown_as_one_would_write_it(value, text):
    assert shown(value) == text


def test_a_workbook_of_hidden_sheets_alone_has_nothing_to_read():
    hidden = rewritten(
        xlsx(一覧=[["名称"], ["駅"]]),
        "xl/workbook.xml",
        lambda text: text.replace(b"<sheet ", b'<sheet state="hidden" '),
    )
    assert refusal(hidden) == "no-sheet"


# OLE: .xls, and what only looks like it


def test_an_xls_that_speaks_of_encryption_is_read():
    assert rows(with_cell("EncryptedPackage"))[1][1][:2] == ("EncryptedPackage", "公園町")


def test_a_word_document_that_speaks_of_a_book_is_no_table():
    assert refusal(with_stream("WordDocument", with_cell("Book of the year"))) == "document"


def test_a_workbook_with_a_password_is_told_so():
    assert refusal(with_stream("EncryptedPackage")) == "encrypted"


def test_the_names_of_streams_know_no_case():
    assert rows(with_stream("WORKBOOK")) == rows(with_stream("Workbook"))


# OpenDocument


def test_an_ods_is_read_with_its_numbers_times_and_days():
    book = ods(
        word("名称") + word("数") + word("始まり") + word("日"),
        word("駅")
        + typed("float", value="6")
        + typed("time", time_value="PT09H00M00S")
        + typed("date", date_value="2021-05-18"),
        (1_048_574, blank(16_384)),
    )
    table, detected = read(book)
    assert list(table.rows()) == [(2, ("駅", "6", "09:00", "2021-05-18"))]
    assert detected == Detected("ods", sheet="施設", sheets=("施設",))


def test_an_opendocument_text_is_no_table():
    assert refusal(ods(word("名称"), kind="text")) == "document"


# NUL


def test_a_nul_in_a_cell_is_refused():
    assert refusal(xlsx(一覧=[["名称", "住所"], ["公園_x0000_", "見本市1"]])) == "nul"


# What a sheet says beside its values


def beside(*changes):
    """(cell or row, code, repair) of what is told of two rows whose XML was changed so."""
    book = xlsx(一覧=[["地区", "数"], ["東", 1.0], ["西", 2.0]])
    for before, after in changes:
        book = rewritten(book, "xl/worksheets/sheet1.xml", lambda xml, b=before, a=after: xml.replace(b, a))
    quiet = {"no-standard", "kinds-guessed"}
    return [(item.cell, item.code, item.repair) for item in check(book).findings if item.code not in quiet]


def test_an_error_of_excel_is_a_value_and_told():
    assert beside((b'<c r="B3"><v>2.0</v>', b'<c r="B3" t="e"><v>#N/A</v>')) == [("B3", "excel-error", None)]


def test_a_formula_that_was_never_computed_is_told():
    assert beside((b"<v>2.0</v>", b"<f>B2+1</f>")) == [("B3", "formula-without-value", None)]


def test_a_merged_cell_can_take_the_value_of_the_first():
    west = b'<c r="A3" t="inlineStr"><is><t>\xe8\xa5\xbf</t></is></c>'
    merged = (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>')
    assert beside((west, b""), merged) == [("A3", "merged", "東")]


def test_what_is_hidden_is_told():
    hidden_row = (b'<row r="3">', b'<row r="3" hidden="1">')
    hidden_column = (b"<sheetData>", b'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
    assert [code for _cell, code, _repair in beside(hidden_row, hidden_column)] == ["hidden-row", "hidden-column"]


FORMATS = f"""<styleSheet {NS}><numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"""


def test_zeros_before_a_number_are_read_as_its_format_shows_them():
    book = io.BytesIO(
        rewritten(
            xlsx(一覧=[["コード", "数"], [11002.0, 5.0]]),
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b'<c r="A2">', b'<c r="A2" s="1">'),
        )
    )
    with zipfile.ZipFile(book, "a") as parts:
        parts.writestr("xl/styles.xml", FORMATS)
    assert list(read(book.getvalue()).table.rows()) == [(2, ("011002", "5"))]


# Bombs


CHILD = """
import pathlib, sys, tablecheck
try:
    tablecheck.check(pathlib.Path(sys.argv[1]).read_bytes())
except tablecheck.Unreadable as refused:
    print(refused.code)
"""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def in_a_child(folder, data):
    """What a process of its own says to these bytes: without a guard the reader would end this one."""
    (folder / "book").write_bytes(data)
    command = [sys.executable, "-c", CHILD, str(folder / "book")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout.strip()


def test_one_cell_in_the_last_corner_of_an_xlsx_does_not_fill_the_memory(tmp_path):
    book = xlsx(施設=[["名称"]], far={"XFD1048576": "はみ出し"})
    assert in_a_child(tmp_path, book) == (0, "too-many-columns")


def test_what_stands_in_another_part_than_a_sheet_is_no_cell():
    table, far = xlsx(施設=[["名称"], ["駅"]]), b'<!--<c r="XFD1048576"><v>1</v></c>-->'
    other = rewritten(table, "[Content_Types].xml", lambda xml: xml + far)
    assert (other != table, read_or_refusal(other)) == (True, read_or_refusal(table))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([word("名称"), (LAST_ROW - 2, EMPTY), blank(LAST_COLUMN - 1) + word("はみ出し")], "too-many-columns"),
        ([(LAST_ROW, word("名称", 900))], "too-many-cells"),
    ],
)
def test_neither_does_an_ods(tmp_path, lines, code):
    assert in_a_child(tmp_path, ods(*lines)) == (0, code)


# ASVS V5.2.3
def test_a_workbook_is_measured_by_its_directory_before_anything_is_unpacked():
    """What the directory says of size and number; a lie in it is a damaged file to the library that unpacks."""
    packed = book(sheet(f"{FIRST}<!--{' ' * 100_000}-->"))
    assert (len(packed) < 20_000, refusal(packed, limits=Limits(bytes=20_000))) == (True, "too-large")
    assert refusal(packed, limits=Limits(parts=3)) == "too-many-parts"
    assert refusal(ods(word("名称")), limits=Limits(parts=2)) == "too-many-parts"


# ASVS V1.5.1
def test_no_entity_is_resolved_whether_from_outside_or_from_inside(tmp_path):
    (tmp_path / "secret").write_text("秘密の一文")
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    inside = '<!DOCTYPE x [<!ENTITY e "秘密の一文">]>'
    for declared in (outside, inside):
        table = ods(word("名称"), word("&e;"))
        assert refusal(rewritten(table, "content.xml", lambda text, d=declared: d.encode() + text)) == "entity"
        table = xlsx(施設=[["名称"], ["実体"]])
        for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            hostile = rewritten(
                table, part, lambda text, d=declared: (d + text.decode().replace("実体", "&e;")).encode()
            )
            assert "秘密の一文" not in read_or_refusal(hostile)


def test_a_cell_outside_of_any_table_is_measured_with_none():
    stray = rewritten(
        ods(word("名称")),
        "content.xml",
        lambda xml: xml.replace(b"<table:table ", word("迷子").encode() + b"<table:table "),
    )
    assert read_or_refusal(stray) == read_or_refusal(ods(word("名称")))


def test_a_long_sheet_of_empty_rows_is_no_bomb():
    assert len(check(ods(word("名称"), word("駅"), (LAST_ROW - 2, blank(LAST_COLUMN)))).table) == 1
