"""What a file is, told by its first bytes and never by its name."""

import zipfile
import zlib
from io import BytesIO

import olefile

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
# How a page begins, or a part of one that was saved or copied.
HTML = (b"<html", b"<head", b"<body", b"<table", b"<div", b"<script", b"<style", b"<!--")
MARKUP = [
    (b"<!doctype html", "html", "ウェブページ（HTML）"),
    (b"<svg", "image", "画像ファイル（SVG）"),
    (b"<!doctype svg", "image", "画像ファイル（SVG）"),
    *((mark, "html", "ウェブページ（HTML）") for mark in HTML),
    (b"<?xml", "xml", "XMLファイル"),
    (b"<!doctype", "xml", "XMLファイル"),
    (b"<?php", "program", "プログラム（PHP）"),
]
REMEDY = "Excelで開き、「CSV UTF-8（コンマ区切り）」又は「Excelブック（.xlsx）」で保存し直してください。"
DAMAGED = f"ファイルが壊れていて開けません。{REMEDY}"
# What an OLE file is, its streams tell; their names know no case.
ENCRYPTED = "encryptedpackage"
BOOKS = {"workbook", "book"}
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def sniff(data: bytes) -> str:
    """`xlsx`, `xls`, `ods` or `text`; everything else is refused by its name."""
    if not data:
        raise Unreadable("empty", "ファイルが空です（0バイト）。保存した元のファイルを確認してください。")
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
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            is_sheet = "mimetype" in names and archive.open("mimetype").read(100).strip() == SPREADSHEET
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, NotImplementedError):
        raise Unreadable("damaged", DAMAGED) from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if is_sheet:
        return "ods"
    raise _foreign_zip(names)


def _foreign_zip(names: set[str]) -> Unreadable:
    if "xl/workbook.bin" in names:
        return _foreign("workbook", "Excelバイナリブック（.xlsb）")
    if "content.xml" in names:
        return _foreign("document", "表計算ではないOpenDocumentの文書（.odtなど）")
    if any(name.startswith("word/") for name in names):
        return _foreign("document", "Word文書")
    if any(name.startswith("ppt/") for name in names):
        return _foreign("document", "PowerPointファイル")
    return _foreign("archive", "圧縮ファイル（ZIP）", "中のファイルを取り出してから、一つずつ選んでください。")


def _inside_ole(data: bytes) -> str:
    streams = {path[0].lower() for path in _streams(data)}
    if ENCRYPTED in streams:
        raise encrypted()
    if streams & BOOKS:
        return "xls"
    raise _foreign("document", "WordやPowerPointなど、表ではない文書")


def _streams(data: bytes) -> list[list[str]]:
    try:
        with olefile.OleFileIO(BytesIO(data)) as archive:
            return archive.listdir()
    except Exception:  # noqa: BLE001  what a broken directory makes of the reader is not foreseen
        raise Unreadable("damaged", DAMAGED) from None


def encrypted() -> Unreadable:
    return Unreadable(
        "encrypted", "パスワードで保護されたExcelファイルです。パスワードを外して保存し直してください。"
    )


def _foreign(code: str, name: str, remedy: str = REMEDY) -> Unreadable:
    return Unreadable(code, f"これは{name}で、表として読み込めません。{remedy}")
