"""The virus scanner is asked, and what it does not answer for is not taken. One waits for a clock."""

import os
import select

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from foundation.apart import scan
from foundation.apart.places import a_place
from foundation.apart.scan import Outcome, Verdict
from tests import scanners

CLEAN = Verdict(Outcome.CLEAN)


@pytest.fixture
def scanner(settings, tmp_path):
    """`scanner(script)`: the portal asks a program that does this."""
    settings.VAR_DIR = tmp_path

    def install(script=scanners.KNOWS_ONE):
        settings.SCAN_COMMAND = scanners.write(tmp_path, script)

    return install


def in_memory(data):
    return SimpleUploadedFile("一覧.csv", data)


def on_the_disk(data):
    file = TemporaryUploadedFile("一覧.csv", "text/csv", len(data), None)
    file.write(data)
    file.flush()
    return file


def verdict_on(data=b"abc", kind=in_memory):
    file = kind(data)
    try:
        return scan.scan(file)
    finally:
        file.close()


@pytest.mark.parametrize("kind", [in_memory, on_the_disk])
def test_the_scanner_gets_the_file_and_says_what_it_found(scanner, kind):
    scanner()
    assert verdict_on(b"abc", kind) == CLEAN
    assert verdict_on(b"abc" + scanners.EICAR, kind) == (Outcome.FOUND, scanners.SAYS)


@pytest.mark.parametrize("kind", [in_memory, on_the_disk])
def test_whoever_reads_after_it_reads_from_where_they_would_have(scanner, kind):
    scanner()
    file = kind(b"abc")
    file.seek(0)
    scan.scan(file)
    assert file.read() == b"abc"
    file.close()


def test_where_nobody_is_to_be_asked_every_file_is_taken(settings):
    settings.SCAN_COMMAND = []
    assert verdict_on(scanners.EICAR) == CLEAN


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'ERROR: no clamd'; exit 2", "ended with 2: ERROR: no clamd"),
        ("kill -9 $$", "ended with -9: "),
        ("exit 127", "ended with 127: "),
    ],
)
def test_any_other_end_decides_nothing(scanner, script, said):
    scanner(script)
    assert verdict_on() == (Outcome.UNDECIDED, said.strip())


def test_what_could_not_be_decided_is_in_the_servers_log_and_nothing_else_is(scanner, caplog):
    scanner()
    verdict_on()
    verdict_on(scanners.EICAR)
    scanner("exit 2")
    verdict_on()
    assert [record.getMessage() for record in caplog.records] == [
        "a file was refused because it could not be scanned: ended with 2:"
    ]


def test_a_program_that_is_not_there_decides_nothing(settings, tmp_path):
    settings.VAR_DIR, settings.SCAN_COMMAND = tmp_path, [str(tmp_path / "none")]
    outcome, said = verdict_on()
    assert (outcome, "No such file" in said) == (Outcome.UNDECIDED, True)


def test_no_answer_in_time_decides_nothing_and_leaves_nobody(scanner, settings, tmp_path):
    """Whom the scanner started is ended too: nobody holds the other end any more."""
    settings.SCAN_SECONDS = 0.3
    os.mkfifo(tmp_path / "line")
    line = os.open(tmp_path / "line", os.O_RDONLY | os.O_NONBLOCK)
    scanner(f"exec 3> {tmp_path}/line; echo begun >&3; sleep 60 & wait")
    assert verdict_on() == (Outcome.UNDECIDED, "no answer in 0.3 seconds")
    assert os.read(line, 9) == b"begun\n"
    # The end is told at once, and not when the sleeper wakes.
    assert select.select([line], [], [], 5)[0] == [line]
    assert os.read(line, 9) == b""
    os.close(line)


def test_whom_it_left_behind_is_ended_too(scanner, tmp_path):
    os.mkfifo(tmp_path / "line")
    line = os.open(tmp_path / "line", os.O_RDONLY | os.O_NONBLOCK)
    scanner(f"exec 3> {tmp_path}/line; echo begun >&3; sleep 60 & exit 0")
    assert verdict_on() == CLEAN
    assert os.read(line, 9) == b"begun\n"
    assert select.select([line], [], [], 5)[0] == [line]
    assert os.read(line, 9) == b""
    os.close(line)


def test_no_turn_in_time_decides_nothing(scanner, settings, tmp_path):
    settings.READERS_AT_ONCE, settings.SCAN_PATIENCE = 1, 0
    scanner()
    with a_place(tmp_path / "scanners", of=1, wait=0):
        assert verdict_on() == (Outcome.UNDECIDED, "all scanners are busy")
    assert verdict_on() == CLEAN


def test_no_shell_reads_the_command(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.SCAN_COMMAND = ["echo", f"; touch {tmp_path}/made"]
    assert verdict_on() == (Outcome.CLEAN, f"; touch {tmp_path}/made"[:120])
    assert not (tmp_path / "made").exists()


def test_the_scanner_knows_no_secret_of_ours(scanner, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    scanner('echo "${DATABASE_URL-none}"; exit 1')
    assert verdict_on() == (Outcome.FOUND, "none")


def test_what_it_says_fits_a_row_whatever_it_is(scanner):
    scanner("printf 'a\\000\\377\\033[1m\\n'; yes x | head -c 100000; exit 1")
    outcome, said = verdict_on()
    assert (outcome, said[:10], len(said)) == (Outcome.FOUND, "a � [1m x ", 120)
