"""The rows that have a place, for the map beside their table: as many as a browser draws at once."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models.fields.json import KT

from members.models import Municipality
from opendata.models import DatasetVersion
from opendata.table.definition import own_columns
from opendata.table.naming import name_column
from tablecheck import Boundary, Unreadable, by_title, outline

MOST = 2000
# Degrees as they stand in a table that was checked; the poles are as far as one can go.
DEGREES, POLE, ROUND = re.compile(r"[0-9]{1,3}(\.[0-9]+)?"), 90, 180


class Where(NamedTuple):
    """Indexes of the columns that say where a row is, and what it is called."""

    latitude: int
    longitude: int
    name: int


def where(version: DatasetVersion, columns: Sequence[dict[str, Any]]) -> Where | None:
    """Nothing where these columns hold no place; of two pairs of them the first."""
    said = {column.title: column.kind for column in own_columns(version)}
    kinds: dict[str, int] = {}
    for column in columns:
        kind = said.get(column["header"]) or by_title(column["header"])
        if kind in {"latitude", "longitude"}:
            kinds.setdefault(kind, column["index"])
    if len(kinds) < 2:
        return None
    others = (column["index"] for column in columns if column["index"] not in kinds.values())
    name = name_column(columns) or next(others, kinds["latitude"])
    return Where(kinds["latitude"], kinds["longitude"], name)


def collection(
    version: DatasetVersion, columns: Sequence[dict[str, Any]], *, judged: bool = False
) -> dict[str, Any]:
    """GeoJSON; beside it the town's outline, and whether there are more than are in it.

    `judged` for those who mend the table: each point says whether it lies outside of the outline.
    """
    place, shape = where(version, columns), _shape()
    found = _found(version, place) if place else []
    town = Boundary.from_geojson(shape) if judged and shape else None
    return {
        "type": "FeatureCollection",
        "features": [feature for row in found[:MOST] for feature in _feature(*row, town=town)],
        "more": len(found) > MOST,
        "outline": {"type": "MultiLineString", "coordinates": outline(shape) if shape else []},
    }


def _found(version: DatasetVersion, place: Where) -> list[tuple[int, str, str, str]]:
    latitude, longitude, name = (KT(f"cells__{index - 1}") for index in place)
    rows = version.rows.annotate(lat=latitude, lon=longitude, name=name)
    placed = rows.filter(lat__gt="", lon__gt="").order_by("row")
    return list(placed.values_list("row", "lat", "lon", "name")[: MOST + 1])


def _feature(
    row: int, latitude: str, longitude: str, name: str, *, town: Boundary | None
) -> Iterable[dict[str, Any]]:
    if not (DEGREES.fullmatch(latitude) and DEGREES.fullmatch(longitude)):
        return
    lat, lon = float(latitude), float(longitude)
    if lat <= POLE and lon <= ROUND:
        point = {"type": "Point", "coordinates": [lon, lat]}
        outside = {"outside": True} if town and not town.contains(lat, lon) else {}
        yield {"type": "Feature", "geometry": point, "properties": {"row": row, "name": name, **outside}}


def _shape() -> dict[str, Any] | None:
    """The town's outline, where it is one that can be drawn."""
    town = Municipality.objects.only("boundary").first()
    try:
        return town.boundary if town and town.boundary and outline(town.boundary) else None
    except Unreadable:
        return None
