"""From the rows of a meeting to the blocks of its result report, and what still stands in its way."""

from meetings.compose.draft import compose
from meetings.compose.people import named_in
from meetings.compose.problems import Composition, Problem

__all__ = ["Composition", "Problem", "compose", "named_in"]
