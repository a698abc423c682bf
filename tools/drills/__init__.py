"""What must never happen, tried by force. Each drill counts, and fails if something was lost or doubled.

A drill is a module with a function `drill()` that yields (what was tried, its counts) and raises Failed. It
finds a freshly migrated database of its own, and starts processes with tools.drills.database.start.
"""

from collections.abc import Mapping

Counts = Mapping[str, float]


class Failed(Exception):
    """With the counts that prove it."""
