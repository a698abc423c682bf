"""A file that would end its reader leaves the command with a sentence and a code, soon and without a trace.

A second each: a workbook is read by a child that really takes the memory it is allowed.
"""

import time

import pytest

from tablecheck.cli import main
from tests.tablecheck.books import XLS
from tests.tablecheck.hostile import hostile_books, last_cell, with_number
from tests.tablecheck.sheets import csv, xlsx

BOOKS = dict(hostile_books())
GOOD = xlsx(施設=[["名称", "所在地"], ["中央公園", "見本市1"]])
HEAVY, DAMAGED = "読み込みに必要なメモリが上限を超えたため", "ファイルが壊れていて開けません"
FILES = {
    "47: a far cell in single quotes": ("xlsx", BOOKS["single quotes"], HEAVY),
    "48: in small letters": ("xlsx", BOOKS["lower case"], HEAVY),
    "49: of a sheet that lies elsewhere": ("xlsx", BOOKS["another folder"], HEAVY),
    "51: with blanks around =": ("xlsx", BOOKS["blanks around ="], HEAVY),
    "52: of an old workbook": ("xls", with_number(XLS, last_cell(XLS), 0xFFFF_FFFF), HEAVY),
    "53: in its last corner": ("xls", BOOKS["xls with a far corner"], "表から離れたセルに文字や書式"),
    "strings that are claimed": ("xlsx", BOOKS["strings claimed"], HEAVY),
    "a directory that is claimed": ("xls", BOOKS["xls with a directory claimed"], DAMAGED),
    "the end is missing": ("xlsx", GOOD[: len(GOOD) // 2], DAMAGED),
    "the end of an old one is missing": ("xls", XLS[: len(XLS) // 2], DAMAGED),
    "a workbook behind a PDF": ("xlsx", b"%PDF-1.7\n" + GOOD, "これはPDFファイルで"),
    "a workbook behind a table": ("csv", csv("名称", "駅") + GOOD, "ありません"),
    "thousands of columns": ("csv", csv(",".join(f"列{at}" for at in range(5000))), "列が多すぎます（5,000列）"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_in_a_sentence_within_seconds(tmp_path, capfd, name):
    suffix, data, sentence = FILES[name]
    path = tmp_path / f"list.{suffix}"
    path.write_bytes(data)
    begun = time.monotonic()
    code = main([str(path)])
    out, err = capfd.readouterr()
    assert (code, out, err.count("\n"), err.endswith("。\n")) == (2, "", 1, True)
    assert sentence in err
    assert time.monotonic() - begun < 30


def test_what_only_looks_like_one_is_read_by_its_child(tmp_path, capfd):
    path = tmp_path / "list.xlsx"
    path.write_bytes(GOOD)
    assert main([str(path), "--repair", str(tmp_path / "out.csv")]) == 0
    out, err = capfd.readouterr()
    assert (out.splitlines()[-1].partition("：")[2], err) == (
        "1行。誤り0件、確認0件、お知らせ1件。自動で修正できる箇所 0か所。",
        "",
    )
    assert (tmp_path / "out.csv").read_bytes() == csv("名称,所在地", "中央公園,見本市1")


def test_a_refusal_is_json_for_a_programme(tmp_path, capfd):
    path = tmp_path / "list.xlsx"
    path.write_bytes(BOOKS["lower case"])
    assert main([str(path), "--format", "json"]) == 2
    assert '"code": "too-heavy"' in capfd.readouterr().out
