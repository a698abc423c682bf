import json
import logging

import pytest

from foundation.http.logs import AsJson, AsLine, MaskTokens


def logged(message, *args, exc_info=None):
    record = logging.LogRecord("n", logging.INFO, "f", 1, message, args, exc_info)
    MaskTokens().filter(record)
    return logging.Formatter().format(record)


# ASVS V14.2.4, V16.2.5
@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("GET /a/42.1.x_Y-zAbCdEfGhIjKl/ 200", "GET /a/********/ 200"),
        ("GET /a/42.1.x_Y-zAbCdEfGhIjKl/sheet/?page=2", "GET /a/********/sheet/?page=2"),
        ("http://127.0.0.1:8000/a/42.1.xYzAbCdEfGhIjKl", "http://127.0.0.1:8000/a/********"),
        ("GET /data/a/b/", "GET /data/a/b/"),
        ("GET /accounts/password/reset/key/7-dbqk0l-5f2/ 302", "GET /accounts/password/reset/key/********/ 302"),
        ("GET /accounts/password/reset/key/done/ 200", "GET /accounts/password/reset/key/done/ 200"),
        ("code K7QM2XHP typed", "code ******** typed"),
        ("code K7QM-2XHP typed", "code ******** typed"),
        ("2026-11-24 20261124 SENDINGS 550e8400", "2026-11-24 20261124 SENDINGS 550e8400"),
    ],
)
def test_who_reads_a_log_cannot_act_as_somebody(line, masked):
    assert logged(line) == masked
    assert logged("%s", line) == masked


def test_an_error_s_trace_is_masked_too():
    error = ValueError("no page at /a/42.1.xYzAbCdEfGhIjKl/")
    assert "xYz" not in logged("failed", exc_info=(ValueError, error, None))


def as_json(exc_info=None):
    record = logging.LogRecord("n", logging.ERROR, "f", 1, "failed\n\u2028at %s", ("/a/",), exc_info)
    return AsJson().format(record)


def test_as_json_a_record_is_one_line_whatever_stands_in_it():
    line = as_json()
    assert len(line.splitlines()) == 1
    said = json.loads(line)
    assert (said["level"], said["message"], "trace" in said) == ("ERROR", "failed\n\u2028at /a/", False)


def test_as_json_an_error_has_its_trace():
    error = ValueError("no page")
    assert json.loads(as_json((ValueError, error, None)))["trace"] == "ValueError: no page"


def test_as_json_a_trace_is_masked_too():
    error = ValueError("no page at /a/42.1.xYzAbCdEfGhIjKl/")
    record = logging.LogRecord("n", logging.ERROR, "f", 1, "failed", (), (ValueError, error, None))
    MaskTokens().filter(record)
    assert json.loads(AsJson().format(record))["trace"] == "ValueError: no page at /a/********/"


# ASVS V16.2.4, V16.4.1
def test_a_line_for_the_eye_says_when_in_utc_and_what_was_typed_makes_no_line_of_its_own():
    """Of a trace too, every line but the first stands indented: none looks like a record."""
    record = logging.LogRecord("n", logging.INFO, "f", 1, "typed %s", ("a\nb\x1b\u2028",), None)
    record.created = 0
    assert AsLine().format(record) == "1970-01-01T00:00:00.000+00:00 INFO n typed a\\u000ab\\u001b\\u2028"
    error = ValueError("broken\n1970-01-01 INFO forged")
    record.exc_info = (type(error), error, None)
    assert {line[:4] for line in AsLine().format(record).splitlines()[1:]} == {"    "}
