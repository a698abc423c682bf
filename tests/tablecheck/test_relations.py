"""What only several columns, or a column and its title, can tell."""

import pytest

from tablecheck import Boundary, Unreadable, check
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


@pytest.mark.parametrize("broken", [{}, [], {"type": "Polygon", "coordinates": []}, {"type": "Point"}, FAR_AWAY])
def test_a_boundary_that_is_none_is_refused(broken):
    with pytest.raises(Unreadable):
        Boundary.from_geojson(broken)
