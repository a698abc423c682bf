from contextlib import contextmanager

import psycopg2
import pytest
from django.db import DatabaseError, OperationalError, connection


@pytest.fixture(autouse=True)
def pages(settings, db):
    settings.ROOT_URLCONF = "tests.foundation.http.urls"


@pytest.fixture(params=[OperationalError, DatabaseError])
def database_away(request, monkeypatch):
    """`with database_away():` every query fails, as after a lost connection.

    Over a unix socket a crash of the server is a plain DatabaseError.
    """

    def refuse(*_):
        raise request.param("server closed the connection unexpectedly") from psycopg2.DatabaseError()

    @contextmanager
    def away():
        with monkeypatch.context() as patch:
            patch.setattr(connection, "cursor", refuse)
            yield

    return away
