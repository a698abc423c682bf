"""Work in a child: its answer comes back, and whatever ends it is told to the one who asked.

Each starts a Python, which takes a tenth of a second on a quiet machine; two wait for a clock of one second.
"""

import io
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from foundation.apart import Busy, Died, process, work
from foundation.apart.child import limit
from foundation.apart.places import a_place
from foundation.apart.process import MEGABYTE, Allowance, run

pytestmark = pytest.mark.real_children

MODULE = "tests.foundation.apart.child_work"
SMALL = Allowance(memory=200 * MEGABYTE, disk=2 * MEGABYTE, cpu_seconds=1, seconds=1.5)


@pytest.fixture
def given():
    with tempfile.TemporaryFile() as file:
        file.write(b"abc")
        yield file


def asked(kind, given, allowance=SMALL, tell=lambda _line: None):
    with run(MODULE, [kind], given, allowance, tell) as answer:
        return answer.read()


def test_the_answer_and_the_progress_come_back(given):
    told = []
    assert (asked("echo", given, tell=told.append), told) == (b"cba", ["1 2", "2 2"])


def test_the_child_knows_no_secret_of_ours(given, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("DXBUKAI_SECRET_KEY", "secret")
    assert asked("secrets", given) == b"[]"


@pytest.mark.parametrize(
    ("machine", "taken"),
    [(resource.RLIM_INFINITY, (1000, 1005)), (2000, (1000, 2000)), (500, (500, 500))],
    ids=["the machine has none", "the machine's is higher", "the machine's is lower"],
)
def test_a_limit_is_as_low_as_asked_unless_the_machine_has_a_lower_one(monkeypatch, machine, taken):
    set_to = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (machine, machine))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, limits: set_to.append(limits))
    limit(resource.RLIMIT_FSIZE, 1000, grace=5)
    assert set_to == [taken]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("hoard", "memory"), ("abort", "memory"), ("spin", "time"), ("sleep", "time"), ("mistake", "unknown")],
)
def test_every_death_has_its_reason(given, kind, reason):
    with pytest.raises(Died) as death:
        asked(kind, given)
    assert death.value.reason == reason


def test_no_child_is_left_where_the_one_who_listens_is_told_to_stop(given):
    def stop(line):
        raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt) as told:
        asked("linger", given, Allowance(seconds=30), stop)
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(told.value)), 0)


def test_a_child_that_says_no_more_and_goes_on_is_ended_too(given):
    with pytest.raises(Died) as death:
        asked("silent", given)
    assert death.value.reason == "time"


def test_an_answer_without_end_does_not_fill_the_disk(given):
    with pytest.raises(Died):
        asked("fill", given)


def test_our_own_mistake_is_named_for_the_log(given):
    with pytest.raises(Died, match="ValueError: a mistake of ours"):
        asked("mistake", given)


# Places


def test_who_finds_no_place_in_time_is_told_and_asked_to_wait_meanwhile(tmp_path):
    beats = []
    with (
        a_place(tmp_path, of=2, wait=0),
        a_place(tmp_path, of=2, wait=0),
        pytest.raises(Busy),
        a_place(tmp_path, of=2, wait=0.15, waiting=lambda: beats.append(1)),
    ):
        pytest.fail("a third place")
    assert beats == [1, 1]


def test_a_place_is_free_again_after_work_and_after_a_failure(tmp_path):
    for _turn in range(2):
        with pytest.raises(ValueError, match="x"), a_place(tmp_path, of=1, wait=0):
            raise ValueError("x")


HOLDER = """
import pathlib, sys, time
from foundation.apart.places import a_place
with a_place(pathlib.Path(sys.argv[1]), of=1, wait=0):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_place_whose_holder_was_killed_is_free(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Busy), a_place(tmp_path, of=1, wait=0):
            pytest.fail("it is held")
        holder.kill()
        holder.wait()
        with a_place(tmp_path, of=1, wait=0):
            pass


def test_two_work_at_once_and_a_third_waits(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with (
        a_place(tmp_path / "readers", of=2, wait=0),
        a_place(tmp_path / "readers", of=2, wait=0),
        pytest.raises(Busy),
    ):
        work(MODULE, "echo", io.BytesIO(), wait=0)


def test_a_busy_machine_costs_no_more_than_the_wait(tmp_path):
    begun = time.monotonic()
    with a_place(tmp_path, of=1, wait=0), pytest.raises(Busy), a_place(tmp_path, of=1, wait=0.1):
        pytest.fail("a second place")
    assert time.monotonic() - begun >= 0.1


@pytest.mark.parametrize(
    ("code", "in_time", "reason"),
    [
        (-signal.SIGXCPU, True, "time"),
        (-signal.SIGKILL, False, "time"),
        (-signal.SIGKILL, True, "memory"),
        (1, True, "unknown"),
    ],
)
def test_a_death_is_told_by_how_it_came(code, in_time, reason):
    assert process._death(code, in_time, "").reason == reason
