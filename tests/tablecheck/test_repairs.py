from tablecheck import Column, Detected, Reading, Repair, Table, apply, check, load, repairs_of, to_csv
from tests.tablecheck.sheets import csv, standard

KINDS = standard(名称="text", 数="integer", 緯度="latitude")


def checked(*lines):
    return check(csv("名称,数,lat", *lines), standard=KINDS)


def test_safe_repairs_are_on_and_the_others_are_offered():
    assert repairs_of(checked("駅,６,36.1", "港,3台,36.2").findings) == [
        Repair(row=1, column=3, code="header-variant", before="lat", after="緯度", on=True),
        Repair(row=2, column=2, code="fullwidth", before="６", after="6", on=True),
        Repair(row=3, column=2, code="number-unit", before="3台", after="3", on=False),
    ]


def test_repairs_make_a_new_table_and_leave_the_old_one():
    before = checked("駅,６,36.1")
    after = apply(before.table, repairs_of(before.findings))
    assert (after.header, list(after.rows())) == (["名称", "数", "緯度"], [(2, ("駅", "6", "36.1"))])
    assert list(before.table.rows()) == [(2, ("駅", "６", "36.1"))]
    assert check(Reading(after, before.detected), standard=KINDS).findings == []


def test_a_cell_that_was_changed_since_is_left_alone():
    table = checked("駅,7,36.1").table
    assert apply(table, [Repair(2, 2, "fullwidth", "６", "6", on=True)]) == table


def test_public_files_open_in_excel():
    table = checked('"駅, ""北""口",=1+1,36.1', '"一\n二",2,36.2').table
    assert to_csv(table, [Column(3, "lat"), Column(1, "名称")]) == (
        '\ufefflat,名称\r\n36.1,"駅, ""北""口"\r\n36.2,"一\n二"\r\n'.encode()
    )
    assert b"=1+1" in to_csv(table)


def test_what_is_kept_as_json_comes_back():
    found = checked("駅,６,36.1")
    assert [Column.from_json(item.as_json()) for item in found.columns] == found.columns
    assert Detected.from_json(found.detected.as_json()) == found.detected
    kept = [(number, list(cells)) for number, cells in found.table.rows()]
    assert list(Table.from_rows(found.table.header, kept).rows()) == list(found.table.rows())


def test_repairing_is_settled_at_once():
    first = check(
        csv("名称,所在地_連結表記,設置位置,利用開始時間", " 駅 ,高山市,北口,9:00"), standard="public_toilet"
    )
    again = check(to_csv(apply(first.table, repairs_of(first.findings))), standard="public_toilet")
    assert repairs_of(again.findings) == []
    assert load("public_toilet").title == "公衆トイレ一覧"
