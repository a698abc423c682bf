"""Bytes in, a table out, or one sentence for the person who sent them."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tablecheck import Limits, Unreadable, check, text
from tablecheck.cells import LONGEST
from tablecheck.header import DEEPEST_HEADER, header_position
from tablecheck.read import read
from tablecheck.table import Detected
from tests.tablecheck.sheets import csv, standard, xlsx

FILES = Path(__file__).resolve().parent / "files"


def rows(data, **options):
    return list(read(data, **options)[0].rows())


def refusal(data, **options):
    with pytest.raises(Unreadable) as refused:
        read(data, **options)
    return refused.value.code, refused.value.message


# What the file is


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_that_excel_saves_is_read(encoding):
    table, detected = read(csv("名称,数", "髙山駅①,1", encoding=encoding))
    assert (table.header, list(table.rows())) == (["名称", "数"], [(2, ("髙山駅①", "1"))])
    assert detected == Detected("csv", encoding, ",")


@pytest.mark.parametrize(("delimiter", "kind"), [(",", "csv"), ("\t", "tsv"), (";", "csv")])
def test_the_delimiter_is_the_one_that_divides_evenly(delimiter, kind):
    table, detected = read(csv(f"名称{delimiter}備考", f"駅{delimiter}北口、東口"))
    assert (list(table.rows()), detected.delimiter, detected.format) == (
        [(2, ("駅", "北口、東口"))],
        delimiter,
        kind,
    )


def test_a_workbook_is_known_by_its_content_and_not_by_its_name():
    book = xlsx(施設=[["名称", "数", "緯度"], ["駅", 6.0, 36.146]])
    table, detected = read(book)
    assert (list(table.rows()), detected) == (
        [(2, ("駅", "6", "36.146"))],
        Detected("xlsx", sheet="施設", sheets=("施設",)),
    )


def test_an_xls_renamed_to_csv_is_read_as_what_it_is():
    table, detected = read((FILES / "xls_renamed.csv").read_bytes())
    assert detected == Detected("xls", sheet="公衆トイレ", sheets=("公衆トイレ",))
    assert (table.header_row, list(table.rows())) == (
        2,
        [
            (3, ("見本駅前公衆トイレ", "見本県見本市本町1", "北口", "36.146", "137.252", "2", "09:00")),
            (4, ("見本公園公衆トイレ", "見本県見本市公園町2", "東側", "36.151", "137.261", "3", "00:00")),
        ],
    )


def test_a_sheet_can_be_chosen_and_otherwise_the_first_with_cells_is_read():
    book = xlsx(表紙=[], 一覧=[["名称"], ["駅"]], 予備=[["名称"], ["港"]])
    assert rows(book) == [(2, ("駅",))]
    assert rows(book, sheet="予備") == [(2, ("港",))]
    assert refusal(book, sheet="ない") == (
        "no-such-sheet",
        "「ない」というシートはありません。「表紙」「一覧」「予備」から選んでください。",
    )


# Where the table is


@pytest.mark.parametrize("above", [1, 2, 3])
def test_a_header_below_titles_is_found_and_excels_row_numbers_stay(above):
    table, _ = read(csv(*["高山市の公衆トイレ"] * above, "名称,緯度,経度", "駅,36.1,137.2"))
    assert (table.header_row, list(table.rows())) == (above + 1, [(above + 2, ("駅", "36.1", "137.2"))])


def test_one_word_that_is_a_title_elsewhere_makes_no_header():
    table, _ = read(csv("館の名,内容", "本館,住所", "別館,緯度"))
    assert (table.header, table.header_row) == (["館の名", "内容"], 1)


def test_a_cell_with_line_breaks_is_one_row_of_excel():
    assert rows(csv("名称,備考", '駅,"一\n二"', "港,三")) == [(2, ("駅", "一\n二")), (3, ("港", "三"))]


def test_blank_rows_are_no_records_but_keep_their_number():
    assert rows(csv("名称,備考", "駅,", "", ",", "港,")) == [(2, ("駅", "")), (5, ("港", ""))]


def test_short_and_long_rows_are_fitted_and_remembered():
    table, _ = read(csv("名称,備考,数", "駅", "港,い,2,はみ出し", "寺,ろ,3,,"))
    assert list(table.rows()) == [(2, ("駅", "", "")), (3, ("港", "い", "2")), (4, ("寺", "ろ", "3"))]
    assert table.ragged == [(2, 1, ()), (3, 4, ("はみ出し",))]


def test_columns_to_the_right_that_hold_nothing_are_left_out():
    table, _ = read(csv("名称,備考,,", "駅,い,,"))
    assert (table.header, list(table.rows())) == (["名称", "備考"], [(2, ("駅", "い"))])


def test_a_column_without_a_title_stays_where_something_stands_in_it():
    table, _ = read(csv("名称,備考,", "駅,い,余り"))
    assert (table.header, list(table.rows())) == (["名称", "備考", ""], [(2, ("駅", "い", "余り"))])


# What cannot be read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n,,\r\n", "empty"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"<!DOCTYPE html><table>", "html"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("名称,備考\r\n駅,\0\r\n".encode(), "nul"),
        ("名称,備考\r\n駅,".encode() + b"\xff\xff\r\n", "encoding"),
    ],
)
def test_what_is_no_table_is_named(data, expected):
    assert refusal(data)[0] == expected


def test_a_pdf_renamed_to_csv_is_told_in_a_sentence():
    assert refusal(b"%PDF-1.7")[1] == (
        "これはPDFファイルで、表として読み込めません。"
        "Excelで開き、「CSV UTF-8（コンマ区切り）」又は「Excelブック（.xlsx）」で保存し直してください。"
    )


def test_an_unreadable_byte_is_told_with_its_line():
    assert refusal(b"a,b\r\n1,2\r\n\x82\xa0,\xff\xff\r\n")[1] == (
        "3行目に、読み取れない文字があります（文字コード：UTF-8・Shift_JISのいずれでもありません。値：FF FF）。"
        "Excelで開いてその行を直し、「CSV UTF-8（コンマ区切り）」で保存し直してください。"
    )


def test_a_zip_of_other_things_is_not_opened():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("list.csv", "名称")
    assert refusal(out.getvalue())[0] == "archive"


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("xl/workbook.bin", "Excelバイナリブック（.xlsb）"),
        ("content.xml", "表計算ではないOpenDocumentの文書"),
        ("word/document.xml", "Word文書"),
        ("ppt/presentation.xml", "PowerPointファイル"),
    ],
)
def test_another_document_is_called_what_it_is(inside, kind):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(inside, "")
    assert kind in refusal(out.getvalue())[1]


def test_a_mark_of_utf8_is_believed():
    """Whoever wrote the mark meant UTF-8: the bytes are not tried as Shift_JIS."""
    assert refusal(b"\xef\xbb\xbfa,b\r\n\x82\xa0,1\r\n")[0] == "encoding"


def test_limits_are_told_in_megabytes_rows_and_columns():
    assert refusal(b"a" * 2_000_000, limits=Limits(bytes=1024 * 1024)) == (
        "too-large",
        "ファイルが大きすぎます（1.9MB）。1MBまでのファイルに分けてください。",
    )
    assert refusal(csv("名称,数", *["駅,1"] * 60), limits=Limits(cells=100))[0] == "too-many-cells"
    assert refusal(csv("a," * 2000), limits=Limits())[0] == "too-many-columns"
    assert refusal(csv("名称,数", *["駅,1"] * 9000), limits=Limits(seconds=-1))[0] == "too-slow"


def sentence(data):
    """What a person is told: of the file if it can be read, else why not."""
    try:
        return f"{len(check(data).table)}行を読み込みました。"
    except Unreadable as refused:
        return refused.message


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet='a1,"\n\r\t ；名\0', max_size=60).map(str.encode)))
def test_no_bytes_raise_anything_but_unreadable(data):
    assert sentence(data).endswith("。")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_raises_nothing_but_unreadable(at, noise):
    book = bytearray(xlsx(施設=[["名称", "数"], ["駅", 1.0]]))
    book[at : at + len(noise)] = noise
    assert sentence(bytes(book)).endswith("。")


def test_short_lines_are_not_put_together_to_one_of_the_right_width(monkeypatch):
    """Two lines of one cell and what divides them are as many as a line of three."""
    monkeypatch.setattr("tablecheck.text.FIRST_BLOCK", 5)
    table, _detected = read(csv("名称,住所,電話", "駅", "港"))
    assert list(table.rows()) == [(2, ("駅", "", "")), (3, ("港", "", ""))]


def test_the_sign_that_ends_a_line_inside_is_no_end_where_somebody_typed_it():
    assert text.TextBlock(f"駅,{text.MARK}\n", ",").columns(1) is None


# Large files take another way to the same answers


def large(*special):
    usual = [f"T{number:06},トイレ{number % 7},36.1{number % 90:02},137.25,{number % 3}" for number in range(3000)]
    for at, line in enumerate(special):
        usual[100 * at + 100] = line
    return ["ID,名称,緯度,経度,男性トイレ総数", *usual]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_large_file_gives_the_same_answers_as_a_small_one(encoding, monkeypatch):
    special = ["T000001,,137.2,36.1,3台", "T９,髙山①,３６．１,,", "T000007, 駅 ,36.1,137.2,1"]
    data = csv(*large(*special), encoding=encoding)
    monkeypatch.setattr("tablecheck.read.LARGE", 10_000)
    monkeypatch.setattr("tablecheck.read.MANY", 0)
    fast = check(data, standard="public_toilet")
    monkeypatch.setattr("tablecheck.read.LARGE", 10**9)
    usual = check(data, standard="public_toilet")
    assert fast.as_json() == usual.as_json()
    assert type(fast.table.columns[0]).__name__ == "BulkCells"


@pytest.mark.parametrize(
    "special",
    ["T1,駅", "T1,駅,36.1,137.2,1,2", '"T1",駅,36.1,137.2,1', "", "T1,駅,36.1,137.2,1\rT2,港,36.1,137.2,1"],
)
def test_a_large_file_that_is_irregular_is_read_with_patience(special, monkeypatch):
    data = csv(*large(special))
    monkeypatch.setattr("tablecheck.read.LARGE", 10_000)
    monkeypatch.setattr("tablecheck.read.MANY", 0)
    patient = read(data)
    monkeypatch.setattr("tablecheck.read.LARGE", 10**9)
    assert (list(patient[0].rows()), patient[0].ragged) == (list(read(data)[0].rows()), read(data)[0].ragged)


# Cells without end


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 100_000])
def test_of_a_cell_without_end_as_much_is_read_as_excel_holds_and_it_is_said(length):
    table = check(csv("名称,説明", f"駅,{'長' * length}"), standard=standard(名称="text", 説明="text"))
    assert len(table.table.columns[1][0]) == LONGEST
    assert [(item.cell, item.code, item.level) for item in table.findings if item.row == 2] == [
        ("B2", "cell-too-long", "error")
    ]


def test_a_cell_a_little_shorter_is_whole():
    table = check(csv("名称,説明", f"駅,{'長' * (LONGEST - 1)}"), standard=standard(名称="text", 説明="text"))
    assert [item for item in table.findings if item.row == 2] == []


def test_a_large_file_is_cut_alike(monkeypatch):
    monkeypatch.setattr("tablecheck.read.LARGE", 10_000)
    monkeypatch.setattr("tablecheck.read.MANY", 0)
    data = csv(*large(f"T1,{'長' * 40_000},36.1,137.2,1"))
    cells = check(data, standard="public_toilet").table.columns[1]
    assert (cells.longest, len(cells)) == (LONGEST, 3000)


def test_a_header_far_below_is_found_all_the_same():
    assert header_position([[""]] * (2 * DEEPEST_HEADER - 1) + [["名称"]]) == 2 * DEEPEST_HEADER - 1


def test_among_words_that_nobody_knows_the_first_wide_row_is_the_header():
    assert header_position([["表題", "", ""], ["あ", "い", "う"], ["え", "お", "か"]]) == 1
    assert header_position([["1", "2", "3"], ["あ", "い", "う"], ["4", "5", "6"]]) == 1


def test_where_nothing_is_written_there_is_no_header():
    assert header_position([["", " "]]) is None


@pytest.mark.parametrize("above", ["", "公園の一覧\r\n", "名称,所在地\r\n\r\n"])
def test_a_cell_of_two_lines_below_a_title_or_a_blank_line_is_one_cell(above):
    found = read(f'{above}"名称\n（正式）",所在地\r\n中央公園,見本市1\r\n'.encode()).table
    first = next(found.rows())[1][0] if above.endswith("\r\n\r\n") else found.header[0]
    assert first in {"名称\n（正式）", "名称（正式）"}
    assert len(found.header) == 2
