"""The definition `roster`: a list of people as personnel offices write it, which is never published."""

import subprocess
import sys

import pytest

from tablecheck import check, kinds, load, names
from tests.tablecheck.sheets import csv


def found(text, level="warning"):
    return [(finding.cell, finding.code) for finding in look(text).findings if finding.level == level]


def look(text):
    return check(csv(text), standard="roster")


def fields(*titles):
    return [column.field for column in look(",".join(titles)).columns]


def test_it_is_no_kind_of_data_to_publish_and_never_recognised_by_itself():
    own = load("roster")
    assert (own.internal, "roster" in names(), own in [each[0] for each in kinds()]) == (True, False, False)
    assert check(csv(",".join(field.title for field in own.fields))).standard != "roster"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            ["職員番号", "氏　名", "ﾌﾘｶﾞﾅ", "部", "課", "係"],
            ["number", "name", "kana", "bureau", "division", "unit"],
        ),
        (["職員コード", "姓", "名", "セイ", "メイ"], ["number", "family", "given", "family_kana", "given_kana"]),
        (["所属名", "役職", "職員氏名", "氏名（カナ）"], ["section", "title", "name", "kana"]),
        (["E-mail", "内線番号", "委員区分", "所属団体名"], ["email", "phone", "category", "affiliation"]),
        (["発令年月日", "任期満了日", "氏名"], ["valid_from", "valid_to", "name"]),
    ],
)
def test_titles_are_known_as_personnel_offices_write_them(titles, expected):
    assert fields(*titles) == expected


def test_a_private_number_is_no_number_of_staff():
    assert fields("個人番号", "氏名") == [None, "name"]


@pytest.mark.parametrize(
    "name",
    ["髙﨑 一郎", "𠮷田 髙", "辻\U000e0100 太郎", "NGUYEN VAN AN", "か\u3099 一", "長" * 48 + " " + "名" * 48],
)
def test_names_as_people_have_them_are_no_finding(name):
    assert look(f"氏名,ふりがな\n{name},さとう\n").findings == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("佐藤\u202e 花子", "control-character"),
        ("佐藤\u2067 花子", "control-character"),
        ("佐\ue000 花子", "private-character"),
        ("佐藤1 花子", "pattern"),
    ],
)
def test_what_no_name_holds_is_one(name, code):
    checked = look(f"氏名,ふりがな\n{name},さとう\n")
    assert [finding.code for finding in checked.findings] == [code]


def test_half_width_kana_has_a_repair():
    (finding,) = look("氏名,ふりがな\n佐藤 花子,ｻﾄｳ ﾊﾅｺ\n").findings
    assert (finding.cell, finding.code, finding.repair) == ("B2", "kana", "さとう はなこ")


def test_a_reading_in_kanji_has_none():
    (finding,) = look("氏名,ふりがな\n佐藤 花子,佐藤 花子\n").findings
    assert (finding.code, finding.repair) == ("kana", None)


def test_a_second_header_is_told_once_and_not_judged_cell_by_cell():
    text = "職員番号,氏名,ふりがな\n1,佐藤 花子,さとう はなこ\n職員番号,氏名,ふりがな\n2,田中 一,たなか はじめ\n"
    assert found(text) == [("B3", "header-again")]
    assert found(text, "error") == []


def test_two_of_one_name_and_a_row_without_one_are_told():
    text = "氏名,ふりがな\n佐藤 花子,ｻﾄｳﾊﾅｺ\n,\n佐藤　花子,さとう はなこ\n,たなか\n"
    assert ("A4", "same-person") in found(text)
    assert found(text, "error") == [("A5", "name-missing")]


def test_a_number_that_comes_twice_is_an_error_of_the_list():
    assert found("職員番号,氏名\n1,佐藤 花子\n1,田中 一\n", "error") == [("A3", "duplicate")]


def test_nothing_is_said_of_publication_or_of_persons():
    checked = check("氏名,住所,携帯\n佐藤 花子,見本市,090-1234-5678\n".encode("cp932"), standard="roster")
    sentences = "".join(finding.message for finding in checked.findings)
    assert ("公開" in sentences, "個人情報" in sentences) == (False, False)
    assert "「名簿」では使わない列です。取り込みません。" in sentences


def test_on_the_command_line_each_finding_names_excels_cell(tmp_path):
    path = tmp_path / "名簿.csv"
    path.write_bytes("令和8年度名簿,,\n職員番号,氏名,ﾌﾘｶﾞﾅ\n1,佐藤 花子,ｻﾄｳ ﾊﾅｺ\n".encode("cp932"))
    ran = subprocess.run(
        [sys.executable, "-m", "tablecheck", path, "--standard", "roster"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "[確認] C3セル（ﾌﾘｶﾞﾅ）「ｻﾄｳ ﾊﾅｺ」：全角のひらがなで登録します。" in ran.stdout
    assert (ran.returncode, ran.stderr) == (0, "")
