"""What only several columns, or a column and its title, can tell."""

import json

import pytest

from tablecheck import Boundary, Finding, Unreadable, check, outline
from tablecheck.part import bound_to
from tablecheck.relations.boundary import shape_in
from tablecheck.standards import Field
from tests.tablecheck.sheets import cells, csv, standard

SQUARE = {"type": "Polygon", "coordinates": [[[137, 36], [138, 36], [138, 37], [137, 37], [137, 36]]]}
FAR_AWAY = {"type": "Polygon", "coordinates": [[[10**400, 36], [138, 36], [138, 37]]]}


# Places


def places(*lines, boundary=None, latitude="latitude"):
    kinds = standard(名称="text", 緯度=latitude, 経度="longitude")
    checked = check(csv("名称,緯度,経度", *(f"駅,{line}" for line in lines)), standard=kinds, boundary=boundary)
    return [(item.cell, item.code, item.level, item.repair) for item in cells(checked)]


def test_latitude_and_longitude_are_swapped():
    assert places("137.2,36.1") == [
        ("B2", "coordinate-swapped", "error", "36.1"),
        ("C2", "coordinate-swapped", "error", "137.2"),
    ]


def test_two_values_far_from_japan_are_not_swapped():
    assert places("151.5,-0.1") == [
        ("B2", "outside-japan", "error", None),
        ("C2", "outside-japan", "error", None),
    ]


def test_half_a_place_is_a_warning():
    assert places("36.1,137.2", "36.1,", ",137.2") == [
        ("C3", "coordinate-half", "warning", None),
        ("B4", "coordinate-half", "warning", None),
    ]


def test_a_place_without_coordinates_is_information():
    assert places(",") == [("B2", "coordinate-missing", "info", None)]


def test_where_a_coordinate_is_required_its_absence_is_told_once():
    required = Field("緯度", "緯度", "latitude", required=True)
    assert places(",", ",137.2", latitude=required) == [
        ("B2", "required", "error", None),
        ("B3", "required", "error", None),
    ]


def test_a_place_outside_the_municipality():
    boundary = Boundary.from_geojson({"type": "Feature", "geometry": SQUARE})
    assert places("36.5,137.5", "35.5,137.5", "51.5,137.5", boundary=boundary) == [
        ("B3", "outside-municipality", "warning", None),
        ("B4", "outside-japan", "error", None),
    ]


@pytest.mark.parametrize(
    "outline",
    [
        SQUARE,
        {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        {"type": "GeometryCollection", "geometries": [SQUARE]},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
    ],
)
def test_an_outline_is_read_in_whichever_shape_it_comes(outline):
    boundary = Boundary.from_geojson(outline)
    assert [boundary.contains(36.5, 137.5), boundary.contains(35.5, 137.5)] == [True, False]


def test_a_place_that_is_no_number_is_in_no_town():
    assert places("北,137.5", boundary=Boundary.from_geojson(SQUARE)) == [("B2", "number", "error", None)]


@pytest.mark.parametrize("broken", [{}, [], {"type": "Polygon", "coordinates": []}, {"type": "Point"}, FAR_AWAY])
def test_a_boundary_that_is_none_is_refused(broken):
    with pytest.raises(Unreadable):
        Boundary.from_geojson(broken)


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        ([[137, 36], [138, 37], [138, 36], [137, 37], [137, 36]], True),
        # Touches itself at a corner, and closes or does not.
        ([[137, 36], [138, 36], [137.5, 36.5], [138, 37], [137, 37], [137.5, 36.5], [137, 36]], False),
        ([[137, 36], [138, 36], [138, 37], [137, 37]], False),
    ],
)
def test_an_outline_that_runs_across_itself_is_refused_with_its_place(ring, crosses):
    data = json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()
    if not crosses:
        assert shape_in(data)
        return
    with pytest.raises(Unreadable, match=r"東経137\.0000度・北緯37\.0000度の付近で自分自身と交わっている"):
        shape_in(data)


def test_an_outline_is_read_from_a_file_of_any_program():
    for mark in (b"", b"\xef\xbb\xbf"):
        assert shape_in(mark + json.dumps(SQUARE).encode()) == SQUARE


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b"\xff",
        json.dumps([SQUARE]).encode(),
        json.dumps({"type": "Point", "coordinates": [137, 36]}).encode(),
        json.dumps(SQUARE | {"name": "\0"}).encode(),
        json.dumps(SQUARE | {"name": "\ud83d"}).encode(),
        json.dumps(SQUARE | {"height": float("nan")}).encode(),
    ],
    ids=["cut off", "no text", "a list", "a point", "a NUL", "half a character", "no number"],
)
def test_a_file_without_an_outline_or_with_what_no_database_keeps_is_refused(broken):
    with pytest.raises(Unreadable):
        shape_in(broken)


# Persons


def suspicion(header, *values, **kinds):
    checked = check(
        csv(f"番号,{header}", *(f"{at},{text}" for at, text in enumerate(values))), standard=standard(**kinds)
    )
    return [(item.cell, item.code) for item in checked.findings if item.code.startswith("personal")]


def test_a_column_that_may_speak_of_persons_is_told_at_its_title():
    checked = check(csv("名称,担当者氏名", "駅,見本太郎"), standard=standard(名称="text", 担当者氏名="text"))
    assert [item for item in checked.findings if item.row == 1] == [
        Finding(
            row=1,
            column=2,
            cell="B1",
            field="担当者氏名",
            code="personal-header",
            level="warning",
            message="B1セル（担当者氏名）「担当者氏名」：見出しが、個人情報の項目に該当する可能性があります。",
            value="担当者氏名",
        )
    ]


@pytest.mark.parametrize(
    ("header", "values", "code"),
    [
        ("連絡先メモ", ["内線"], "personal-contact"),
        ("備考", ["なし", "なし", "090-1234-5678"], "personal-phone"),
        ("備考", ["08012345678"], "personal-phone"),
        ("備考", ["担当 見本 090-1234-5678"], "personal-phone"),
        ("備考", ["問合せは midori@example.jp へ"], "personal-email"),
    ],
)
def test_a_column_of_the_sections_own_is_looked_at_title_and_values(header, values, code):
    assert suspicion(header, *values) == [("B1", code)]


@pytest.mark.parametrize("text", ["0123-45-6789", "1090-1234-5678", "090-1234-56789", "@見本", "36.0901234567"])
def test_what_only_looks_a_little_like_it_is_left_alone(text):
    assert suspicion("備考", text) == []


def test_in_a_column_of_the_standard_a_mobile_number_is_told_and_an_address_of_the_office_is_not():
    assert suspicion("電話番号", "090-1234-5678", 電話番号="phone") == [("B1", "personal-phone")]
    assert suspicion("メール", "kankyo@example.jp", メール="email") == []


def test_a_private_address_is_told_wherever_it_stands_and_any_in_a_column_of_words():
    assert suspicion("メール", "taro@Gmail.com", メール="email") == [("B1", "personal-email")]
    assert suspicion("メール", "taro@yahoo.co.jp", メール="email") == [("B1", "personal-email")]
    assert suspicion("備考", "担当 taro@example.com", 備考="text") == [("B1", "personal-email")]


def test_whatever_a_column_may_tell_of_persons_is_told_and_of_its_title_one_thing():
    told = suspicion("備考", "090-1234-5678へ", "taro@example.com", "担当は山田太郎")
    assert told == [("B1", f"personal-{word}") for word in ("phone", "email", "name")]
    assert suspicion("担当者電話", "090-1234-5678") == [("B1", "personal-header"), ("B1", "personal-phone")]


@pytest.mark.parametrize("numbers", [["123456789018", "987654321017"], ["123456789018"]])
def test_numbers_with_the_check_digit_of_a_person_are_told_before_anything_else(numbers):
    assert suspicion("担当者氏名", *numbers)[0] == ("B1", "personal-number")


@pytest.mark.parametrize(
    "numbers", [["123456789010"], [f"1234567890{at:02}" for at in range(10, 40)], ["1234567890123"]]
)
def test_a_running_number_of_twelve_figures_is_nobodys(numbers):
    assert suspicion("整理番号", *numbers) == []


# Spans and addresses


def spanned(kind, *lines):
    kinds = standard(利用開始時間=kind, 利用終了時間=kind)
    checked = check(csv("利用開始時間,利用終了時間", *lines), standard=kinds)
    return [(item.cell, item.code, item.level) for item in cells(checked)]


def test_what_ends_before_it_begins_is_told_at_its_end():
    assert spanned("time", "09:00,17:00", "18:00,09:00", "10:00,", ",09:00") == [
        ("B3", "ends-before-begin", "warning")
    ]
    assert spanned("date", "2024-04-02,2024-04-01") == [("B2", "ends-before-begin", "warning")]


def test_what_cannot_be_compared_is_left_to_its_own_finding():
    assert spanned("time", "18時,09:00") == [("A2", "time-format", "error")]


def test_an_address_in_another_prefecture_than_its_code():
    lines = ["駅,212032,東京都狛江市1", "港,212032,岐阜県高山市1", "寺,212032,高山市1", "森,2120,東京都1"]
    checked = check(csv("館,市区町村コード,住所", *lines), standard="")
    assert [(item.cell, item.code) for item in cells(checked, "address-elsewhere")] == []
    kinds = standard(館="text", 全国地方公共団体コード="municipality_code", 住所="text")
    checked = check(csv("館,全国地方公共団体コード,住所", *lines), standard=kinds)
    assert [item.message for item in cells(checked, "address-elsewhere")] == [
        "C2セル（住所）「東京都狛江市1」：B列（全国地方公共団体コード）の「212032」は、岐阜県のコードです。確認してください。"
    ]


def test_both_are_judged_again_where_one_was_changed():
    header = ["全国地方公共団体コード", "住所", "利用開始時間", "利用終了時間"]
    assert bound_to({2}, header, None) == {1, 2}
    assert bound_to({4}, header, None) == {3, 4}


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("備考", ["担当は山田太郎"], True),
        ("備考", ["鍵は佐藤さんが保管"], True),
        ("摘要", ["連絡先：鈴木　はなこ"], True),
        ("備考", ["山田太郎記念館の隣", "中村医院前", "高橋地区"], False),
        ("備考", ["石川県人会", "千葉市美術館", "岡本町一丁目、宮崎県"], False),
        ("名称", ["山田太郎"] + ["中央公園"] * 9, False),
        ("establisher", ["河野　良太", "浅野　隆司", "天野　克也"] + ["見本市"] * 20, True),
        ("所有", ["佐藤花子"], True),
    ],
)
def test_a_name_where_none_belongs_is_asked_about(header, values, told):
    checked = check(csv(f"番号,{header}", *(f"{at},{value}" for at, value in enumerate(values))), standard="")
    assert ("personal-name" in [item.code for item in checked.findings]) == told


def test_the_columns_of_a_standard_name_whom_they_are_for():
    title = "名称,所在地_連結表記,設置位置,備考"
    quiet = check(csv(title, "山田太郎,見本県見本市1,北口,なし"), standard="public_toilet")
    assert [item.code for item in quiet.findings if item.code.startswith("personal")] == []
    asked = check(csv(title, "駅,見本県見本市1,北口,鍵は山田太郎"), standard="public_toilet")
    assert [item.cell for item in asked.findings if item.code == "personal-name"] == ["D1"]


def test_an_outline_is_drawn_as_fine_as_anybody_sees():
    ring = [[137 + n / 100_000, 36] for n in range(100_000)] + [[138, 37], [137, 36]]
    (drawn,) = outline({"type": "Polygon", "coordinates": [ring]})
    assert (drawn[0], drawn[-2:], 3_000 < len(drawn) < 5_000) == ((137, 36), [(138, 37), (137, 36)], True)


@pytest.mark.parametrize("broken", [{}, [], {"type": "Polygon", "coordinates": []}, {"type": "Point"}])
def test_nothing_is_drawn_of_what_is_no_outline(broken):
    with pytest.raises(Unreadable):
        outline(broken)
