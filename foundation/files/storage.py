"""Where uploaded files lie: a name stands for a whole file or for none, and other accounts see neither."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A folder. A write that breaks off (full disk, power, a kill) leaves nothing under the file's name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name that a row will have, or none: under another it would never be found again."""
        return name

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
