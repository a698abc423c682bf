"""What real files of towns get wrong before a single cell is judged: each with the same dirt, invented anew."""

import pytest

from tablecheck import Limits, Unreadable, Way, check
from tablecheck.read import read
from tests.tablecheck.sheets import TOILET, csv, xlsx


def table(*lines, encoding="utf-8-sig", **way):
    found = read(csv(*lines, encoding=encoding), way=Way(**way)).table
    return found.header, list(found.rows())


def said(*lines, encoding="utf-8-sig"):
    """What is told of the file, its rows and its cells, but for what every table of the section's own is told."""
    findings = check(csv(*lines, encoding=encoding)).findings
    quiet = {"no-standard", "encoding", "personal-contact", "personal-header"}
    return [(item.code, item.cell) for item in findings if item.code not in quiet]


# The header, wherever it stands


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        (["施設,車椅子,授乳", "一号館,Yes,No", "二号館,No,No", "三号館,No,Yes"], ["施設", "車椅子", "授乳"]),
        (["館,2024,2023", "本館,900,800", "分館,休み,休み"], ["館", "2024", "2023"]),
        (["講座,令和5年度,令和6年度", "絵手紙,○,×"], ["講座", "令和5年度", "令和6年度"]),
        (["講座,4月,5月,6月", "絵手紙,○,×,○", "短歌,×,○,○"], ["講座", "4月", "5月", "6月"]),
        (["館,住所,,", "本館,一丁目,北,駐車可", "分館,二丁目,南,不可"], ["館", "住所", "", ""]),
        (
            ["#LINK,,", "#lang,ja,", "#property,名,数", "#object_type_xsd,string,float", "1,駅,2"],
            ["#property", "名", "数"],
        ),
    ],
    ids=["answers that are titles elsewhere", "years", "years of an era", "months", "half unnamed", "LinkData"],
)
def test_no_record_is_taken_for_the_header(lines, header):
    assert table(*lines)[0] == header


def test_below_the_titles_of_linkdata_no_record_is_lost_and_none_is_added():
    lines = ["#LINK,,", "#property,名,数", "#object_type_xsd,string,float", "1,駅,2", "2,港,3"]
    assert table(*lines)[1] == [(4, ("1", "駅", "2")), (5, ("2", "港", "3"))]
    assert said(*lines) == [("header-row", None), ("column-notes", None)]


def test_two_rows_of_titles_are_one():
    lines = ["地区,人口,,世帯", ",男,女,", "東町,10,11,8", "西町,9,9,7"]
    assert table(*lines) == (
        ["地区", "人口_男", "人口_女", "世帯"],
        [(3, ("東町", "10", "11", "8")), (4, ("西町", "9", "9", "7"))],
    )
    assert said(*lines) == [("header-rows", None)]


def test_titles_that_stand_there_twice_are_told_apart_by_the_row_above():
    lines = [",平日,,土日,", "館,開始,終了,開始,終了", "本館,9:00,17:00,10:00,16:00"]
    assert table(*lines)[0] == ["館", "平日_開始", "平日_終了", "土日_開始", "土日_終了"]


def test_a_file_without_a_header_keeps_its_first_record():
    lines = ["本館,0123-45-6789,36.1234", "分館,0123-45-6780,36.1235"]
    assert table(*lines) == (
        ["列1", "列2", "列3"],
        [(1, ("本館", "0123-45-6789", "36.1234")), (2, ("分館", "0123-45-6780", "36.1235"))],
    )
    assert said(*lines)[0] == ("no-header", None)


def test_rows_above_the_header_are_said_with_their_numbers():
    findings = check(csv("公衆トイレの一覧", "令和6年4月", TOILET, "駅,見本市1,北")).findings
    assert [item.message for item in findings if item.code == "header-row"] == [
        "3行目を見出しとして読み込みました。それより上の1～2行目はデータに含めません。"
    ]


# Rows that are no records


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ("※分館は冬の間休み,,", "4行目「※分館は冬の間休み」は、表の下の注記のようなので、データに含めません。"),
        ("（注）分館を除く,,", "4行目「（注）分館を除く」は、表の下の注記のようなので、データに含めません。"),
        ("合　計,30,5", "4行目「合　計 30 5」は、合計の行のようなので、データに含めません。"),
        ("合計12か所,,", "4行目「合計12か所」は、合計の行のようなので、データに含めません。"),
    ],
)
def test_notes_and_totals_below_the_table_are_said_and_can_be_taken_back(last, message):
    lines = ["館,席,室", "本館,10,2", "分館,20,3", last]
    assert len(table(*lines)[1]) == 2
    assert message in [item.message for item in check(csv(*lines)).findings]
    assert table(*lines, kept=(4,))[1][2] == (4, tuple(last.split(",")))


@pytest.mark.parametrize("last", ["合計会館,30,5", "※,30,5", "計,たくさん,5", "小計画館,,"])
def test_a_record_that_only_begins_like_one_stays(last):
    assert len(table("館,席,室", "本館,10,2", last)[1]) == 2


def test_a_row_of_blanks_is_none():
    lines = ["館,席", "本館,10", "\u3000, ", "分館,20"]
    assert table(*lines)[1] == [(2, ("本館", "10")), (4, ("分館", "20"))]
    assert [item.message for item in check(csv(*lines)).findings if item.code == "blank-rows"] == [
        "3行目は、空の行なので、データに含めません。"
    ]


def test_of_many_blank_rows_the_first_are_named():
    lines = ["館,席", *["本館,10", ""] * 7, "分館,20"]
    assert "3、5、7、9、11行目ほか、計7行は、空の行なので、データに含めません。" in [
        item.message for item in check(csv(*lines)).findings
    ]


def test_a_large_file_with_a_row_of_blanks_is_read_with_patience(monkeypatch):
    monkeypatch.setattr("tablecheck.read.LARGE", 1000)
    monkeypatch.setattr("tablecheck.read.MANY", 0)
    for blank in ("\u3000,,", ",,", ' ,"",'):
        assert len(table("名称,緯度,経度", *["駅,36.1,137.2"] * 200, blank, "港,36.1,137.2")[1]) == 201
    assert len(table("名称,緯度,経度", *["駅,36.1,137.2"] * 200, "※注,,")[1]) == 200


def test_a_required_cell_with_nothing_but_a_blank_is_empty():
    checked = check(csv(TOILET, "駅,\u3000,北", "港,見本市1,北"), standard="public_toilet")
    assert [(item.cell, item.code) for item in checked.findings if item.row == 2] == [("B2", "required")]


# Columns without end


def test_columns_to_the_right_that_are_empty_count_for_nothing():
    found = read(csv("館,席" + "," * 60, "本館,10" + "," * 60), limits=Limits(columns=30)).table
    assert (found.header, list(found.rows())) == (["館", "席"], [(2, ("本館", "10"))])


# Quotes and delimiters


def test_a_delimiter_inside_quotes_divides_nothing():
    lines = ["館;説明;料金", '本館;"一, 二, 三, 四";100', '分館;"五, 六, 七, 八";200']
    assert table(*lines)[1] == [(2, ("本館", "一, 二, 三, 四", "100")), (3, ("分館", "五, 六, 七, 八", "200"))]


def test_a_quote_that_is_never_closed_costs_its_line_and_not_the_file():
    lines = ["館,説明,席", '本館,"静かな館,10', "分館,広い館,20", '別館,"一\n二",30']
    assert table(*lines)[1] == [
        (2, ("本館", '"静かな館', "10")),
        (3, ("分館", "広い館", "20")),
        (4, ("別館", "一\n二", "30")),
    ]
    assert said(*lines)[0] == ("quote", "B2")


def test_the_next_quote_does_not_swallow_the_rows_in_between():
    lines = ["館,説明,席", '本館,"静か,10', "分館,広い,20", '別館,"小さい"館,30', "新館,新しい,40"]
    assert [cells[0] for _row, cells in table(*lines)[1]] == ["本館", "分館", "別館", "新館"]
    assert said(*lines) == [("quote", "B2"), ("quote-loose", "B4")]


def test_what_stands_behind_a_closing_quote_is_kept_and_said():
    lines = ["館,説明", '本館,"静か"な館', "分館,広い館"]
    assert table(*lines)[1][0] == (2, ("本館", "静かな館"))
    assert said(*lines) == [("quote-loose", "B2")]


def test_a_quote_inside_a_cell_is_a_character():
    lines = ["館,説明", '本館,静かな"館', "分館,広い館"]
    assert (table(*lines)[1][0], said(*lines)) == ((2, ("本館", '静かな"館')), [])


def test_a_row_with_a_cell_too_many_names_it():
    assert said("品,産地", "りんご,北町", "みかん,南町, 土産") == [("row-long", "C3")]


def test_a_title_with_a_line_break_is_one_title():
    assert table('館,"所在\n地"', "本館,見本市1")[0] == ["館", "所在\n地"]


# Encodings

KANA = ["館,説明", "本館,静かな会館です", "分館,広い会館です"]


@pytest.mark.parametrize(
    ("lines", "encoding", "name"),
    [
        (KANA, "euc_jp", "EUC-JP"),
        (["館,説明", "本館,俱楽部①の会館", "分館,𠮟る"], "shift_jis_2004", "Shift_JIS-2004"),
        (["name,place", "Café,Genève", "Hôtel,Zürich"], "latin-1", "Latin-1（欧文）"),
    ],
)
def test_a_foreign_encoding_is_called_by_its_name_with_what_to_do(lines, encoding, name):
    with pytest.raises(Unreadable) as refused:
        read(csv(*lines, encoding=encoding))
    assert refused.value.message == (
        f"文字コードが{name}のファイルです。このままでは読み込めません。"
        "作成したソフトで文字コードをUTF-8にして保存し直すか、メモ帳などで開いて文字が正しく見えることを確認してから、"
        "「UTF-8」で保存し直してください。"
    )


@pytest.mark.parametrize("encoding", ["euc_jp", "shift_jis_2004"])
def test_who_knows_the_encoding_can_say_it(encoding):
    found = read(csv(*KANA, encoding=encoding), way=Way(encoding=encoding))
    assert (next(found.table.rows()), found.detected.encoding) == ((2, ("本館", "静かな会館です")), encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_also_without_its_mark(encoding):
    found = read(csv(*KANA, encoding=encoding))
    assert (next(found.table.rows()), found.detected.encoding) == ((2, ("本館", "静かな会館です")), encoding)


def test_what_excel_saves_is_never_taken_for_something_foreign():
    """Half-width kana in CP932 have the bytes of EUC-JP."""
    lines = ["館,ｶﾅ", "本館,ﾎﾝｶﾝ", "分館,ﾌﾞﾝｶﾝ"]
    assert table(*lines, encoding="cp932")[1][0] == (2, ("本館", "ﾎﾝｶﾝ"))
    assert table("カナ", "ｱｲｳｴｵｶｷｸｹｺ", encoding="cp932")[1] == [(2, ("ｱｲｳｴｵｶｷｸｹｺ",))]


def test_one_character_of_windows_at_the_end_of_a_long_file_tells_its_encoding():
    assert len(table("no,memo", *["1,a"] * 4000, "2,髙①", encoding="cp932")[1]) == 4001


# Delimiters that people type, and two tables in one sheet


def test_a_comma_with_a_blank_after_it_is_one_delimiter():
    lines = ["館, 席, 室", "本館, 10, 会議室 1", '分館, 20, "大, 小"']
    assert table(*lines) == (
        ["館", "席", "室"],
        [(2, ("本館", "10", "会議室 1")), (3, ("分館", "20", "大, 小"))],
    )
    assert said(*lines)[0] == ("blank-delimiter", None)


def test_one_comma_without_a_blank_makes_the_blanks_a_part_of_the_values():
    assert table("館, 席", "本館,10")[0] == ["館", "席"]
    assert ("blank-delimiter", None) not in said("館, 席", "本館,10")


def test_blanks_alone_are_asked_about_and_divide_where_somebody_says_so():
    lines = ["館    席  室", "本館  10  会議室", "分館   5  研修室", "別館   7  集会室"]
    assert said(*lines)[0] == ("one-column", None)
    assert table(*lines, delimiter=" ") == (
        ["館", "席", "室"],
        [(2, ("本館", "10", "会議室")), (3, ("分館", "5", "研修室")), (4, ("別館", "7", "集会室"))],
    )


def test_names_in_one_column_are_not_asked_about():
    assert said("氏名", "見本 一郎", "例示 二郎", "仮野 花子") == []


@pytest.mark.parametrize(
    ("below", "row"),
    [
        (["館,席,室", "新館,5,2"], 5),
        (["年度,人,", "2024,5,", "2025,7,"], 5),
        (["二号館,7,3", "三号館,8,4"], None),
        (["館外,休み,なし", "三号館,休み,なし"], None),
    ],
    ids=["the same titles", "other titles above figures", "records", "records of words"],
)
def test_a_second_table_below_the_first_is_asked_about(below, row):
    findings = check(csv("館,席,室", "本館,10,1", "分館,20,2", ",,", *below)).findings
    assert [item.row for item in findings if item.code == "second-table"] == ([row] if row else [])


def test_either_of_two_tables_can_be_read_alone():
    lines = ["館,席", "本館,10", ",", "年,人", "2024,5", "2025,7"]
    assert table(*lines, header_row=4) == (["年", "人"], [(5, ("2024", "5")), (6, ("2025", "7"))])
    assert table(*lines, dropped=(4, 5, 6)) == (["館", "席"], [(2, ("本館", "10"))])


# What a person says of the reading


def test_header_delimiter_and_encoding_can_be_said():
    lines = ["館|席,室", "本館|10,1", "分館|20,2"]
    assert table(*lines, delimiter="|")[0] == ["館", "席,室"]
    assert table(*lines, header_row=2)[0] == ["本館|10", "1"]
    assert table(*lines, header_row=0) == (
        ["列1", "列2"],
        [(1, ("館|席", "室")), (2, ("本館|10", "1")), (3, ("分館|20", "2"))],
    )


def test_in_a_workbook_as_well():
    book = xlsx(一覧=[["館", "席"], ["本館", 10.0], ["※注", None]])
    assert list(read(book, way=Way(header_row=2, kept=(3,))).table.rows()) == [(3, ("※注", ""))]
