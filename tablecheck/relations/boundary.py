"""The municipality's outline, and whether a point lies in it."""

import json
import math
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tablecheck.relations.crossing import crossing_of
from tablecheck.rules.numbers import JAPAN
from tablecheck.vocabulary import Unreadable

Edge = tuple[float, float, float, float]
BANDS = 512
# A picture of the outline is no finer than so many steps from one end to the other.
STEPS = 4000
SHAPES = {"Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection"}
NO_SHAPE = (
    "行政区域のファイルをGeoJSON（面のデータ）として読み込めません。国土数値情報の行政区域などを使ってください。"
)
ELSEWHERE = (
    "行政区域の座標に、日本の範囲にないものがあります。"
    "緯度・経度（度）で書かれ、経度・緯度の順に並んだGeoJSONを選んでください。"
)
CROSSES_ITSELF = (
    "行政区域の線が、東経{:.4f}度・北緯{:.4f}度の付近で自分自身と交わっているため、内と外を判断できません。"
    "面の形を直したGeoJSONを選んでください。"
)


class Boundary:
    """The municipality's outline. Its edges are sorted into bands of latitude: a point asks only its own band."""

    def __init__(self, rings: list[list[tuple[float, float]]]) -> None:
        edges = [(*a, *b) for ring in rings for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
        # Where there is no edge, there is no lowest one (ValueError).
        lowest = min(edge[1] for edge in edges)
        height = max(edge[1] for edge in edges) - lowest
        self.starts = [lowest + height * band / BANDS for band in range(BANDS)]
        self.bands: list[list[Edge]] = [[] for _ in range(BANDS)]
        for edge in edges:
            low, high = sorted((edge[1], edge[3]))
            for band in range(self._band(low), self._band(high) + 1):
                self.bands[band].append(edge)

    def _band(self, latitude: float) -> int:
        return max(bisect_right(self.starts, latitude) - 1, 0)

    def contains(self, latitude: float, longitude: float) -> bool:
        """Even–odd rule, so that holes and islands need no thought."""
        crossings = 0
        for x1, y1, x2, y2 in self.bands[self._band(latitude)]:
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1
        return crossings % 2 == 1

    @classmethod
    def from_geojson(cls, kept: dict[str, Any]) -> "Boundary":
        try:
            return cls(list(_rings(kept)))
        except (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise Unreadable("boundary", NO_SHAPE) from None


def outline(kept: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Its rings, longitude first, to be drawn: without the points that nobody could tell apart."""
    try:
        rings = list(_rings(kept))
        places = [place for ring in rings for place in ring]
        wide = max(max(axis) - min(axis) for axis in zip(*places, strict=True))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unreadable("boundary", NO_SHAPE) from None
    return [ring for ring in (_thinned(ring, wide / STEPS) for ring in rings) if ring]


def _thinned(ring: list[tuple[float, float]], step: float) -> list[tuple[float, float]]:
    """Each point that is a step away from the one kept before it, and the first once more."""
    kept = ring[:1]
    for place in ring[1:]:
        if math.dist(place, kept[-1]) >= step:
            kept.append(place)
    if math.dist(kept[-1], kept[0]) < step:
        kept.pop()
    return [(round(x, 6), round(y, 6)) for x, y in [*kept, *kept[:1]]]


def shape_in(content: bytes) -> dict[str, Any]:
    """The GeoJSON in a file; nothing that no database keeps (NaN, NUL, half a character)."""
    try:
        shape = json.loads(content.decode("utf-8-sig"))
        kept = json.dumps(shape, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Unreadable("boundary", NO_SHAPE) from None
    if b"\\u0000" in kept or not isinstance(shape, dict) or str(shape.get("type")) not in SHAPES:
        raise Unreadable("boundary", NO_SHAPE)
    if not _in_japan(shape):
        raise Unreadable("boundary", ELSEWHERE)
    for ring in _rings(shape):
        if place := crossing_of(ring):
            raise Unreadable("boundary", CROSSES_ITSELF.format(*place))
    return shape


def _in_japan(shape: dict[str, Any]) -> bool:
    """Metres of a plane, or the halves of each place swapped: every place would lie outside of it."""
    (south, north), (west, east) = JAPAN["latitude"], JAPAN["longitude"]
    try:
        return all(west <= x < east and south <= y < north for ring in _rings(shape) for x, y in ring)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unreadable("boundary", NO_SHAPE) from None


def load_boundary(path: Path) -> Boundary:
    """A GeoJSON file of the municipality's outline."""
    try:
        return Boundary.from_geojson(shape_in(path.read_bytes()))
    except OSError:
        raise Unreadable(
            "boundary", f"「{path.name}」を開けません。ファイルの場所と名前を確認してください。"
        ) from None


def _rings(node: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    match node["type"]:
        case "FeatureCollection":
            for feature in node["features"]:
                yield from _rings(feature)
        case "Feature":
            yield from _rings(node["geometry"])
        case "GeometryCollection":
            for geometry in node["geometries"]:
                yield from _rings(geometry)
        case "Polygon":
            yield from ([(float(x), float(y)) for x, y, *_ in ring] for ring in node["coordinates"])
        case "MultiPolygon":
            for polygon in node["coordinates"]:
                yield from ([(float(x), float(y)) for x, y, *_ in ring] for ring in polygon)
