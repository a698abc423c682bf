"""What a browser makes of a line: a time of day is not torn apart."""

import pytest

from reports.formats.as_html import body
from reports.formats.blocks import Block, BlockKind, generated


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("令和3年5月18日（火） 午後1時00分～3時15分", ["午後1時00分", "3時15分"]),
        ("2021年5月18日 13:00～15:15", ["13:00", "15:15"]),
        ("5月18日 正午から午後3時まで", ["午後3時"]),
    ],
)
def test_a_time_stands_in_one_line(said, whole):
    html = body([Block(BlockKind.FIELD, "held", (generated(said),), "日時")])
    assert [piece.partition("<")[0] for piece in html.split('<span class="nowrap">')[1:]] == whole


def test_other_facts_are_left_as_they_are():
    html = body([Block(BlockKind.FIELD, "place", (generated("13:00会議室"),), "場所")])
    assert "nowrap" not in html
