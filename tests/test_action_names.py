"""Every action in the audit log has a name that a person understands: the audit page shows no raw code."""

import ast
import re
from importlib import import_module

import pytest

from foundation.audit.words import words_of
from tests.repository import JAPANESE, python_files

ROOMS = {
    "members": "members",
    "meetings": "meetings",
    "reports": "reports",
    "opendata": "opendata",
    "retention": "retention",
    "statements": "statements",
    "mail": "foundation.mail",
    "ledger": "foundation.ledger",
    "audit": "foundation.audit",
}


def texts_of_recorders():
    """Every text in a module that writes the audit log; what is put together there shows as a piece of a code."""
    for path in python_files():
        source = path.read_text()
        if "record(" in source or "note_refusal(" in source:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize("label", ROOMS)
def test_what_is_recorded_and_what_has_words_are_the_same(label):
    recorded = {text for text in texts_of_recorders() if re.fullmatch(rf"{label}\.[a-z_]+", text)}
    assert sorted(import_module(f"{ROOMS[label]}.action_names").NAMES) == sorted(recorded)


@pytest.mark.parametrize("label", ROOMS)
def test_the_words_are_words_and_no_two_actions_share_them(label):
    words = [words_of(action) for action in import_module(f"{ROOMS[label]}.action_names").NAMES]
    assert [text for text in words if not JAPANESE.search(text)] == []
    assert len(set(words)) == len(words)


def test_every_recorder_is_of_a_room_with_words():
    calls = [text for text in texts_of_recorders() if re.fullmatch(r"[a-z]+\.[a-z_]+", text)]
    assert {text.partition(".")[0] for text in calls} == set(ROOMS)


def test_a_action_without_words_keeps_its_name():
    assert [
        words_of(action) for action in ("members.add_person", "members.unheard_of", "db.does", "nobody.does", "")
    ] == [
        "職員等の登録",
        "members.unheard_of",
        "db.does",
        "nobody.does",
        "",
    ]
