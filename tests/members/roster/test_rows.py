"""What is read of one row: names as they are written, readings in hiragana, days of every era."""

import pytest

from members.rostering.rows import filled_down, gaps, read_back, row_of
from tests.members.roster.kit import read


def row(**cells):
    return row_of(2, {"name": "佐藤 花子", "kana": "さとう はなこ"} | cells)


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("佐藤 花子", "佐藤", "花子"),
        ("佐藤　　花子", "佐藤", "花子"),
        ("𠮷田 髙", "𠮷田", "髙"),
        ("髙﨑 一郎", "髙﨑", "一郎"),
        ("辻\U000e0100 太郎", "辻\U000e0100", "太郎"),
        ("ががわ 一", "ががわ", "一"),
        ("NGUYEN VAN AN", "NGUYEN", "VAN AN"),
    ],
)
def test_a_name_is_kept_as_it_is_written_and_divided_at_its_first_blank(typed, family, given):
    found = row(name=typed)
    assert (found.family, found.given, found.wrong, found.notes) == (family, given, [], [])


def test_a_name_in_one_piece_is_a_family_name_and_the_list_is_told_so():
    found = row(name="佐藤花子")
    assert (found.family, found.given, found.notes) == (
        "佐藤花子",
        "",
        ["姓と名の間に空白がないため、全体を姓として登録します。"],
    )


def test_two_columns_of_a_name_go_before_one():
    found = row(family="佐藤", given="花子", name="別の 名前")
    assert found.name == "佐藤 花子"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"name": "佐藤 \u202e花子"},
            "目に見えない文字（U+202E）が入っています。欄を空にして、入力し直してください。",
        ),
        (
            {"name": "佐藤\u200b 花子"},
            "目に見えない文字（U+200B）が入っています。欄を空にして、入力し直してください。",
        ),
        ({"name": "長" * 96}, "氏名は、姓・名それぞれ50文字以内で入力してください（現在は96文字です）。"),
        ({"name": ""}, "氏名がありません。"),
        ({"kana": "佐藤 花子"}, "ふりがなは、ひらがなかカタカナで入力してください（「佐」は使えません）。"),
        ({"number": "1" * 21}, "職員番号は20文字以内で入力してください。"),
        (
            {"valid_from": "令和8年4月31日"},
            "「令和8年4月31日」は存在しない日付です。年・月・日を確認してください。",
        ),
        ({"valid_from": "2026-04-02", "valid_to": "2026-04-01"}, "終了日が開始日より前です。"),
    ],
)
def test_what_keeps_a_row_out_is_said_in_a_sentence(cells, sentence):
    assert row(**cells).wrong[0] == sentence


def test_ninety_six_characters_in_two_parts_are_a_name():
    assert row(name=f"{'長' * 48} {'名' * 48}").wrong == []


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("佐\ue000 花子", "氏名に外字が入っています。外字は他の端末では表示されません。"),
        ("佐藤 花子😀", "氏名に、文字ではない記号（😀）が入っています。"),
    ],
)
def test_a_doubtful_character_is_kept_and_told(name, note):
    found = row(name=name)
    assert (found.name, found.wrong, found.notes) == (name, [], [note])


@pytest.mark.parametrize("typed", ["ｻﾄｳ ﾊﾅｺﾞ", "サトウ ハナゴ", "さとう　はなご", "さとう はなこ\u3099"])
def test_a_reading_is_hiragana_of_full_width_however_it_was_typed(typed):
    found = row(kana=typed)
    assert (found.family_kana, found.given_kana, found.wrong) == ("さとう", "はなご", [])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("昭和64年1月7日", "1989-01-07"),
        ("H31.4.30", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("2026/4/1", "2026-04-01"),
    ],
)
def test_days_of_three_eras_are_days(typed, day):
    assert row(valid_from=typed).valid_from == day


def test_a_single_day_is_a_period():
    found = row(valid_from="2026-04-01", valid_to="2026-04-01")
    assert (found.valid_from, found.valid_to, found.wrong) == ("2026-04-01", "2026-04-01", [])


def test_numbers_and_addresses_are_made_half_width_and_an_address_that_is_none_is_told():
    found = row(number="０１２３", email="Ｓａｔｏ@Example.jp", phone="内線２３４５")
    assert (found.number, found.email, found.phone) == ("0123", "sato@example.jp", "内線2345")
    assert row(email="佐藤まで").notes == ["「佐藤まで」はメールアドレスの形ではないため、登録しません。"]


@pytest.mark.parametrize("typed", ["なし", "無", "－", "―", ""])
def test_where_there_is_no_address_nothing_is_said(typed):
    found = row(email=typed)
    assert (found.email, found.notes) == ("", [])


def test_one_to_three_columns_or_one_with_all_of_it_name_the_section():
    assert row(bureau="市民部", division="市民課", unit="窓口係").place == "市民部 市民課 窓口係"
    assert row(division="市民課").sections == [["division", "市民課"]]
    assert row(section="市民部　市民課").sections == [["", "市民部 市民課"]]


# The rows together


TITLES = ["氏名", "ふりがな", "課"]
FIRST, BELOW = ["佐藤 花子", "さとう はなこ", "市民課"], ["田中 一", "たなか はじめ", ""]


def test_a_header_that_is_repeated_in_between_is_nobody():
    assert [found["family"] for found in read(FIRST, TITLES, BELOW, titles=TITLES)] == ["佐藤", "田中"]


def test_the_rows_keep_the_numbers_that_excel_shows():
    assert [found["at"] for found in read(FIRST, ["", "", ""], BELOW, titles=TITLES)] == [2, 4]


def test_below_a_merged_cell_the_section_is_taken_over_only_where_a_person_says_so():
    rows = read_back(read(FIRST, BELOW, titles=TITLES))
    assert (gaps(rows), rows[1].place) == (1, "")
    filled = list(filled_down(rows))
    assert (filled[1].place, filled[1].notes) == (
        "市民課",
        ["所属が空欄のため、上の行と同じ所属としました。"],
    )


def test_somebody_from_outside_is_of_no_section_of_the_town():
    titles = [*TITLES, "所属団体"]
    rows = read_back(read([*FIRST, ""], ["例示 太郎", "れいじ たろう", "", "見本大学"], titles=titles))
    assert gaps(rows) == 0
    assert [found.place for found in filled_down(rows)] == ["市民課", ""]


def test_a_division_below_a_merged_bureau_is_of_that_bureau():
    """部 merged over its 課, 課 over its 係: what is above is taken over, what is below never is."""
    titles = ["氏名", "部", "課", "係"]
    people = [
        ["佐藤 花子", "市民部", "総務課", "庶務係"],
        ["田中 一", "", "", "統計係"],
        ["鈴木 次郎", "", "市民課", ""],
        ["高橋 三郎", "教育部", "総務課", ""],
        ["伊藤 四郎", "", "学務課", ""],
    ]
    rows = read_back(read(*people, titles=titles))
    assert gaps(rows) == 3
    assert [found.place for found in filled_down(rows)] == [
        "市民部 総務課 庶務係",
        "市民部 総務課 統計係",
        "市民部 市民課",
        "教育部 総務課",
        "教育部 学務課",
    ]


def test_below_a_merged_body_people_are_of_the_same_body():
    titles = [*TITLES, "所属団体"]
    outside = [["例示 太郎", "れいじ たろう", "", "見本大学"], ["例示 次郎", "れいじ じろう", "", ""]]
    rows = read_back(read([*FIRST, ""], *outside, titles=titles))
    assert gaps(rows) == 1
    assert [(found.place, found.affiliation) for found in filled_down(rows)] == [
        ("市民課", ""),
        ("", "見本大学"),
        ("", "見本大学"),
    ]
