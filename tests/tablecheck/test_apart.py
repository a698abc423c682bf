"""What the engine answers in a process of its own (tests/opendata starts it)."""

from io import StringIO

import pytest

from tablecheck import Finding
from tablecheck.apart import table
from tests.tablecheck.sheets import csv

SQUARE = {"type": "Polygon", "coordinates": [[[137, 36], [138, 36], [138, 37], [137, 37], [137, 36]]]}
ASKED = {"name": "a.csv", "standard": None, "sheet": None, "municipality": "", "boundary": None, "limits": {}}


@pytest.mark.parametrize(("boundary", "codes"), [(None, []), (SQUARE, ["outside-municipality"])])
def test_where_the_towns_outline_is_known_a_place_outside_it_is_found(boundary, codes):
    data = csv("名称,緯度,経度,男性トイレ総数,女性トイレ総数", "駅,35.5,137.5,1,1", "港,36.5,137.5,1,1")
    known, *found = table(data, ASKED | {"boundary": boundary}, StringIO())
    told = [row for block in found for row in block][: known["findings"]]
    findings = [Finding(*row) for row in told]
    assert [finding.code for finding in findings if "outside" in finding.code] == codes
