"""Files that no section would send, each for a reason of its own: name → (file name, bytes).

Workbooks that ask for more memory than there is stay out: they are read in processes of their own
(tests/tablecheck/test_workbook.py).
"""

import io
import zipfile

from tests.hostile.strings import EVERYTHING, SCRIPT
from tests.tablecheck.books import ods, word
from tests.tablecheck.sheets import xlsx

TABLE = "名称,所在地_連結表記,設置位置\r\n中央公園,見本県見本市中央1-1,公園入口\r\n".encode()
BOOK = xlsx(施設=[["名称", "住所"], ["公園", "見本市1"]])
MARKUP = f'"{SCRIPT}","{EVERYTHING.replace(chr(34), chr(34) * 2)}"\r\n'.encode()
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def rewritten(book, part, change):
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, change(text) if name == part else text)
    return out.getvalue()


FILES = {
    "an empty file": ("一覧.csv", b""),
    "nothing but NUL": ("一覧.csv", bytes(64)),
    "nothing but a byte order mark": ("一覧.csv", b"\xef\xbb\xbf"),
    "half of UTF-16": ("一覧.csv", "名称,住所".encode("utf-16")[:-1]),
    "half a character in a cell": ("一覧.csv", TABLE + b"\xed\xa0\x80\r\n"),
    "half a character in the name": (b"\xed\xa0\x80.csv", TABLE),
    "NUL in the name": ("一覧\0.csv", TABLE),
    "no name": ("", TABLE),
    "a path for a name": ("../../../../etc/cron.d/一覧.csv", TABLE),
    "a path of Windows for a name": ("..\\..\\一覧.csv", TABLE),
    "a name of 300 characters": (f"{'長' * 300}.csv", TABLE),
    "lines in the name": ("一覧\r\nBcc: all@example.jp\r\n\r\n.csv", TABLE),
    "lines in the name as browsers send them": ("一覧%0D%0ABcc: all@example.jp.csv", TABLE),
    "a name that reads backwards": ("一覧\u202evsc.exe", TABLE),
    "markup in the name": (f"{SCRIPT}.csv", TABLE),
    "markup in header and cells": ("一覧.csv", MARKUP * 3),
    "quotes that are never closed": ("一覧.csv", b'"' * 100_000),
    "1,024 columns": ("一覧.csv", (",".join(f"列{n}" for n in range(1024)) + "\r\n").encode() * 3),
    "one column of 100,000 characters": ("一覧.csv", "名称\r\n".encode() + b"x" * 100_000),
    "a workbook called .csv": ("一覧.csv", BOOK),
    "a table called .xlsx": ("一覧.xlsx", TABLE),
    "a page called .csv": ("一覧.csv", f"<html>{SCRIPT}</html>".encode()),
    "a picture called .svg": ("一覧.svg", f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode()),
    "half a workbook": ("一覧.xlsx", BOOK[: len(BOOK) // 2]),
    "a workbook without its end": ("一覧.xlsx", BOOK[:-10]),
    "a PDF and a workbook in one": ("一覧.xlsx", b"%PDF-1.7\n" + BOOK),
    "an entity from outside": (
        "一覧.xlsx",
        rewritten(BOOK, "xl/workbook.xml", lambda text: text.replace(b"?>", f"?>{OUTSIDE}".encode(), 1)),
    ),
    "a workbook without sheets": ("一覧.xlsx", rewritten(BOOK, "xl/workbook.xml", lambda _text: b"<workbook/>")),
    "a cell in the last corner": ("一覧.xlsx", xlsx(施設=[["名称"]], far={"XFD1048576": "はみ出し"})),
    "markup in a workbook": ("一覧.ods", ods(word("名称") + word("&lt;script&gt;alert(1)&lt;/script&gt;"))),
    "brackets without an end": ("一覧.json", b"[" * 100_000),
    "figures that are none": ("一覧.json", b'{"type": "Polygon", "coordinates": [[[1e999, NaN]]]}'),
    "a shape that is none": ("一覧.json", b'{"type": "Polygon", "coordinates": {"a": [[["b"]], null]}}'),
}


def multipart(fields, field, name, data, boundary="hostile"):
    """As no browser would put it together: the name of the file as it is."""
    parts = [
        f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()
    ]
    raw = name if isinstance(name, bytes) else name.encode()
    head = b'Content-Disposition: form-data; name="' + field.encode() + b'"; filename="' + raw + b'"'
    parts.append(head + b"\r\nContent-Type: application/octet-stream\r\n\r\n" + data)
    edge = f"--{boundary}".encode()
    body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary}"
