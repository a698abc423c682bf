"""Asks the town's virus scanner about a file that came in, before anybody reads it.

The command of the settings gets the file on its stdin, so that a scanner of another account needs no right to our
folders. It answers as clamscan does, by how it ends: 0 is clean, 1 is found. Whatever else comes of it (no such
program, no answer and no turn in time) leaves the file undecided, and what is undecided is not taken.
"""

import logging
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from foundation.apart.places import Busy, a_place
from foundation.apart.process import INHERITED

logger = logging.getLogger(__name__)
# Of what a scanner says; an audit row has room for as much.
MOST_SAID = 120


class Outcome(Enum):
    CLEAN = 0
    FOUND = 1
    UNDECIDED = 2


class Verdict(NamedTuple):
    outcome: Outcome
    # By the scanner, or of why it did not answer: for the audit log, never for the sender.
    said: str = ""


def scan(file: UploadedFile) -> Verdict:
    """As many at once on a machine as read files."""
    if not settings.SCAN_COMMAND:
        return Verdict(Outcome.CLEAN)
    folder, most = settings.VAR_DIR / "scanners", settings.READERS_AT_ONCE
    try:
        with a_place(folder, of=most, wait=settings.SCAN_PATIENCE), on_disk(file) as given:
            verdict = _asked(settings.SCAN_COMMAND, given)
    except Busy:
        verdict = Verdict(Outcome.UNDECIDED, "all scanners are busy")
    if verdict.outcome is Outcome.UNDECIDED:
        logger.warning("a file was refused because it could not be scanned: %s", verdict.said)
    return verdict


@contextmanager
def on_disk(file: UploadedFile) -> Iterator[IO[bytes]]:
    """To be read from its beginning, and by the scanner alone: ours stands where it stood."""
    if isinstance(file, TemporaryUploadedFile):
        with Path(file.temporary_file_path()).open("rb") as given:
            yield given
        return
    with tempfile.TemporaryFile() as given:
        for chunk in file.chunks():
            given.write(chunk)
        given.seek(0)
        file.seek(0)
        yield given


def _asked(command: list[str], given: IO[bytes]) -> Verdict:
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    with tempfile.TemporaryFile() as words:
        try:
            # In a group of its own, so that what it starts ends with it.
            scanner = subprocess.Popen(
                command,
                stdin=given,
                stdout=words,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            return Verdict(Outcome.UNDECIDED, _line(str(error)))
        try:
            code = scanner.wait(settings.SCAN_SECONDS)
        except subprocess.TimeoutExpired:
            return Verdict(Outcome.UNDECIDED, f"no answer in {settings.SCAN_SECONDS} seconds")
        finally:
            # Also where the one who waits is told to stop meanwhile.
            _end(scanner)
        words.seek(0)
        said = _line(words.read(10 * MOST_SAID).decode(errors="replace"))
    if code in {Outcome.CLEAN.value, Outcome.FOUND.value}:
        return Verdict(Outcome(code), said)
    return Verdict(Outcome.UNDECIDED, _line(f"ended with {code}: {said}"))


def _end(scanner: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(scanner.pid, signal.SIGKILL)
    scanner.wait()


def _line(text: str) -> str:
    """What a row can hold and a page can show."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:MOST_SAID]
