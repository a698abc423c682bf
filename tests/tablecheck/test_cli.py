"""The command line speaks the words of design.md."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tablecheck.apart import BROKEN_OFF, TOO_HEAVY
from tablecheck.cli import answered, main, parsed
from tablecheck.workbook import DAMAGED
from tests.repository import measured
from tests.tablecheck.hostile import PANIC, hostile_books
from tests.tablecheck.sheets import TOILET, csv, xlsx

ROOT = Path(__file__).resolve().parents[2]
GOOD = csv(TOILET, "駅前公衆トイレ,岐阜県高山市花里町,北口")
BAD = csv(f"{TOILET},利用開始時間", "駅前公衆トイレ,岐阜県高山市花里町,北口,9:00", ",高山市,南口,25:00")


@pytest.fixture
def run(tmp_path):
    """(exit code, stdout, stderr) of the check of these bytes, in this process."""

    def run(data, *options, name="list.csv"):
        (tmp_path / name).write_bytes(data)
        return answered(parsed([str(tmp_path / name), *options]))

    return run


def test_a_file_without_errors_leaves_with_0(run):
    assert run(GOOD, "--standard", "public_toilet")[0] == 0


def test_errors_are_listed_gravest_first_and_leave_with_1(run):
    code, out, _ = run(BAD, "--standard", "public_toilet")
    assert (code, out.splitlines()[:3]) == (
        1,
        [
            "[誤り] D2セル（利用開始時間）「9:00」：時刻の書き方が異なります。「09:00」に修正します。",
            "[誤り] A3セル（名称）：必須の項目が空です。値を入力してください。",
            (
                "[誤り] D3セル（利用開始時間）「25:00」：翌日の時刻と思われます。24時間表記にし、"
                "翌日であることを特記事項に記載してください。「01:00」に修正できます。"
            ),
        ],
    )


def test_json_has_the_agreed_shape(run, tmp_path):
    code, out, _ = run(csv("名称,備考", "駅, 北口 "), "--format", "json")
    assert (code, json.loads(out)) == (
        0,
        {
            "file": str(tmp_path / "list.csv"),
            "format": "csv",
            "encoding": "utf-8-sig",
            "delimiter": ",",
            "sheet": None,
            "header_row": 1,
            "standard": None,
            "rows": 1,
            "columns": [
                {"index": 1, "letter": "A", "header": "名称", "field": None},
                {"index": 2, "letter": "B", "header": "備考", "field": None},
            ],
            "findings": [
                {
                    "row": None,
                    "column": None,
                    "cell": None,
                    "field": None,
                    "code": "no-standard",
                    "level": "info",
                    "message": "どの標準データセットに当たるか判定できませんでした。"
                    "文字の書き方などを確認しました。",
                    "value": None,
                    "repair": None,
                },
                {
                    "row": 2,
                    "column": 2,
                    "cell": "B2",
                    "field": None,
                    "code": "spaces",
                    "level": "warning",
                    "message": "B2セル（備考）「 北口 」：前後に空白があります。「北口」に修正します。",
                    "value": " 北口 ",
                    "repair": "北口",
                },
            ],
            "profile": [
                {
                    "index": 1,
                    "filled": 1,
                    "distinct": 1,
                    "type": "text",
                    "min": None,
                    "max": None,
                    "top": [["駅", 1]],
                },
                {"index": 2, "filled": 1, "distinct": 1, "type": "text", "min": None, "max": None}
                | {"top": [[" 北口 ", 1]]},
            ],
        },
    )


def test_a_workbook_has_no_encoding_and_names_its_sheet(run):
    out = json.loads(run(xlsx(一覧=[["名称"], ["駅"]]), "--format", "json", "--sheet", "一覧")[1])
    assert (out["format"], out["encoding"], out["delimiter"], out["sheet"]) == ("xlsx", None, None, "一覧")


def test_repair_writes_what_is_safe_with_bom_and_crlf(run, tmp_path):
    target = tmp_path / "repaired.csv"
    assert run(BAD, "--standard", "public_toilet", "--repair", str(target))[0] == 1
    assert target.read_bytes() == csv(
        f"{TOILET},利用開始時間", "駅前公衆トイレ,岐阜県高山市花里町,北口,09:00", ",高山市,南口,25:00"
    )


def test_what_is_unreadable_leaves_with_2_and_one_sentence(run, tmp_path):
    code, out, err = run(b"")
    message = "ファイルが空です（0バイト）。保存した元のファイルを確認してください。"
    assert (code, out, err.strip()) == (2, "", f"{tmp_path / 'list.csv'}：{message}")
    code, out, err = run(b"", "--format", "json")
    refusal = {"file": str(tmp_path / "list.csv"), "error": {"code": "empty", "message": message}}
    assert (code, json.loads(out), err) == (2, refusal, "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--standard", "zoo"], "standard"),
        (["--standard", "missing.json"], "standard"),
        (["--municipality", "123456"], "municipality"),
        (["--boundary", "missing.geojson"], "boundary"),
        (["--repair", "/no/such/folder/out.csv"], "no-target"),
    ],
)
def test_wrong_usage_leaves_with_2(run, options, code):
    left, out, _ = run(GOOD, "--format", "json", *options)
    assert (left, json.loads(out)["error"]["code"]) == (2, code)


@pytest.mark.parametrize(
    ("book", "sentence"),
    [
        (PANIC, DAMAGED),
        (dict(hostile_books())["another folder"], TOO_HEAVY),
    ],
    ids=["panics", "asks for terabytes"],
)
def test_whatever_a_file_does_to_its_reader_a_terminal_shows_one_sentence(book, sentence, tmp_path, capfd):
    """Half a second: a child, which dies of the second one."""
    file = tmp_path / "list.xls"
    file.write_bytes(book)
    assert (main([str(file)]), *capfd.readouterr()) == (2, "", f"{file}：{sentence}\n")


def test_how_far_it_is_is_told_beside_the_answer(tmp_path, capfd):
    """Half a second: a child, which tells it on a pipe of its own."""
    file = tmp_path / "list.csv"
    file.write_bytes(GOOD)
    left = main([str(file), "--progress", "--format", "json"])
    out, err = capfd.readouterr()
    assert (left, json.loads(out)["rows"], err) == (0, 1, "\r確認中 1/3列\r確認中 2/3列\r確認中 3/3列\n")


def test_what_nobody_foresaw_is_a_sentence_too(tmp_path, capfd):
    """Half a second: a child, whose trace `python -X dev` would show."""
    file, schema = tmp_path / "list.csv", tmp_path / "own.json"
    file.write_bytes(GOOD)
    schema.write_text('{"fields": [{"name": "x", "title": 5}]}')
    left = main([str(file), "--standard", str(schema)])
    assert (left, *capfd.readouterr()) == (2, "", f"{file}：{BROKEN_OFF}\n")


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    code = main([str(tmp_path / "missing.csv"), "--format", "json"])
    error = json.loads(capsys.readouterr().out)["error"]
    assert (code, error["code"], str(tmp_path / "missing.csv") in error["message"]) == (2, "no-file", True)


def test_a_table_schema_of_the_towns_own(run, tmp_path):
    schema = tmp_path / "own.json"
    fields = [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[A-Z][0-9]+"}},
        {"name": "count", "title": "数", "type": "integer", "constraints": {"minimum": 1}},
    ]
    schema.write_text(json.dumps({"name": "own", "fields": fields, "primaryKey": "id"}), encoding="utf-8")
    code, out, _ = run(csv("id,数", "A1,1", "A1,0", "b,2"), "--standard", str(schema), "--format", "json")
    found = json.loads(out)
    assert (code, found["standard"]) == (1, "own")
    assert [(item["cell"], item["code"]) for item in found["findings"]] == [
        ("A3", "duplicate"),
        ("B3", "range"),
        ("A4", "pattern"),
    ]


def test_it_loads_no_django_and_writes_nothing(tmp_path):
    """A second: a process of its own, in a folder that is empty before and after."""
    (tmp_path / "list.csv").write_bytes(GOOD)
    loaded = "{'django', 'polars'} & {*sys.modules}"
    asked = f"import sys; from tablecheck.cli import *; print(answered(parsed(sys.argv[1:])).code, {loaded})"
    said = subprocess.run(
        [sys.executable, "-c", asked, "list.csv"],
        cwd=tmp_path,
        env={**measured(), "PYTHONPATH": str(ROOT), "DXBUKAI_VAR": str(tmp_path / "var")},
        capture_output=True,
        check=True,
    )
    assert said.stdout.splitlines()[-1] == b"0 set()"
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
