"""Every origin of a line is a file in the record's registry, and has its words in a file of the same name."""

from pathlib import Path

import meetings.origins
import reports.compose.origins
from meetings.origins import ORIGINS
from meetings.states import Origin
from reports.compose.origins import WORDS


def files_of(package):
    return {path.stem for path in Path(package.__path__[0]).glob("[a-z]*.py")}


def test_each_origin_is_in_both_registries():
    assert (set(ORIGINS), set(WORDS)) == (set(Origin), set(Origin))


def test_each_origin_is_a_file_of_its_name():
    names = {origin.value for origin in Origin}
    assert (files_of(meetings.origins) - {"source"}, files_of(reports.compose.origins)) == (names, names)
