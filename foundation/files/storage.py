"""Where uploaded and published files lie: a name stands for a whole file or for none, and nobody else sees either.

A folder (here) or a bucket that several hosts share (bucket.py) keeps the same promise, and answers the same
questions beside Django's own.
"""

import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Protocol, cast
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

# What changes when a file does.
Mark = tuple[Any, ...]
NO_ADDRESS = "no address leads to a private file"


class StoreAway(OSError):
    """Where files lie does not answer, or refuses us; whether a file is there is not known."""


class Part:
    """So many bytes of a file, opened when the first is asked for. What has a number a server sends by itself."""

    def __init__(self, opened: Callable[[], IO[bytes]], length: int) -> None:
        self.opened, self.left = opened, length

    @cached_property
    def file(self) -> IO[bytes]:
        """Standing at the first of the bytes."""
        return self.opened()

    def fileno(self) -> int:
        return self.file.fileno()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        if "file" in self.__dict__:
            self.file.close()


class Store(Protocol):
    """What is asked of a folder and of a bucket alike. An OSError says that the file or the store is away."""

    def mark(self, name: str) -> Mark:
        """Raises FileNotFoundError where there is no such file."""

    def part(self, name: str, start: int, length: int) -> Part: ...

    def condition(self) -> dict[str, Any]:
        """For those who watch: whether it answers, and how many megabytes are free, where that is known."""


def store() -> Store:
    return cast("Store", default_storage)


class WholeFiles(FileSystemStorage):
    """A folder. A write that breaks off (full disk, power, a kill) leaves nothing under the file's name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name that a row will have, or none: under another it would never be found again."""
        return name

    def mark(self, name: str) -> Mark:
        found = Path(self.path(name)).stat()
        return found.st_size, found.st_mtime_ns, found.st_ino

    def part(self, name: str, start: int, length: int) -> Part:
        def opened() -> IO[bytes]:
            file = Path(self.path(name)).open("rb")  # noqa: SIM115 -- the part closes it
            file.seek(start)
            return file

        return Part(opened, length)

    def url(self, name: str | None) -> str:
        raise ValueError(NO_ADDRESS)

    def condition(self) -> dict[str, Any]:
        """A full disk still serves those who read."""
        place = Path(self.location)
        there = next(path for path in (place, *place.parents) if path.exists())
        return {"files": "ok", "disk_free_mb": shutil.disk_usage(there).free >> 20}

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f".{uuid4().hex}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            # Fails where the name was taken meanwhile: nothing is ever written over.
            os.link(part, target)
        finally:
            part.unlink(missing_ok=True)
        _sync(target.parent)
        return name


def _sync(folder: Path) -> None:
    """The name too survives a power cut."""
    door = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(door)
    finally:
        os.close(door)
