"""Drills work on a database of their own, on the server that the settings name, and so do their processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

TEMPLATE, COPY = "drill_dxbukai", "drill_dxbukai_copy"


@contextmanager
def template_database() -> Iterator[None]:
    """Migrated once; gone afterwards, with the copies."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = TEMPLATE
    with redirect_stdout(StringIO()):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        _at_the_server(f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')
        connection.creation.destroy_test_db(usual, verbosity=0)


def copied_database() -> str:
    """The DATABASE_URL of a fresh one; the one before it is gone, and who still works there is thrown out."""
    url = url_of(connection).replace(TEMPLATE, COPY)
    _at_the_server(f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')
    _at_the_server(f'CREATE DATABASE "{COPY}" TEMPLATE "{TEMPLATE}"')
    return url


def _at_the_server(statement: str) -> None:
    # A database with a visitor can neither be copied nor dropped.
    connection.close()
    with connection._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute(statement)


def url_of(connection: Any) -> str:
    """DATABASE_URL for a process of its own, also where the server listens on a socket only."""
    known = connection.get_connection_params()
    query = {name: str(known[name]) for name in ("host", "port", "user", "password") if known.get(name)}
    return f"postgres:///{quote(known['dbname'])}?{urlencode(query)}"


def start(*arguments: str, environment: dict[str, str] | None = None, **options: Any) -> "subprocess.Popen[str]":
    """`manage.py …` as a process of its own, on the database of this one."""
    return run("manage.py", *arguments, environment=environment, **options)


def run(*command: str, environment: dict[str, str] | None = None, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": url_of(connection), "DXBUKAI_SECRET_KEY": settings.SECRET_KEY}
        | (environment or {}),
        **options,
    )
