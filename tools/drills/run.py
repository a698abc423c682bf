"""`make drills`: every drill with its counts, then each with its guard taken out, which it has to notice.

Ends with 1 if a drill failed, or if one passed that must fail.
"""

import os
import re
import subprocess
import sys
from typing import NamedTuple

import django

DRILLS = [
    "crash",
    "web",
    "load",
    "thousand",
    "deadline",
    "restore",
    "uploads",
    "crowd",
    "stop",
    "downloads",
    "hosts",
]
# Kills in a self-test, so that some fall into a moment that tells.
ENOUGH = {"crash": "90", "web": "15"}


class SelfTest(NamedTuple):
    """`guard` is a name of sabotage.GUARDS_OUT; without it this step must count some of `what`."""

    drill: str
    step: str
    guard: str
    what: str


SELF_TESTS = [
    SelfTest("crash", "emails to a folder", "noted before sent", "lost"),
    SelfTest("crash", "emails to a mail server", "abandoned emails sent again", "doubled"),
    SelfTest("crash", "work in one transaction", "work and its end in two transactions", "doubled"),
    SelfTest("web", "answers by phone", "acknowledged before stored", "lost"),
    SelfTest("web", "answers by phone", "same page stored again", "doubled"),
    SelfTest("load", "everybody three times", "same page stored again", "doubled"),
    SelfTest("load", "everybody three times", "no lock", "not acknowledged"),
    SelfTest("load", "one in a hundred windows", "same page stored again", "overwritten"),
    SelfTest("thousand", "fifty at a time", "acknowledged before stored", "lost"),
    SelfTest("deadline", "waiting across it", "clock read before the lock", "stored late"),
    SelfTest("restore", "while people work", "no snapshot", "torn actions"),
    SelfTest("restore", "cut off in the middle", "each table for itself", "rows left by them"),
    SelfTest("restore", "doors", "notes not read", "doors reopened"),
    SelfTest("restore", "doors", "emails not held", "sent twice"),
    SelfTest("uploads", "eight at a time", "files read in the server", "broken off"),
    SelfTest("crowd", "five hundred", "files read in the server", "broken off"),
    SelfTest("crowd", "five hundred", "names that others have too", "lost"),
    SelfTest("stop", "supervisor killed", "children without a lifeline", "processes left"),
    SelfTest("stop", "everybody killed", "no caretaker", "processes left"),
    SelfTest("downloads", "kept files", "whole files in memory", "MB too many"),
    SelfTest("downloads", "kept in a bucket", "whole objects in memory", "MB too many"),
    SelfTest("downloads", "not yet made", "all rows in memory", "MB too many"),
    SelfTest("downloads", "made by a worker", "all rows in memory", "MB too many"),
    SelfTest("hosts", "one of two dies", "files on each host's own disk", "files not there"),
    SelfTest("hosts", "behind a pool", "cursors kept by the server", "pages in error"),
    SelfTest("hosts", "database dies, over a socket", "nobody waits for the database", "workers ended"),
]


def main(*only: str) -> int:
    """Of all, or of the drills that are named."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.drills.settings"
    django.setup()
    from tools.drills.cluster import place_for_clusters
    from tools.drills.database import template_database
    from tools.drills.stop import place_for_a_demo

    drills = [name for name in DRILLS if name in (only or DRILLS)]
    tests = [test for test in SELF_TESTS if test.drill in drills]
    with template_database(), place_for_a_demo(), place_for_clusters():
        failed = [line for name in drills if (line := failure_of(name))]
        missed = [line for test in tests if (line := missed_by(test))]
    say(
        f"drills {len(drills)}, passed {len(drills) - len(failed)}, failed {len(failed)}; "
        f"self-tests {len(tests)}, noticed {len(tests) - len(missed)}"
    )
    # Once more at the end: who has only the last lines of a log wants to know which.
    for line in [*failed, *missed]:
        say(line)
    return 1 if failed or missed else 0


def failure_of(name: str) -> str:
    """Its last line if it failed, which tells the step and the counts."""
    line = ""
    with start([name]) as process:
        assert process.stdout
        for line in map(str.rstrip, process.stdout):
            say(line)
    code = process.returncode
    if code and "FAILED" not in line:
        line = f"{name} FAILED, its process ended with {code}"
        say(line)
    return line if code else ""


def missed_by(test: SelfTest) -> str:
    """What it said, if it did not notice."""
    sabotage = {"DRILL_SABOTAGE": test.guard, "KILLS": ENOUGH.get(test.drill, "0")}
    process = start([test.drill, test.step], sabotage, stderr=subprocess.DEVNULL)
    said = process.communicate()[0].strip()
    noticed = process.returncode == 1 and bool(re.search(rf"FAILED: .*\b{test.what} [1-9]", said))
    title = f'self-test {test.drill} "{test.guard}"'
    line = f"{title}: NOT NOTICED ({said})"
    say(f"{title}: FAILED as it must ({said.partition('FAILED: ')[2]})" if noticed else line)
    return "" if noticed else line


def start(
    arguments: list[str], environment: dict[str, str] | None = None, stderr: int | None = None
) -> "subprocess.Popen[str]":
    from tools.drills.database import copied_database

    return subprocess.Popen(
        [sys.executable, "-m", "tools.drills.one", *arguments],
        env=os.environ | {"DATABASE_URL": copied_database()} | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the output is what a drill is for


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
