"""The municipality's outline, and whether a point lies in it."""

import json
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tablecheck.vocabulary import Unreadable

Edge = tuple[float, float, float, float]
BANDS = 512
SHAPES = {"Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection"}
NO_SHAPE = (
    "行政区域のファイルをGeoJSON（面のデータ）として読み込めません。国土数値情報の行政区域などを使ってください。"
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


def shape_in(content: bytes) -> dict[str, Any]:
    """The GeoJSON in a file; nothing that no database keeps (NaN, NUL, half a character)."""
    try:
        shape = json.loads(content.decode("utf-8-sig"))
        kept = json.dumps(shape, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Unreadable("boundary", NO_SHAPE) from None
    if b"\\u0000" in kept or not isinstance(shape, dict) or str(shape.get("type")) not in SHAPES:
        raise Unreadable("boundary", NO_SHAPE)
    return shape


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
