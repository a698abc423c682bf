"""Figures for Prometheus, where the extra "metrics" is installed and DXBUKAI_METRICS says so. They tell no data.

How long answers took each process counts for itself; gunicorn's are added up by PROMETHEUS_MULTIPROC_DIR
(deploy/gunicorn.conf.py). What waits and what is free is looked at whenever somebody asks.
"""

import os
import time
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from foundation.http import health

SECONDS = Histogram(
    "dxbukai_answer_seconds",
    "How long answers took until their first byte, by the first figure of their status.",
    ["status"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
    registry=None,
)
# By their name in /readyz.
GAUGES = {
    "ready": "1 where the process can serve.",
    "jobs_seconds_late": "Since when the oldest job should have begun.",
    "letters_undelivered": "Letters that wait for a person: they came back, or nobody knows whether they left.",
    "disk_free_mb": "Megabytes free where files lie.",
}


class Measured:
    """Whoever answers within, until it begins to."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.monotonic()

        def answered(status, headers, *error):  # type: ignore[no-untyped-def]
            SECONDS.labels(status[:1]).observe(time.monotonic() - begun)
            return start_response(status, headers, *error)

        return self.application(environ, answered)


class Condition(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily | InfoMetricFamily]:
        found = health.look()
        yield InfoMetricFamily("dxbukai", "Which release runs.", value={"version": found["version"]})
        for name, words in GAUGES.items():
            if found.get(name) is not None:
                yield GaugeMetricFamily(f"dxbukai_{name}", words, value=found[name])


def figures() -> tuple[bytes, str]:
    registry = CollectorRegistry()
    registry.register(Condition())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(SECONDS)
    return generate_latest(registry), CONTENT_TYPE_LATEST
