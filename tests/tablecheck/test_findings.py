"""Each kind of finding once, as an officer would meet it."""

import pytest
from hypothesis import given, settings, strategies as st

from tablecheck import SAFE, Finding, check
from tablecheck.columns import suspects
from tablecheck.rules import KINDS, rule_of
from tablecheck.standards import Field
from tests.tablecheck.sheets import TOILET, cells, csv, problem, standard, xlsx


def test_a_finding_says_where_what_and_how():
    checked = check(
        csv("番号,名称,数,備考,種別,緯度", "1,駅,2,,,36.1", "2,港,3,,,３６．１４６"),
        standard=standard(番号="text", 名称="text", 数="integer", 備考="text", 種別="text", 緯度="latitude"),
    )
    assert checked.findings == [
        Finding(
            row=3,
            column=6,
            cell="F3",
            field="緯度",
            code="fullwidth",
            level="error",
            message="F3セル（緯度）「３６．１４６」：全角の数字です。「36.146」に修正します。",
            value="３６．１４６",
            repair="36.146",
        )
    ]


# How a value is written


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", " 駅 ", [("spaces", "駅")]),
        ("text", "駅\u200b前", [("control-character", "駅前")]),
        ("text", "一\n二", [("line-break", "一 二")]),
        ("text", "一\t二", [("line-break", "一 二")]),
        ("text", "㈱髙山①", [("machine-dependent", None)]),
        ("text", "〓山", [("lost-character", None)]),
        ("text", "\ue000山", [("private-character", None)]),
        ("text", "=SUM(A1:A3)", [("formula", None)]),
        ("text", "@cmd", [("formula", None)]),
        ("text", "＋SUM(A1)", [("formula", None)]),
        ("text", "－1+1", [("formula", None)]),
        ("text", "－", []),
        ("text", "－１２", []),
        ("text", "#REF!", [("excel-error", None)]),
        ("text", "1月1日", []),
        ("text", "10月?3月", [("lost-character", None)]),
        ("text", "見本市本町2?16?45", [("lost-character", None)]),
        ("text", "本当ですか?", []),
        ("text", "https://example.jp/?a=1?2", []),
        ("text", "鬮伜ｱｱ蟶り干蟯｡逕ｺ", [("garbled", "高山市花岡町")]),
        ("text", "鷹匠町の鬮", []),
        ("number", "#N/A", [("excel-error", None)]),
        ("latitude", "\u3000", [("spaces", "")]),
        ("text", "〃", [("ditto", None)]),
        ("text", "令和３年、ｶﾅ、～、𠮷", []),
        ("integer", "６", [("fullwidth", "6")]),
        ("integer", "1,234", [("number-comma", "1234")]),
        ("integer", "3台", [("number-unit", "3")]),
        ("integer", "2.5", [("number", None)]),
        ("integer", "４.５", [("number", None)]),
        ("integer", "三", [("number", None)]),
        ("number", "1.2E+12", [("exponent", None)]),
        ("number", "-3.5", []),
        ("date", "2021-05-18", []),
        ("date", "令和3年5月18日", [("date-format", "2021-05-18")]),
        ("date", "R3.5.18", [("date-format", "2021-05-18")]),
        ("date", "2021/5/18", [("date-format", "2021-05-18")]),
        ("date", "２０２１-05-18", [("fullwidth", "2021-05-18")]),
        ("date", "2021-02-30", [("date-impossible", None)]),
        ("date", "平成33年5月1日", [("date-impossible", None)]),
        ("date", "44334", [("date-serial", "2021-05-18")]),
        ("date", "春", [("date", None)]),
        ("time", "9:00", [("time-format", "09:00")]),
        ("time", "午後1時30分", [("time-format", "13:30")]),
        ("time", "AM 9時05分", [("time-format", "09:05")]),
        ("time", "午後13:30", [("time-format", "13:30")]),
        ("time", "9時", [("time-format", "09:00")]),
        ("time", "正午", [("time-format", "12:00")]),
        ("time", "9:00～", [("time-format", "09:00")]),
        ("time", "17時まで", [("time-format", "17:00")]),
        ("time", "9:00～17:00", [("time", "09:00")]),
        ("time", "終日", [("time", "00:00")]),
        ("time", "～朝", [("time", None)]),
        ("time", "9:60", [("time", None)]),
        ("time", "24:00", [("time", "23:59")]),
        ("time", "25:00", [("time", "01:00")]),
        ("time", "29:59", [("time", "05:59")]),
        ("time", "30:00", [("time", None)]),
        ("time", "翌1:00", [("time", "01:00")]),
        ("time", "22時～翌日0時30分", [("time", "22:00")]),
        ("municipality_code", "212032", []),
        ("municipality_code", "２１２０３２", [("fullwidth", "212032")]),
        ("municipality_code", "212031", [("code-check-digit", None)]),
        ("municipality_code", "21203", [("code-digits", "212032")]),
        ("municipality_code", "11002", [("code-digits", "011002")]),
        ("corporate_number", "7.00002E+12", [("exponent", None)]),
        ("town_id", "0008―001", [("hyphen", "0008-001")]),
        ("identifier", "Ａ１", [("fullwidth", "A1")]),
        ("identifier", "1月2日", [("excel-date", "1-2")]),
        ("identifier", "駅", [("pattern", None)]),
        ("identifier", "1.2E+12", [("exponent", None)]),
        ("phone", "0123-45-6789", []),
        ("phone", "０１２３－４５－６７８９", [("fullwidth", "0123-45-6789")]),
        ("phone", "0123―45―6789", [("hyphen", "0123-45-6789")]),
        ("phone", "577323333", [("zero-lost", "0577323333")]),
        ("phone", "内線のみ", [("phone", None)]),
        ("phone", "(0577)32-3333", []),
        ("phone", "(0577) 32-3333", [("phone", "0577-32-3333")]),
        ("postal_code", "506-8555", [("postal-code", "5068555")]),
        ("postal_code", "640941", [("zero-lost", "0640941")]),
        ("kana", "ｴｷ", [("kana", "エキ")]),
        ("kana", "えき", [("kana", "エキ")]),
        ("kana", "ハ―ト", [("kana", "ハート")]),
        ("kana", "ﾌﾚｱｲ･ｾﾝﾀｰ", [("kana", "フレアイ・センター")]),
        ("kana", "エキ！：“マエ”", []),
        ("kana", "駅", [("kana", None)]),
        ("spelling", "ﾎｰﾙ（おおほりの1）", [("kana", "ホール（おおほりの1）")]),
        ("spelling", "ホール（おおほりの1）", []),
        ("clock", "25:00", []),
        ("clock", "翌1:00", []),
        ("clock", "9:00", []),
        ("clock", "昼", [("time", None)]),
        ("date", "令3.5.18", [("date-format", "2021-05-18")]),
        ("phone", "(0570)097117", []),
        ("weekdays", "月～金", [("weekdays", "月火水木金")]),
        ("weekdays", "平日", [("weekdays", "月火水木金")]),
        ("weekdays", "平日・土", [("weekdays", "月火水木金土")]),
        ("weekdays", "月;水；金", [("weekdays", "月水金")]),
        ("weekdays", "毎週土・日", [("weekdays", "土日")]),
        ("uri", "ｈttps://example.jp/", [("fullwidth", "https://example.jp/")]),
        ("uri", "example", [("url", None)]),
        ("email", "見本", [("email", None)]),
        ("latitude", "36°08′46″", [("coordinate-degrees", "36.146111")]),
        ("latitude", "51.5", [("outside-japan", None)]),
        ("latitude", "北緯", [("number", None)]),
        ("identifier", " A1 ", [("spaces", "A1")]),
        ("reading", " みほん", [("kana", "みほん")]),
        ("person_name", "見本\n一郎", []),
        ("person_name", "見本\u200b一郎", [("control-character", "見本一郎")]),
        ("boolean", "TRUE", []),
        ("boolean", "○", [("choice-mark", "true")]),
        ("boolean", "×", [("choice-mark", "false")]),
        ("boolean", "赤", [("choice", None)]),
        ("weekdays", "駅", [("weekdays", None)]),
        ("weekdays", "・", [("weekdays", None)]),
        ("datetime", "2021-05-18T13:00:00", []),
        ("datetime", "2021/5/18 1時", [("date", None)]),
        ("time", "朝", [("time", None)]),
        ("municipality_code", "52019", [("code-zero-lost", "052019")]),
        ("municipality_code", "99999", [("code-digits", "999997")]),
        ("municipality_code", "東京", [("code-digits", None)]),
        ("corporate_number", "123", [("pattern", None)]),
        ("corporate_number", "１２３", [("pattern", None)]),
        ("postal_code", "５０６８５５５", [("fullwidth", "5068555")]),
        ("postal_code", "12345", [("pattern", None)]),
        ("email", "ａ@example.jp", [("fullwidth", "a@example.jp")]),
    ],
)
def test_how_a_value_is_written(kind, value, expected):
    assert problem(kind, value) == expected


@pytest.mark.parametrize("mark", ["○", "〇", "◯", "あり", "1"])
def test_a_mark_becomes_the_fields_own_word(mark):
    assert problem("choice", mark, choices=("有", "無")) == [("choice-mark", "有")]


def test_a_field_that_knows_only_1_says_no_by_staying_empty():
    assert problem("choice", "×", choices=("1",)) == [("choice-mark", "")]


@pytest.mark.parametrize(("mark", "choices"), [("○", ("有", "不明")), ("×", ("無", "不明"))])
def test_where_one_of_the_two_is_no_choice_a_mark_means_neither(mark, choices):
    assert problem("choice", mark, choices=choices) == [("choice", None)]


def test_a_mark_that_is_a_choice_but_for_its_width_is_that_choice():
    assert problem("choice", "１", choices=("1",)) == [("fullwidth", "1")]


def sentences(value, kind, title="列", **rules):
    field = Field("field", title, kind, **rules)
    return [found.text for found in rule_of(field).examine(value, field)]


@pytest.mark.parametrize(
    ("mark", "choices", "said"),
    [
        ("○", ("有", "無"), "この列では「有」と書きます。"),
        ("×", ("1",), "この列では空欄と書きます。"),
        ("丙", ("甲", "乙"), "決められた値ではありません。「甲」「乙」から選んでください。"),
        ("丙", tuple("ABCDEF"), "決められた値ではありません。「A」「B」「C」「D」「E」などから選んでください。"),
    ],
)
def test_what_is_to_be_written_instead_is_said(mark, choices, said):
    assert sentences(mark, "choice", choices=choices) == [said]


@pytest.mark.parametrize(
    ("kind", "value", "title", "said"),
    [
        ("integer", "2.5", "列", "整数ではありません。整数で入力してください。"),
        ("integer", "三", "列", "数値として読み取れません。半角の数字で入力してください。"),
        ("latitude", "51", "緯度", "日本の緯度の範囲にありません。"),
        ("latitude", "51", "", "日本の座標の範囲にありません。"),
        ("date", "R3.5.18", "列", "和暦の日付です。"),
        ("date", "2021/5/18", "列", "日付の書き方が異なります。"),
    ],
)
def test_a_finding_says_what_kind_of_mistake_it_is(kind, value, title, said):
    assert sentences(value, kind, title) == [said]


def test_a_word_that_is_no_choice_is_answered_with_the_nearest():
    assert problem("choice", "階", choices=("階数", "標高", "地表高")) == [("choice", "階数")]
    assert problem("choice", "青", choices=("階数", "標高")) == [("choice", None)]
    assert problem("choice", "Ａ", choices=("A", "B")) == [("fullwidth", "A")]


def test_limits_lengths_and_patterns_of_a_table_schema():
    assert problem("integer", "-1", minimum=0.0) == [("range", None)]
    assert problem("number", "47", maximum=46.0) == [("range", None)]
    assert problem("number", "45", minimum=44.0, maximum=46.0) == []
    assert problem("text", "あい", min_length=2, max_length=2) == []
    assert problem("text", "あいう", max_length=2) == [("length", None)]
    assert problem("text", "あ", min_length=2) == [("length", None)]
    # A length is asked of words alone.
    assert problem("integer", "5", min_length=2) == []
    assert problem("integer", "5", pattern="[0-9]{2}") == [("pattern", None)]
    assert problem("integer", "三", pattern="[0-9]{2}") == [("number", None)]
    assert problem("text", "ＡＢ", pattern="[A-Z]{2}") == [("fullwidth", "AB")]
    assert problem("text", "い", pattern="[A-Z]{2}") == [("pattern", None)]
    assert problem("text", "１２", pattern="[A-Z]{2}") == [("pattern", None)]


# What only several cells can tell


def test_a_required_cell_is_empty():
    checked = check(csv(TOILET, "駅,,北口"), standard="public_toilet")
    assert cells(checked, "required") == [
        Finding(
            row=2,
            column=2,
            cell="B2",
            field="fullAddress",
            code="required",
            level="error",
            message="B2セル（所在地_連結表記）：必須の項目が空です。値を入力してください。",
            value="",
        )
    ]


def test_an_id_stands_twice():
    checked = check(
        csv("ID", "T1", "T2", "T1"), standard=standard(ID=Field("ID", "ID", "identifier", unique=True))
    )
    assert [item.message for item in cells(checked, "duplicate")] == [
        "A4セル（ID）「T1」：2行目と同じ値です。1行ごとに異なる値を入力してください。"
    ]


def test_a_row_stands_twice():
    checked = check(csv("名称,数", "駅,1", "港,2", "駅,1"), standard=standard(名称="text", 数="integer"))
    assert [(item.cell, item.message) for item in cells(checked)] == [
        ("A4", "A4セル（名称）「駅」：2行目と同じ内容の行です。")
    ]


def test_rows_of_another_width_are_told_with_the_first_cell_that_is_wrong():
    checked = check(csv("名称,数", "駅", "港,2,三"), standard=standard(名称="text", 数="integer"))
    assert [(item.cell, item.code) for item in cells(checked)] == [("B2", "row-short"), ("C3", "row-long")]


def test_a_code_of_another_prefecture():
    kinds = standard(市区町村コード="municipality_code")
    checked = check(csv("市区町村コード", "212032", "222127"), standard=kinds, municipality="212032")
    assert [(item.cell, item.code) for item in cells(checked)] == [("A3", "code-other")]


# The file and its columns


def test_what_was_understood_of_the_file_is_said():
    checked = check(csv("題名", "名称,緯度", "駅,36.1", encoding="cp932"))
    assert [(item.row, item.code, item.level) for item in checked.findings] == [
        (None, "encoding", "info"),
        (None, "header-row", "info"),
        (None, "no-standard", "info"),
        (None, "kinds-guessed", "info"),
    ]
    assert checked.findings[0].message == (
        "文字コードをShift_JIS（Excelの保存形式）として読み込みました。公開用ファイルはUTF-8（BOM付き）で作成します。"
    )


def test_a_header_without_rows():
    checked = check(csv(TOILET), standard="public_toilet")
    assert [item.message for item in checked.findings if item.row is None] == [
        "見出しだけで、データの行がありません。"
    ]


def headers(first, **kinds):
    checked = check(csv(first, ",".join("1" * (first.count(",") + 1))), standard=standard(**kinds))
    return [(item.row, item.cell, item.code, item.repair) for item in checked.findings if item.row == 1]


def test_columns_missing_unknown_unnamed_and_named_twice():
    assert headers("名称,,色,名称", 名称="text", 数=Field("数", "数", "text", required=True)) == [
        (1, "B1", "header-empty", None),
        (1, "C1", "column-unknown", None),
        (1, "D1", "header-duplicate", None),
        (1, None, "column-missing", None),
    ]


@pytest.mark.parametrize("header", ["トイレ 総数", "トイレ・総数", "トイレ＿総数", "トイレ．総数"])
def test_a_title_is_known_whatever_stands_between_its_words(header):
    assert headers(header, トイレ総数="text") == [(1, "A1", "header-variant", "トイレ総数")]


@pytest.mark.parametrize("header", ["A―B", "A‐B", "A－B", "a-b"])
def test_a_dash_is_a_dash(header):
    assert headers(header, **{"A-B": "text", "AB": "text"})[0] == (1, "A1", "header-variant", "A-B")


def test_a_header_written_otherwise_is_understood():
    assert headers("lat", 緯度="latitude") == [(1, "A1", "header-variant", "緯度")]
    assert headers("男性トイレ数(小便器)", **{"男性トイレ数（小便器）": "integer"}) == [
        (1, "A1", "header-variant", "男性トイレ数（小便器）")
    ]
    assert headers("利用開始時間帯", 利用開始時間="text") == [(1, "A1", "header-guess", "利用開始時間")]
    assert headers("利用終了時間", 利用開始時間="text")[0][2] == "column-unknown"


# The short cut


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(KINDS)),
    st.text(alphabet="0123456789.-:/月火有無ア ーT①髙〓=@+#\u3000\n\tE", min_size=1, max_size=12),
)
def test_no_rule_objects_to_what_its_pattern_calls_clean(kind, value):
    field = Field("f", "列", kind, choices=("有", "無"))
    rule = rule_of(field)
    if not list(suspects(f"{value}\0", rule.clean)):
        assert list(rule.examine(value, field)) == []


def test_what_is_repaired_unless_somebody_declines_changes_how_a_value_is_written_and_never_what_it_says():
    assert SAFE == [
        "header-variant",
        "fullwidth",
        "spaces",
        "control-character",
        "hyphen",
        "kana",
        "number-comma",
        "date-format",
        "time-format",
        "choice-mark",
        "code-zero-lost",
        "postal-code",
    ]


def test_of_several_sheets_it_is_said_which_was_read_and_which_were_not():
    said = [item.message for item in check(xlsx(施設=[["名称"], ["駅"]], 控え=[["x"]])).findings]
    assert "「施設」シートを読み込みました。ほかに「控え」があります。" in said


def test_ten_thousand_mistakes_of_one_column_are_all_told():
    """Half a second: as many rows."""
    made = standard(番号="text", 日="date")
    found = check(csv("番号,日", *(f"{at},第{at}日" for at in range(10_000))), standard=made).findings
    assert [item.cell for item in found if item.code == "date"] == [f"B{at}" for at in range(2, 10_002)]
