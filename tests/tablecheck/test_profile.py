import pytest

from tablecheck import check
from tests.tablecheck.sheets import csv, standard

LINES = ["駅,6,36.1,2021-05-18", "港,10,35.9,", "駅,三,36.2,2020-01-01"]
KINDS = standard(名称="text", 数="integer", 緯度="latitude", 日="date")


def test_a_profile_tells_what_stands_in_each_column():
    assert check(csv("名称,数,緯度,日", *LINES), standard=KINDS).profile == [
        {"index": 1, "filled": 3, "distinct": 2, "type": "text", "min": None, "max": None}
        | {"top": [["駅", 2], ["港", 1]]},
        {"index": 2, "filled": 3, "distinct": 3, "type": "integer", "min": 6, "max": 10}
        | {"top": [["6", 1], ["10", 1], ["三", 1]]},
        {"index": 3, "filled": 3, "distinct": 3, "type": "number", "min": 35.9, "max": 36.2}
        | {"top": [["36.1", 1], ["35.9", 1], ["36.2", 1]]},
        {"index": 4, "filled": 2, "distinct": 2, "type": "date", "min": "2020-01-01", "max": "2021-05-18"}
        | {"top": [["2021-05-18", 1], ["2020-01-01", 1]]},
    ]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "20"], "integer"),
        (["1", "2.5"], "number"),
        (["007", "1"], "number"),
        (["2021-05-18"], "date"),
        (["09:00"], "time"),
        (["1", "駅"], "text"),
        (["", ""], "text"),
    ],
)
def test_without_a_standard_the_values_tell_the_type(cells, kind):
    checked = check(csv("番,色", *(f"い,{cell}" for cell in cells)))
    assert checked.profile[1]["type"] == kind


def test_a_column_of_thousands_of_numbers_is_still_a_column_of_numbers():
    checked = check(csv("番,色", *(f"い,{number}" for number in range(3000))))
    assert checked.profile[1]["type"] == "integer"
