"""The public files as they lie in the storage: made once, named by their hash, noted in rows.

Whatever is wrong with one there, its rows are still in the database: a reader gets the file made anew from them,
and the worker puts it right.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from gzip import GzipFile
from tempfile import TemporaryFile

from django.core.files.base import File

from foundation.files import hashed
from opendata.catalogue import files
from opendata.models import DatasetVersion, PublicFile
from opendata.models.public_file import FOLDER
from opendata.states import Coding, FileKind
from tablecheck import Progress

# Beyond this it takes three times as long, for a tenth less.
LEVEL = 6
logger = logging.getLogger(__name__)


def best(version: DatasetVersion, kind: FileKind, *, gzip: bool) -> PublicFile | None:
    """What is sent; None where nothing lies there yet that could be."""
    noted = {each.coding: each for each in version.files.filter(kind=kind)}
    codings = [Coding.GZIP, Coding.PLAIN] if gzip else [Coding.PLAIN]
    for file in (noted[coding] for coding in codings if coding in noted):
        if hashed.is_whole(file.name):
            return file
        logger.error("%s is missing or damaged in the storage: %s", file.name, file)
    return None


def lacking(version: DatasetVersion) -> list[FileKind]:
    """The kinds of which a file is not noted, or is not what was noted; each is read to its end."""
    noted = [file.kind for file in version.files.all() if hashed.hash_of(file.name) == file.sha256]
    return [kind for kind in FileKind if noted.count(kind) < len(Coding)]


def make(
    version: DatasetVersion,
    published_at: datetime,
    *,
    kinds: list[FileKind] | None = None,
    progress: Progress | None = None,
) -> list[PublicFile]:
    """Put the files into the storage, if they are not there; the rows about them are not yet written."""
    blocks = {
        FileKind.CSV: files.csv_of(version),
        FileKind.JSON: files.json_of(version, files.card_of(version, published_at)),
    }
    wanted = list(FileKind) if kinds is None else kinds
    counted = _Counted(files.count_of_blocks(version) * len(wanted), progress)
    return [file for kind in wanted for file in _kept(version, kind, counted.each(blocks[kind]))]


class _Counted:
    """Tells after each block how far all are."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def each(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            yield block
            self.done = min(self.done + 1, self.total)
            if self.progress:
                self.progress(self.done, self.total)


def _kept(version: DatasetVersion, kind: FileKind, blocks: Iterator[bytes]) -> Iterator[PublicFile]:
    """The file and its twin. Their names are known when they are written, so they wait on the disk until then."""
    with TemporaryFile() as plain, TemporaryFile() as packed:
        # Without a time in it: the same bytes are the same twin.
        with GzipFile("", "wb", LEVEL, packed, mtime=0) as twin:
            for block in blocks:
                plain.write(block)
                twin.write(block)
        for coding, file in ((Coding.PLAIN, plain), (Coding.GZIP, packed)):
            name, sha256, size = hashed.keep(FOLDER, File(file))
            yield PublicFile(version=version, kind=kind, coding=coding, file=name, sha256=sha256, size=size)
