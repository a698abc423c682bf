"""The drills themselves take minutes (`make drills`); here it is only seen that each is checked by a self-test."""

import importlib
import os
import subprocess
import sys

import pytest

from tools.drills import Failed, judge, run
from tools.drills.hand import Hands
from tools.drills.run import DRILLS, SELF_TESTS
from tools.drills.sabotage import GUARDS_OUT

# Has something in hand, and says so.
HOLDER = """
import time
from tools.drills.hand import holding
with holding():
    print(flush=True)
    time.sleep(60)
"""


def test_every_drill_was_seen_to_fail():
    assert sorted({test.drill for test in SELF_TESTS}) == sorted(DRILLS)


def test_every_guard_that_can_be_taken_out_is():
    assert sorted({test.guard for test in SELF_TESTS}) == sorted(GUARDS_OUT)


@pytest.mark.parametrize("test", SELF_TESTS, ids=lambda test: test.guard)
def test_a_self_test_names_a_step_of_its_drill(test):
    assert test.step in importlib.import_module(f"tools.drills.{test.drill}").STEPS


def test_what_failed_tells_its_counts():
    with pytest.raises(Failed, match=r"^sent 3, lost 1$"):
        judge({"sent": 3, "lost": 1}, all_right=False)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("print('crash itself: lost 0')", ""),
        ("print('crash itself FAILED: lost 1'); exit(1)", "crash itself FAILED: lost 1"),
        ("print('crash itself: lost 0'); exit(1)", "crash FAILED, its process ended with 1"),
        ("exit(1)", "crash FAILED, its process ended with 1"),
    ],
)
def test_a_drill_that_ends_badly_failed_whatever_it_said(monkeypatch, says, told):
    process = subprocess.Popen([sys.executable, "-c", says], stdout=subprocess.PIPE, text=True)
    monkeypatch.setattr(run, "start", lambda _: process)
    assert run.failure_of("crash") == told


def test_a_kill_counts_as_struck_if_its_work_was_in_hand(tmp_path):
    hands = Hands(str(tmp_path))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=os.environ | hands.environment, stdout=subprocess.PIPE
    )
    holder.stdout.readline()
    found = hands.holders()
    struck = hands.strike(within=0)
    holder.stdout.close()
    holder.wait()
    assert (found, struck, hands.killed, hands.struck) == ({holder.pid}, holder.pid, 1, 1)


def test_who_has_nothing_in_hand_is_spared(tmp_path):
    hands = Hands(str(tmp_path))
    (tmp_path / f"{os.getpid()} 0").touch()
    assert (hands.strike(within=0, among=[]), hands.killed) == (None, 0)
