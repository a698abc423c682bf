"""Figures for Prometheus. The address is there only where it was asked for; where it is, nobody's data is."""

import re
from importlib import reload

import pytest
from django.http import HttpResponse

from dxbukai import __version__
from foundation.http import metrics, urls, views


@pytest.mark.parametrize("asked_for", [True, False])
def test_the_address_is_there_where_it_was_asked_for(settings, asked_for):
    settings.METRICS = asked_for
    names = {pattern.name for pattern in reload(urls).urlpatterns}
    settings.METRICS = False
    reload(urls)
    assert ("metrics" in names, "readyz" in names) == (asked_for, True)


# ASVS V13.4.5
def test_they_tell_what_waits_and_what_is_free(db, rf):
    answer = views.metrics(rf.get("/metrics"))
    figures = dict(re.findall(r"^(dxbukai_\S+) (\S+)$", answer.content.decode(), re.MULTILINE))
    assert float(figures.pop("dxbukai_disk_free_mb")) > 0
    assert {name: figures[name] for name in figures if "answer" not in name} == {
        f'dxbukai_info{{version="{__version__}"}}': "1.0",
        "dxbukai_ready": "1.0",
        "dxbukai_jobs_seconds_late": "0.0",
        "dxbukai_letters_undelivered": "0.0",
    }
    assert (answer["Content-Type"][:10], "no-store" in answer["Cache-Control"]) == ("text/plain", True)


def test_what_nobody_knows_is_left_out(monkeypatch):
    monkeypatch.setattr(metrics.health, "look", lambda: {"ready": False, "version": "1", "disk_free_mb": None})
    text = metrics.figures()[0].decode()
    assert ("dxbukai_ready 0.0" in text, "disk_free" in text) == (True, False)


def test_each_answer_is_counted_by_how_it_went(db):
    def count():
        text = metrics.figures()[0].decode()
        return float(([*re.findall(r'answer_seconds_count\{status="4"\} (\S+)', text), "0"])[0])

    def application(environ, start_response):
        start_response("404 Not Found", [])
        return HttpResponse()

    before = count()
    metrics.Measured(application)({}, lambda *_answer: None)
    assert count() - before == 1
