"""From the rows of a meeting to the blocks of its result report, and what still stands in its way."""

from reports.compose.comparing import changes
from reports.compose.draft import compose
from reports.compose.people import contacts_in, named_in
from reports.compose.problems import Composition, Shortcoming

__all__ = ["Composition", "Shortcoming", "changes", "compose", "contacts_in", "named_in"]
