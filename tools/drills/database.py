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


@contextmanager
def scratch_database() -> Iterator[None]:
    """Freshly migrated, and gone afterwards; an earlier one that was left over is replaced."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "drill_dxbukai"
    with redirect_stdout(StringIO()):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def url_of(connection: Any) -> str:
    """DATABASE_URL for a process of its own, also where the server listens on a socket only."""
    known = connection.get_connection_params()
    query = {name: str(known[name]) for name in ("host", "port", "user", "password") if known.get(name)}
    return f"postgres:///{quote(known['dbname'])}?{urlencode(query)}"


def start(*arguments: str, environment: dict[str, str] | None = None, **options: Any) -> "subprocess.Popen[str]":
    """`manage.py …` as a process of its own, on the database of this one."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": url_of(connection), "DXBUKAI_SECRET_KEY": settings.SECRET_KEY}
        | (environment or {}),
        **options,
    )
