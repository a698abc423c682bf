"""Each kind of finding has a case, and so has each kind of repair: a file, the cell that is told, what it becomes.

A kind that is added to `Code` fails here until it has one; so does a repair of a kind that is not written down.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tablecheck import Boundary, OwnColumn, Reading, Way, apply, check, held_to, load, repairs_of
from tablecheck.cells import LONGEST
from tablecheck.vocabulary import BY_WORD, Code
from tests.hostile.files import rewritten
from tests.tablecheck.sheets import TOILET, Field, csv, standard, xlsx

CORPUS = Path(__file__).resolve().parents[2] / "docs" / "corpus.md"
SHEET = "xl/worksheets/sheet1.xml"
TOWN = {
    "type": "Polygon",
    "coordinates": [[[137.2, 36.1], [137.3, 36.1], [137.3, 36.2], [137.2, 36.2], [137.2, 36.1]]],
}


class Case(NamedTuple):
    """`cell` as Excel names it, None for what is of no one cell; `becomes` is the value after the repair."""

    data: bytes
    cell: str | None
    becomes: str | None = None
    options: dict[str, Any] = {}


def one(kind, value, becomes=None, **rules):
    """One value in a column of this kind."""
    quoted = '"' + value.replace('"', '""') + '"'
    field = kind if isinstance(kind, Field) else Field("field", "列", kind, **rules)
    made = standard(番号="text", 列=field)
    return Case(csv("番号,列", f"1,{quoted}"), "B2", becomes, {"standard": made})


def free(*lines, cell=None, becomes=None, **options):
    """A table of no standard."""
    return Case(csv(*lines), cell, becomes, {"standard": "", **options})


def book(cell, before, after, becomes=None):
    """A workbook of two records whose sheet was changed so."""
    data = xlsx(一覧=[["地区", "数"], ["東", 1.0], ["西", 2.0]])
    return Case(rewritten(data, SHEET, lambda xml: xml.replace(before, after)), cell, becomes, {"standard": ""})


def places(latitude, longitude, cell, becomes=None, **options):
    made = standard(名称="text", 緯度="latitude", 経度="longitude")
    return Case(csv("名称,緯度,経度", f"駅,{latitude},{longitude}"), cell, becomes, {"standard": made, **options})


def people(*lines, cell):
    made = standard(氏名="person_name", ふりがな="reading")
    return Case(csv("氏名,ふりがな", *lines), cell, None, {"standard": made})


CASES = {
    # The file
    "encoding": Case(csv("名称,住所", "駅,見本市", encoding="cp932"), None),
    "header-row": free("公園の一覧", "名称,住所", "駅,見本市1", "港,見本市2"),
    "sheets": Case(xlsx(一=[["名称"], ["駅"]], 二=[["名称"], ["港"]]), None),
    "no-rows": free("名称,住所"),
    "no-standard": free("名称,住所", "駅,見本市"),
    "edition": Case(csv(",".join(field.title for field in load("aed_suisho_v1").fields)), None),
    "kinds-guessed": free("名称,電話番号", "駅,0123-45-6789"),
    "no-header": free("本館,0123-45-6789,36.1234", "分館,0123-45-6780,36.1235"),
    "header-rows": free("地区,人口,,世帯", ",男,女,", "東町,10,11,8", "西町,9,9,7"),
    "blank-delimiter": free("名称, 住所", "駅, 見本市1", "港, 見本市2"),
    "one-column": free("名称 住所 数", "駅 見本市1 3", "港 見本市2 4", "森 見本市3 5"),
    "second-table": free("名称,住所", "駅,見本市1", "港,見本市2", ",", "品名,数量", "机,3", "椅子,4"),
    # Rows that are no records
    "footnote": free("名称,住所", "駅,見本市1", "※令和8年4月現在,"),
    "total": free("名称,数", "駅,1", "港,2", "合計,3"),
    "blank-rows": free("名称,住所", "駅,見本市1", ",", "港,見本市2"),
    "column-notes": free("#property,名称,住所", "#object_type_xsd,string,string", ",駅,見本市1", ",港,見本市2"),
    "dropped-row": free("名称,住所", "駅,見本市1", "港,見本市2", way=Way(dropped=(3,))),
    # Columns
    "column-missing": Case(
        csv(TOILET.replace(",設置位置", ""), "駅,見本市"), None, None, {"standard": "public_toilet"}
    ),
    "column-recommended": Case(csv(TOILET, "駅,見本市,北口"), None, None, {"standard": "public_toilet"}),
    "column-unknown": Case(csv(f"{TOILET},担当", "駅,見本市,北口,甲"), "D1", None, {"standard": "public_toilet"}),
    "header-empty": free("名称,,住所", "駅,1,見本市", cell="B1"),
    "header-duplicate": free("名称,備考,備考", "駅,1,2", cell="C1"),
    "header-variant": Case(
        csv("名称,住所,設置位置", "駅,見本市,北口"), "B1", "所在地_連結表記", {"standard": "public_toilet"}
    ),
    "header-guess": free(
        "管理 番号,名称",
        "1,駅",
        cell="A1",
        becomes="管理番号",
        standard=held_to([OwnColumn("管理番号"), OwnColumn("名称")]),
    ),
    # Rows
    "row-short": free("名称,住所,数", "駅,見本市1", "港,見本市2,3", cell="C2"),
    "row-long": free("名称,住所", "駅,見本市1,余り", "港,見本市2", cell="C2"),
    "row-duplicate": free("名称,住所", "駅,見本市1", "駅,見本市1", cell="A3"),
    "quote": free("名称,住所", '"駅,見本市1', "港,見本市2", cell="A2"),
    "quote-loose": free("名称,住所", '"駅"前,見本市1', "港,見本市2", cell="A2"),
    "hidden-row": book(None, b'<row r="3">', b'<row r="3" hidden="1">'),
    "hidden-column": book(None, b"<sheetData>", b'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'),
    "header-again": people("佐藤花子,さとうはなこ", "氏名,ふりがな", cell="A3"),
    # People of a list
    "name-missing": people(",さとうはなこ", "鈴木一郎,すずきいちろう", cell="A2"),
    "same-person": people("佐藤花子,さとうはなこ", "佐藤花子,さとうはなこ", cell="A3"),
    # How a cell is written
    "fullwidth": one("integer", "１２", "12"),
    "spaces": one("text", "駅前　", "駅前"),
    "control-character": one("text", "駅\u200b前", "駅前"),
    "line-break": one("text", "駅\n前", "駅 前"),
    "hyphen": one("phone", "0123ー45ー6789", "0123-45-6789"),
    "kana": one("kana", "えきまえ", "エキマエ"),
    "machine-dependent": one("text", "髙山駅"),
    "cell-too-long": one("text", "あ" * (LONGEST + 1)),
    "lost-character": one("text", "9:00?17:00"),
    "formula-without-value": book("B3", b"<v>2.0</v>", b"<f>B2+1</f>"),
    "merged": book(
        "A3",
        '<c r="A3" t="inlineStr"><is><t>西</t></is></c><c r="B3"><v>2.0</v></c></row></sheetData>'.encode(),
        b'<c r="B3"><v>2.0</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
        "東",
    ),
    "garbled": one("text", "鬮伜ｱｱ蟶り干蟯｡逕ｺ", "高山市花岡町"),
    "private-character": one("text", "\ue000田"),
    "formula": one("text", "=1+1"),
    "excel-error": one("text", "#REF!"),
    "excel-date": free("部屋,数", "1-1,3", "1-2,4", "1月3日,5", cell="A4", becomes="1-3"),
    "exponent": one("corporate_number", "1.23E+12"),
    "ditto": one("text", "〃"),
    # What a cell says
    "required": one("text", "", required=True),
    "number": one("number", "三"),
    "number-comma": one("integer", "1,200", "1200"),
    "number-unit": one("integer", "12台", "12"),
    "range": one("integer", "0", minimum=1),
    "length": one("text", "駅前広場", max_length=3),
    "pattern": one("text", "駅", pattern="[A-Z]+"),
    "date": one("date", "来年"),
    "date-format": one("date", "令和3年5月18日", "2021-05-18"),
    "date-impossible": one("date", "2021-02-30"),
    "date-serial": one("date", "44334", "2021-05-18"),
    "time": one("time", "昼"),
    "time-format": one("time", "9:00", "09:00"),
    "choice": one("choice", "有る", "有", choices=("有", "無")),
    "choice-mark": one("choice", "○", "有", choices=("有", "無")),
    "zero-lost": one("phone", "9012345678", "09012345678"),
    "code-zero-lost": one("municipality_code", "61018", "061018"),
    "code-digits": one("municipality_code", "20203", "202037"),
    "code-check-digit": one("municipality_code", "202031"),
    "code-other": Case(
        csv("番号,列", "1,011002"),
        "B2",
        None,
        {"standard": standard(番号="text", 列="municipality_code"), "municipality": "222127"},
    ),
    "duplicate": Case(
        csv("番号,列", "1,駅", "1,港"),
        "A3",
        None,
        {"standard": standard(番号=Field("id", "番号", "identifier", unique=True), 列="text")},
    ),
    "phone": one("phone", "内線12"),
    "postal-code": one("postal_code", "506-0001", "5060001"),
    "weekdays": one("weekdays", "月～金", "月火水木金"),
    "url": one("uri", "www.example.jp"),
    "email": one("email", "見本"),
    # Places
    "coordinate-missing": places("", "", "B2"),
    "coordinate-half": places("36.15", "", "C2"),
    "coordinate-degrees": places("36度08分45秒", "137.25", "B2", "36.145833"),
    "coordinate-swapped": places("137.25", "36.15", "B2", "36.15"),
    "outside-japan": places("0", "137.25", "B2"),
    "outside-municipality": places("35.0", "135.0", "B2", boundary=Boundary.from_geojson(TOWN)),
    "ends-before-begin": free("名称,開始時間,終了時間", "駅,10:00,09:00", cell="C2"),
    "address-elsewhere": free(
        "名称,全国地方公共団体コード,住所", "駅,212032,東京都狛江市1", "港,212032,岐阜県高山市1", cell="C2"
    ),
    # Persons
    "personal-header": free("名称,担当者", "駅,甲", cell="B1"),
    "personal-contact": free("名称,連絡先", "駅,甲", cell="B1"),
    "personal-number": free("名称,備考", "駅,123456789018", cell="B1"),
    "personal-phone": free("名称,備考", "駅,090-1234-5678へ", cell="B1"),
    "personal-name": free("名称,備考", "駅,担当は山田太郎", cell="B1"),
    "personal-email": free("名称,備考", "駅,taro@example.com", cell="B1"),
}


def test_every_kind_has_a_case():
    assert sorted(BY_WORD.keys() ^ CASES.keys()) == []


def test_every_kind_is_named_beside_those_of_others():
    """docs/corpus.md says of each whether frictionless, told the same, has an error for it."""
    beside = CORPUS.read_text(encoding="utf-8").partition("## Beside frictionless")[2]
    assert sorted(re.findall("`([a-z-]+)`", beside)) == sorted(BY_WORD)


@pytest.mark.parametrize("word", CASES)
def test_the_case_is_told_where_it_stands(word):
    case = CASES[word]
    told = [item for item in check(case.data, **case.options).findings if item.code == word]
    assert [(item.cell, item.repair) for item in told[:1]] == [(case.cell, case.becomes)]
    assert told[0].message.endswith("。")


@pytest.mark.parametrize("word", [word for word, case in CASES.items() if case.becomes is not None])
def test_what_is_repaired_is_right_when_it_is_judged_again(word):
    case = CASES[word]
    checked = check(case.data, **case.options)
    made = [repair for repair in repairs_of(checked.findings) if repair.code == word]
    again = check(Reading(apply(checked.table, made), checked.detected), **case.options)
    assert [item.cell for item in again.findings if item.code == word] == []


def test_no_kind_is_repaired_that_has_no_case_of_it():
    repaired = {
        item.code for case in CASES.values() for item in check(case.data, **case.options).findings if item.repair
    }
    known = {word for word, case in CASES.items() if case.becomes is not None}
    assert repaired - known == set()
    assert {code.word for code in Code if code.repairs_by_default} - known == set()
