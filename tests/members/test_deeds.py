"""Every deed has a name that a person understands."""

import re

from foundation.audit.words import words_of
from members.deeds import WORDS
from tests.repository import python_files


def test_every_deed_of_this_app_has_its_words():
    sources = "".join(path.read_text() for path in python_files() if "/actions/" in str(path))
    recorded = set(re.findall(r'deed="(members\.[a-z_]+)"', sources))
    assert sorted(recorded - set(WORDS)) == []


def test_a_deed_without_words_keeps_its_name():
    assert [words_of(deed) for deed in ("members.add_person", "members.unheard_of", "nobody.does", "")] == [
        "職員等の登録",
        "members.unheard_of",
        "nobody.does",
        "",
    ]
