"""What a process of production writes, as a collector of logs reads it: a JSON object a line, on stderr alone."""

import ast
import json
import os
import subprocess
import sys

import pytest

from tests.dxbukai.conftest import PRODUCTION
from tests.repository import ROOT, measured, name, python_files

TYPED = "一行目\r\n2026-01-01 INFO django 偽の行\x1b[2J\u2028\u202e\x85\ud800/a/42.1.xYzAbCdEfGhIjKl/"
SPEAK = """
import logging, sys
import django
django.setup()
handlers = {type(handler).__name__ for logger in [logging.root, *logging.root.manager.loggerDict.values()]
            for handler in getattr(logger, "handlers", [])}
log = logging.getLogger("django.request")
log.warning("handlers: %s", sorted(handlers - {"NullHandler"}))
log.error("%s", sys.argv[1].encode().decode("unicode_escape"))
try:
    raise ZeroDivisionError(sys.argv[1].encode().decode("unicode_escape"))
except ZeroDivisionError:
    log.exception("broken")
"""


@pytest.fixture(scope="module")
def said():
    """Slow: a process starts as in production, without asking the database for anything."""
    environment = os.environ | measured() | PRODUCTION | {"DJANGO_SETTINGS_MODULE": "dxbukai.settings"}
    command = [sys.executable, "-c", SPEAK, ascii(TYPED)[1:-1]]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60)
    assert done.stdout == b""
    return done.stderr.decode().splitlines()


# ASVS V16.2.3
def test_there_is_one_place_for_logs(said):
    """django.server speaks under runserver alone, which no installation runs."""
    assert json.loads(said[0])["message"] == "handlers: ['StreamHandler']"
    writers = {
        name(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and "management" not in path.parts
    }
    # Into the file of an answer.
    assert writers == {"tablecheck/apart.py"}


# ASVS V16.2.2, V16.2.4
def test_a_record_is_an_object_that_says_when_in_utc(said):
    records = [json.loads(line) for line in said]
    assert [sorted(record) for record in records] == [
        ["level", "logger", "message", "process", "time"],
        ["level", "logger", "message", "process", "time"],
        ["level", "logger", "message", "process", "time", "trace"],
    ]
    assert {record["time"][-6:] for record in records} == {"+00:00"}


# ASVS V16.4.1
def test_what_was_typed_makes_no_line_of_its_own(said):
    assert len(said) == 3
    assert json.loads(said[1])["message"] == TYPED.replace("42.1.xYzAbCdEfGhIjKl", "********")
    assert [sign for line in said for sign in line if not (sign.isprintable() or sign == " ")] == []


# ASVS V16.3.4
def test_an_error_is_written_with_its_trace(said):
    trace = json.loads(said[2])["trace"]
    assert (trace.startswith("Traceback"), "ZeroDivisionError" in trace, "xYz" in trace) == (True, True, False)
