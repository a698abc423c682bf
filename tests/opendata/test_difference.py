"""What a newer version says otherwise than the one that is public."""

import re

import pytest

from foundation.actions import Actor
from opendata import actions
from opendata.table.difference import CellChange, difference
from tests.opendata.conftest import page, publication, text

TITLES = "ID,名称,所在地_連結表記,設置位置,緯度,経度\n"
FIRST = TITLES + "1,駅,見本県見本市1,北口,36.1,137.1\n2,港,見本県見本市2,桟橋,36.2,137.2\n"
SECOND = TITLES + "1,駅,見本県見本市1,東口,36.1,137.1\n3,森,見本県見本市3,入口,36.3,137.3\n"


@pytest.fixture
def newer(upload, kimura, publish):
    """`newer(first, second)`: the first is public, the second is handed in."""

    def bring(first, second, standard="public_toilet", columns=(1, 2, 3, 4, 5, 6)):
        version = upload(first, standard=standard)
        hand_in(version, kimura, columns)
        version.refresh_from_db()
        publish(version)
        by = Actor(kimura)
        following = actions.replace(dataset=version.dataset, seen=0, name="b.csv", data=second.encode(), by=by)
        return hand_in(actions.read(version=following, by=by), kimura, columns)

    return bring


def hand_in(version, by, columns):
    told = publication(version, columns=frozenset(columns))
    version = actions.describe(version=version, by=Actor(by), seen=version.version, publication=told)
    return actions.submit(version=version, by=Actor(by), seen=version.version)


def test_rows_are_told_apart_by_their_key_and_shown_to_the_reviewer(newer, as_, suzuki):
    version = newer(FIRST, SECOND)
    found = difference(version)
    assert (found.key, found.added, found.gone) == ("ID", ["3"], ["2"])
    assert found.changed == [CellChange("1", "設置位置", "北口", "東口")]
    body = text(as_(suzuki).get(page("review_version", version.dataset.slug)))
    assert "加わった行は1行、なくなった行は1行です。" in body
    assert "値が変わったセルは1か所です" in body


@pytest.mark.parametrize(
    ("second", "key", "counts"),
    [("森", "名称", (1, 1, 1)), ("駅", "", (2, 2, 0))],
    ids=["by their names, which differ", "else as whole rows"],
)
def test_without_a_key_rows_are_told_apart(newer, second, key, counts):
    tables = (FIRST, SECOND.replace("森", second))
    found = difference(
        newer(*(re.sub("^(ID|[0-9]),", "", each, flags=re.MULTILINE) for each in tables), columns=(1, 2, 3, 4, 5))
    )
    assert (found.key, (len(found.added), len(found.gone), len(found.changed))) == (key, counts)


def test_of_a_first_version_there_is_none(draft):
    assert difference(draft) is None
