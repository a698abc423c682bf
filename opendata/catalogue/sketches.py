"""A small picture of where the rows of a public data set are: drawn by the server, with nothing to press in it."""

from math import cos, radians
from typing import NamedTuple

from django.core.cache import caches

from members.models import Municipality
from opendata.catalogue import places
from opendata.models import DatasetVersion

WIDE, HIGH, EDGE = 640, 320, 24
Spot = tuple[int, int]


class Sketch(NamedTuple):
    points: list[Spot]
    # The town's outline, as a polyline has its points.
    lines: list[str]


def sketch_of(version: DatasetVersion) -> Sketch | None:
    """Made once in each process: a published version is frozen, and the outline has its town's number."""
    town = Municipality.objects.values_list("version", flat=True).first()
    made = caches["pages"].get_or_set(f"sketch-{version.pk}-{town}", lambda: [_made(version)])
    sketch: Sketch | None = (made or [None])[0]
    return sketch


def _made(version: DatasetVersion) -> Sketch | None:
    found = places.collection(version, version.public_columns)
    points = [tuple(feature["geometry"]["coordinates"]) for feature in found["features"]]
    if not points:
        return None
    rings = found["outline"]["coordinates"]
    everything = [*points, *(place for ring in rings for place in ring)]
    west, east = min(x for x, _y in everything), max(x for x, _y in everything)
    south, north = min(y for _x, y in everything), max(y for _x, y in everything)
    # A degree of longitude is shorter than one of latitude.
    narrow = cos(radians((south + north) / 2))
    wide, high = (east - west) * narrow, north - south
    scale = min((WIDE - 2 * EDGE) / (wide or 1e-9), (HIGH - 2 * EDGE) / (high or 1e-9)) if wide or high else 0

    def spot(x: float, y: float) -> Spot:
        across, down = ((x - (west + east) / 2) * narrow, (south + north) / 2 - y)
        return round(WIDE / 2 + across * scale), round(HIGH / 2 + down * scale)

    lines = [" ".join(f"{x},{y}" for x, y in (spot(*place) for place in ring)) for ring in rings]
    return Sketch(sorted({spot(*place) for place in points}), lines)
