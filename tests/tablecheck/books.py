"""Workbooks of other kinds than .xlsx, without a library."""

import io
import zipfile
from pathlib import Path

XLS = (Path(__file__).resolve().parent / "files" / "xls_renamed.csv").read_bytes()
NS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
EMPTY = "<table:table-cell/>"


def ods(*rows, sheet="施設", kind="spreadsheet"):
    """A workbook of LibreOffice: each row is the XML of its cells, or (times, XML)."""
    lines = [row if isinstance(row, tuple) else (1, row) for row in rows]
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'
        for times, cells in lines
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr(
            "content.xml",
            f"<office:document-content {NS}><office:body><office:spreadsheet>"
            f'<table:table table:name="{sheet}">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def word(text, times=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def typed(kind, **values):
    value = "".join(f' office:{name.replace("_", "-")}="{text}"' for name, text in values.items())
    return f'<table:table-cell office:value-type="{kind}"{value}/>'


def blank(times):
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def with_stream(name, data=XLS):
    """The .xls with its one stream called otherwise: what an OLE file is, its streams tell."""
    at = data.index("Workbook".encode("utf-16-le"))
    entry = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    return data[:at] + entry + data[at + len(entry) :]


def with_cell(text):
    """The .xls with these 16 characters in A4, for which B4 grows shorter."""
    return XLS.replace(_kept("見本公園公衆トイレ") + _kept("見本県見本市公園町2"), _kept(text) + _kept("公園町"))


def _kept(text):
    """A string of BIFF8 in UTF-16."""
    return len(text).to_bytes(2, "little") + b"\1" + text.encode("utf-16-le")
