from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection


@pytest.fixture(autouse=True)
def pages(settings, db):
    settings.ROOT_URLCONF = "tests.foundation.http.urls"


@pytest.fixture
def database_away(monkeypatch):
    """`with database_away():` every query fails, as after a lost connection."""

    def refuse(*_):
        raise OperationalError("connection refused")

    @contextmanager
    def away():
        with monkeypatch.context() as patch:
            patch.setattr(connection, "cursor", refuse)
            yield

    return away
