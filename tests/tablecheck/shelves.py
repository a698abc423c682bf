"""The folder of definitions with one file more."""

import json
import shutil
from contextlib import contextmanager
from unittest.mock import patch

from tablecheck.standards import choosing, shelf

REMEMBERED = (
    shelf.names,
    shelf.load,
    shelf.shipped,
    shelf.kinds,
    choosing.known_titles,
    choosing.distinctive,
)
PARKING = {
    "name": "public_parking",
    "title": "公営駐車場一覧",
    "edition": "見本の標準",
    "present": True,
    "file_slug": "public_parking",
    "about": "市が管理する駐車場の一覧です。",
    "sections": ["交通"],
    "sources": [
        {
            "title": "見本の標準",
            "edition": "第1版",
            "date": "2026-04-01",
            "publisher": "見本県",
            "address": "https://www.example.lg.jp/",
            "licence": "CC BY 4.0",
        }
    ],
    "fields": [
        {"name": "name", "title": "駐車場名称", "constraints": {"required": True}, "description": "名前。"},
        {"name": "spaces", "title": "収容台数", "type": "integer", "description": "台数。", "example": "20"},
        {"name": "hours", "title": "入出庫時間帯", "description": "時間帯。"},
    ],
}


@contextmanager
def one_file_more(folder):
    """A file is put into the folder of definitions, and nothing else is done."""
    shutil.copytree(shelf.FOLDER, folder)
    (folder / "public_parking.json").write_text(json.dumps(PARKING, ensure_ascii=False), encoding="utf-8")
    with patch.object(shelf, "FOLDER", folder):
        _forget()
        yield
    _forget()


def _forget():
    for remembered in REMEMBERED:
        remembered.cache_clear()
