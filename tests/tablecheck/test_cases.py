"""What went wrong with small files of others once, and what is right: one line each, under the number of the case.

Workbooks that would end their reader (47 to 53) stand in test_cli_hostile.py; 38, 41, 42, 46 and 50 are none.
"""

import io
import zipfile

import pytest

from tablecheck import Unreadable, check, load
from tests.hostile.files import rewritten
from tests.tablecheck.sheets import NS, TOILET, csv, xlsx
from tests.tablecheck.test_every_kind import SHEET, book

# Said of many files, and not what a case is about.
QUIET = {"no-standard", "encoding", "kinds-guessed", "column-recommended", "column-missing"}
QUIET |= {"personal-contact", "coordinate-missing"}
WIDE = ",".join(field.title for field in load("public_toilet").fields)


def toilet(**values):
    fields = load("public_toilet").fields
    return csv(WIDE, ",".join(values.get(field.title, "") for field in fields))


def rewritten_book(rows, *changes):
    made = xlsx(一覧=rows)
    for before, after in changes:
        made = rewritten(made, SHEET, lambda xml, b=before, a=after: xml.replace(b, a))
    return made


def zero_padded():
    made = io.BytesIO(rewritten_book([["コード", "数"], [11002.0, 5.0]], (b'<c r="A2">', b'<c r="A2" s="1">')))
    formats = '<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
    looks = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    with zipfile.ZipFile(made, "a") as parts:
        parts.writestr("xl/styles.xml", f"<styleSheet {NS}>{formats}{looks}</styleSheet>")
    return made.getvalue()


LINKDATA = ["#file,1,,", "#title,公園,,", "#property,名称,緯度,経度", "#object_type_xsd,string,float,float"]
LAST = "館,髙木町"
# number: (file, header row, records, what is told of which cell)
READ = {
    1: (csv("設備,車椅子,授乳室", "北館,No,No", "南館,Yes,No", "東館,No,Yes"), 1, 3, []),
    2: (csv("館名,2024,2023", "本館,120,110", "分館,60,50"), 1, 2, []),
    3: (csv("教室,4月,5月", "書道,○,×", "茶道,×,○"), 1, 2, []),
    4: (
        csv("館,緯度,経度", "本館,137.25,36.14"),
        1,
        1,
        [("coordinate-swapped", "B2"), ("coordinate-swapped", "C2")],
    ),
    5: (
        csv("館,緯度,経度", "本館,３６.15,137.2", "分館,0,0", "別館,不明,不明"),
        1,
        3,
        [
            ("fullwidth", "B2"),
            ("outside-japan", "B3"),
            ("outside-japan", "C3"),
            ("number", "B4"),
            ("number", "C4"),
        ],
    ),
    6: (
        csv(*LINKDATA, ",中央公園,36.1,137.2", ",東公園,36.2,137.3"),
        3,
        2,
        [("header-row", None), ("column-notes", None)],
    ),
    7: (csv("館,面積", "本館,120", "分館,60", "※令和8年4月現在,"), 1, 2, [("footnote", None)]),
    8: (csv("館,面積", "本館,120", "　,　", "分館,60"), 1, 2, [("blank-rows", None)]),
    9: (csv("館,面積" + "," * 1100, "本館,120" + "," * 1100), 1, 1, []),
    10: (csv("館,定休日", "本館,1月1日", "分館,毎週月曜日"), 1, 2, []),
    11: (toilet(名称="　", 所在地_連結表記="見本県見本市1", 設置位置="北"), 1, 1, [("required", "D2")]),
    12: (
        toilet(名称="駅", 名称_カナ="ﾌﾚｱｲ･ﾎｰﾙ", 所在地_連結表記="見本市1", 設置位置="北"),
        1,
        1,
        [("kana", "E2")],
    ),
    13: (
        toilet(名称="駅", 所在地_連結表記="見本市1", 設置位置="北", 利用開始時間="17:00", 利用終了時間="09:00"),
        1,
        1,
        [("ends-before-begin", "AI2")],
    ),
    14: (
        toilet(全国地方公共団体コード="212032", 名称="駅", 所在地_連結表記="東京都狛江市1", 設置位置="北"),
        1,
        1,
        [("address-elsewhere", "I2")],
    ),
    15: (csv("館,期間", "本館,4月?11月"), 1, 1, [("lost-character", "B2")]),
    18: ("館,面積\r\n本館,120\r\n分館,60\r\n".encode("utf-16-le"), 1, 2, []),
    20: (csv("館,面積", '"本館,120', *(f"館{at},{at}" for at in range(9))), 1, 10, [("quote", "A2")]),
    21: (csv("館;説明", '本館;"広い、静か, 明るい"', '分館;"狭い, 静か, 近い"'), 1, 2, []),
    22: (csv("館,番号", "本館,123456789018", "分館,123456789026"), 1, 2, [("personal-number", "B1")]),
    23: (csv("地区,人口,,世帯", ",男,女,", "東町,10,11,8", "西町,9,9,7"), 1, 2, [("header-rows", None)]),
    24: (csv("館,面積", "本館,120", "分館,60", "合計,180"), 1, 2, [("total", None)]),
    25: (book("B3", b'<c r="B3"><v>2.0</v>', b'<c r="B3" t="e"><v>#N/A</v>').data, 1, 2, [("excel-error", "B3")]),
    26: (book("B3", b"<v>2.0</v>", b"<f>B2+1</f>").data, 1, 2, [("formula-without-value", "B3")]),
    27: (
        rewritten_book(
            [["地区", "数"], ["東", 1.0], [None, 2.0]],
            (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
        ),
        1,
        2,
        [("merged", "A3")],
    ),
    28: (book(None, b'<row r="3">', b'<row r="3" hidden="1">').data, 1, 2, [("hidden-row", None)]),
    29: (zero_padded(), 1, 1, []),
    30: (xlsx(一覧=[["館", "数"], ["本館", 0.1 + 0.2]]), 1, 1, []),
    31: (csv("", "館,面積", "本館,120"), 2, 1, [("header-row", None)]),
    32: (csv('館,"所在地\n（町名）"', "本館,花里町"), 1, 1, [("line-break", "B1")]),
    33: (
        csv("館名,住所,,", "本館,本町,北,可", "分館,花里町,南,否"),
        1,
        2,
        [("header-empty", "C1"), ("header-empty", "D1")],
    ),
    34: (csv("館,面積", "本館,120", "分館,60,余り"), 1, 2, [("row-long", "C3")]),
    35: (csv("館,町", *["kan,machi"] * 4000, LAST, encoding="cp932"), 1, 4001, [("machine-dependent", "B4002")]),
    36: (csv("館,面積,説明", '本館,120,約5"の板', "分館,60,なし"), 1, 2, []),
    37: (csv("館,説明", '本館,"広い"らしい', "分館,なし"), 1, 2, [("quote-loose", "B2")]),
    39: (csv("館,説明", '本館,"静か\nな館"', "分館,なし"), 1, 2, [("line-break", "B2")]),
    40: (csv("館,町", "鬮伜ｱｱ蟶り干蟯｡逕ｺ,�"), 1, 1, [("garbled", "A2"), ("lost-character", "B2")]),
    43: (xlsx(一覧=[["館", "数"], ["本館", 1.0], ["", ""], ["", ""]]), 1, 1, []),
    44: (csv("館,開館,割合", "本館,09:46,0.355"), 1, 1, []),
    45: (xlsx(一覧=[["館", "説明"], ["本館", "一行目\t二行目\r\n三行目"]]), 1, 1, [("line-break", "B2")]),
}
FOREIGN = {16: "euc_jp", 17: "latin-1", 19: "shift_jis_2004"}


@pytest.mark.parametrize("number", READ)
def test_it_is_read_right_and_what_is_wrong_is_told(number):
    data, header_row, records, told = READ[number]
    checked = check(data)
    found = [(item.code, item.cell) for item in checked.findings if item.code not in QUIET]
    if number == 35:
        found = found[-1:]
    assert (checked.table.header_row, len(checked.table), found) == (header_row, records, told)


@pytest.mark.parametrize("number", FOREIGN)
def test_a_foreign_encoding_is_refused_by_its_name(number):
    lines = {17: "Ville,Année\r\nOrléans,Été\r\n"}.get(
        number, f"{TOILET}\r\n髙﨑﨑駅前広場,见本市,公園の北の入口\r\n"
    )
    with pytest.raises(Unreadable) as refused:
        check(lines.encode(FOREIGN[number], "ignore"))
    assert refused.value.code == "encoding"


def test_numbers_are_what_excel_shows():
    assert next(check(READ[29][0]).table.rows()) == (2, ("011002", "5"))
    assert next(check(READ[30][0]).table.rows()) == (2, ("本館", "0.3"))


def test_no_case_is_left_out():
    there = {*READ, *FOREIGN, 47, 48, 49, 51, 52, 53}
    assert sorted(set(range(1, 54)) - there) == [38, 41, 42, 46, 50]
