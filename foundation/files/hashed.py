"""Files that are named by their content: the same bytes twice are one file, and a damaged one is known as such."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.files.base import File
from django.core.files.storage import default_storage

from foundation.files import sweeping
from foundation.files.storage import Mark, store


class Kept(NamedTuple):
    name: str
    sha256: str
    size: int


def keep(folder: str, file: "File[Any]") -> Kept:
    """Store the file under its hash.

    A file that is there is believed only if it holds these bytes: one that was cut or damaged is put right.
    It belongs into the transaction that writes its name into a row.
    """
    sweeping.hold_off()
    sha256, size = measured(file.chunks())
    kept = Kept(f"{folder}/{sha256}", sha256, size)
    if default_storage.exists(kept.name):
        if hash_of(kept.name) == sha256:
            return kept
        default_storage.delete(kept.name)
    # Unless another was faster with the same bytes.
    with suppress(FileExistsError):
        default_storage.save(kept.name, file)
    return kept


def is_whole(name: str) -> bool:
    """Whether the file is there and what its name says.

    It is read once in each process, and again when its length or another mark of it has changed.
    """
    try:
        return _hash_seen(name, store().mark(name)) == name.rpartition("/")[2]
    except OSError:
        return False


@lru_cache(maxsize=1024)
def _hash_seen(name: str, mark: Mark) -> str:
    return _read_through(name)


def hash_of(name: str) -> str:
    """Of what lies there now; empty where nothing does."""
    try:
        return _read_through(name)
    except FileNotFoundError:
        return ""


def _read_through(name: str) -> str:
    with default_storage.open(name) as file:
        return measured(file.chunks())[0]


def measured(blocks: Iterable[bytes]) -> tuple[str, int]:
    """Hash and length."""
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size
