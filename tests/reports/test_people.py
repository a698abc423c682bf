"""Whose names a text tells, asked before anyone may read it."""

import pytest

from reports.compose import named_in
from tests import builders

SHOWN = {"display_family_name": "旧田", "display_family_kana": "きゅうだ"}


@pytest.fixture
def meeting(group):
    """Of whose group somebody is registered as 髙﨑 and works as 旧田, and somebody has a Latin name."""
    people = [("\u9ad9\ufa11", "花", SHOWN), ("NGUYEN", "VAN AN", {})]
    for family, given, shown in people:
        builders.make_membership(group=group, user=builders.make_user(family=family, given=given, **shown))
    return builders.make_meeting(group=group)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("旧田さんから意見があった。", ["旧田 花"]),
        ("高崎氏から意見があった。", ["旧田 花"]),
        ("\u9ad9\ufa11氏から意見があった。", ["旧田 花"]),
        ("旧田　花が発言した。", ["旧田 花"]),
        ("高崎花が発言した。", ["旧田 花"]),
        ("NGUYEN VAN ANが発言した。", ["NGUYEN VAN AN"]),
        ("Nguyen氏と旧田様が発言した。", ["旧田 花", "NGUYEN VAN AN"]),
        ("高崎市の例を見た。", []),
    ],
)
def test_somebody_is_named_by_either_name_and_in_any_of_its_characters(meeting, text, named):
    assert sorted(str(person) for person in named_in(text, meeting)) == sorted(named)
