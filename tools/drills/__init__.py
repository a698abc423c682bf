"""What must never happen, tried by force. Each step counts, and fails if something was lost or doubled.

A drill is a module with STEPS: what is tried, and a function that returns its counts or raises Failed with them.
It runs in a process of its own on a freshly migrated database, and starts others with tools.drills.database.start.
A drill is believed because it was seen to fail: sabotage.py takes its guard out of the product, and run.py demands
that it notices.
"""

import os
from collections.abc import Mapping

Counts = Mapping[str, float]

# How many processes each drill that kills has to kill, altogether.
KILLS = int(os.environ.get("KILLS", "40"))
# A drill whose guard is out is over sooner.
IS_SELF_TEST = "DRILL_SABOTAGE" in os.environ


class Failed(Exception):
    """With the counts that prove it."""

    def __init__(self, counts: Counts) -> None:
        super().__init__(told(counts))


def told(counts: Counts) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items())


def judge(counts: Counts, *, all_right: bool) -> Counts:
    if not all_right:
        raise Failed(counts)
    return counts
