"""Latitude and longitude together: missing, swapped, outside the municipality."""

from collections.abc import Iterable

from tablecheck.cells import Cells
from tablecheck.relations.boundary import Boundary
from tablecheck.relations.sight import Sight
from tablecheck.rules.numbers import JAPAN
from tablecheck.vocabulary import Code, Problem, Spot


def places(sight: Sight) -> None:
    """What only the two coordinates together can tell; added to what was found in each column alone."""
    latitude, longitude = sight.column_of("latitude"), sight.column_of("longitude")
    if not (latitude and longitude):
        return
    lats, lons = sight.cells(latitude), sight.cells(longitude)
    _swaps(lats, lons, sight.found[latitude.index], sight.found[longitude.index])
    _missing(lats, lons, sight.found[latitude.index], sight.found[longitude.index])
    if sight.boundary:
        sight.found[latitude.index] += _abroad(lats, lons, sight.boundary)


def _swaps(lats: Iterable[str], lons: Iterable[str], latitude: list[Spot], longitude: list[Spot]) -> None:
    """Two values out of range may be one mistake: then it is told as one."""
    doubtful = [spot.position for spot in latitude if spot.problem.code is Code.OUTSIDE_JAPAN]
    if not doubtful:
        return
    norths, easts = list(lats), list(lons)
    exchanged = {position for position in doubtful if _in_japan(easts[position], norths[position])}
    latitude[:] = [spot for spot in latitude if spot.position not in exchanged]
    longitude[:] = [spot for spot in longitude if spot.position not in exchanged]
    for position in sorted(exchanged):
        lat, lon = norths[position], easts[position]
        latitude.append(Spot(position, lat, _swapped(lon)))
        longitude.append(Spot(position, lon, _swapped(lat)))


def _swapped(other: str) -> Problem:
    return Problem(Code.COORDINATE_SWAPPED, "緯度と経度が入れ替わっています。", other)


def _missing(lats: Cells, lons: Cells, latitude: list[Spot], longitude: list[Spot]) -> None:
    """Where a coordinate is required its absence has been told already."""
    if not (lats.empty or lons.empty):
        return
    told = {spot.position for spot in (*latitude, *longitude) if spot.problem.code is Code.REQUIRED}
    gaps = {position for cells in (lats, lons) for position, _empty in cells.find({""})}
    for position in sorted(gaps - told):
        problem = _gap(lats[position], lons[position])
        (longitude if lats[position] else latitude).append(Spot(position, "", problem))


def _gap(latitude: str, longitude: str) -> Problem:
    """No place at all is information; half a place is a mistake."""
    if not latitude and not longitude:
        return Problem(Code.COORDINATE_MISSING, "緯度・経度がありません。地図には表示されません。")
    return Problem(Code.COORDINATE_HALF, "緯度と経度の片方だけが空です。両方を入力してください。")


def _abroad(lats: Cells, lons: Cells, boundary: Boundary) -> list[Spot]:
    """In Japan, but not in the town. Facilities abroad exist: a warning."""
    pairs = list(zip(lats, lons, strict=True))
    outside = {pair for pair in set(pairs) if _in_japan(*pair) and not boundary.contains(*map(float, pair))}
    problem = Problem(Code.OUTSIDE_MUNICIPALITY, "市町村の境界の外にあります。緯度・経度を確認してください。")
    return [Spot(position, pair[0], problem) for position, pair in enumerate(pairs) if pair in outside]


def _in_japan(latitude: str, longitude: str) -> bool:
    try:
        place = {"latitude": float(latitude), "longitude": float(longitude)}
    except ValueError:
        return False
    return all(lowest <= place[half] < highest for half, (lowest, highest) in JAPAN.items())
