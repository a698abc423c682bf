"""Files that no row names: of an upload that broke off after its file was stored, or that another replaced."""

from collections.abc import Iterator

from django.core.files.storage import default_storage

from foundation.db.backup import named_by_rows
from meetings.models.material import FOLDER as MATERIALS
from opendata.models.public_file import FOLDER
from opendata.table import originals

FOLDERS = (originals.FOLDER, FOLDER, MATERIALS)


def found() -> set[str]:
    return {name for folder in FOLDERS for name in _names(folder)} - named_by_rows()


def _names(folder: str) -> Iterator[str]:
    """What is being written has a dot in front."""
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        # Nobody has stored anything yet.
        return
    yield from (f"{folder}/{name}" for name in files if not name.startswith("."))
