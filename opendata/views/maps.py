"""What stands beside a table that holds places: a map, whose points are asked for by it."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict

from opendata.catalogue import places
from opendata.models import DatasetVersion

Columns = list[dict[str, Any]]
# A row's number is shorter.
ROW_DIGITS = 9


def map_of(version: DatasetVersion, columns: Columns, address: str) -> dict[str, Any]:
    """For a page: its map asks this address."""
    return {
        "has_places": places.where(version, columns) is not None,
        "places": address,
        "tiles": {"address": settings.MAP_TILES, "credit": settings.MAP_CREDIT},
    }


def points(version: DatasetVersion, columns: Columns, *, judged: bool = False) -> HttpResponse:
    found = places.collection(version, columns, judged=judged)
    return HttpResponse(json.dumps(found, ensure_ascii=False), content_type="application/json; charset=utf-8")


def page_asked(version: DatasetVersion, asked: QueryDict, size: int) -> int | str | None:
    """By its number, or by one of its rows, as the map does."""
    row = asked.get("row", "")
    if "page" in asked or not (row.isdecimal() and len(row) < ROW_DIGITS):
        return asked.get("page")
    return version.rows.filter(row__lt=int(row)).count() // size + 1
