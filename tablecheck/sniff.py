"""What a file is, told by its first bytes and never by its name."""

import zipfile
from io import BytesIO

from tablecheck.vocabulary import Unreadable

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"

FOREIGN = [
    (b"%PDF-", "pdf", "PDFファイル"),
    (b"\x89PNG", "image", "画像ファイル（PNG）"),
    (b"\xff\xd8\xff", "image", "画像ファイル（JPEG）"),
    (b"GIF8", "image", "画像ファイル（GIF）"),
    (b"\x1f\x8b", "archive", "圧縮ファイル（gzip）"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "圧縮ファイル（7z）"),
    (b"Rar!", "archive", "圧縮ファイル（RAR）"),
    (b"PK\x05\x06", "archive", "圧縮ファイル（ZIP、空）"),
    (b"SQLite format 3", "database", "データベースファイル"),
    (b"{\\rtf", "document", "文書ファイル（RTF）"),
]
MARKUP = [
    (b"<!doctype html", "html", "ウェブページ（HTML）"),
    (b"<html", "html", "ウェブページ（HTML）"),
    (b"<?xml", "xml", "XMLファイル"),
]
REMEDY = "Excelで開き、「CSV UTF-8（コンマ区切り）」または「Excelブック（.xlsx）」で保存し直してください。"
# Streams of an OLE file are named in UTF-16.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BIFF_STREAMS = ["Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")]


def sniff(data: bytes) -> str:
    """`xlsx`, `xls` or `text`; everything else is refused by its name."""
    if not data:
        raise Unreadable("empty", "ファイルが空です（0バイト）。保存した元のファイルを確かめてください。")
    if data.startswith(ZIP):
        return _inside_zip(data)
    if data.startswith(OLE):
        return _inside_ole(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, code, name in FOREIGN:
        if data.startswith(mark):
            raise _foreign(code, name)
    for mark, code, name in MARKUP:
        if head.startswith(mark):
            raise _foreign(code, name)
    return "text"


def _inside_zip(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("damaged", f"ファイルが壊れていて開けません。{REMEDY}") from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise _foreign("workbook", "Excelバイナリブック（.xlsb）")
    if "content.xml" in names:
        raise _foreign("document", "OpenDocumentの文書（.odsなど）")
    if any(name.startswith("word/") for name in names):
        raise _foreign("document", "Word文書")
    if any(name.startswith("ppt/") for name in names):
        raise _foreign("document", "PowerPointファイル")
    raise _foreign("archive", "圧縮ファイル（ZIP）", "中のファイルを取り出してから、1つずつ選んでください。")


def _inside_ole(data: bytes) -> str:
    if ENCRYPTED in data:
        raise Unreadable(
            "encrypted",
            "パスワードで保護されたExcelファイルです。パスワードを外して保存し直してください。",
        )
    if any(stream in data for stream in BIFF_STREAMS):
        return "xls"
    raise _foreign("document", "WordやPowerPointなど、表ではない文書")


def _foreign(code: str, name: str, remedy: str = REMEDY) -> Unreadable:
    return Unreadable(code, f"これは{name}で、表として読み込めません。{remedy}")
