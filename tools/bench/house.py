"""A house of its own for a benchmark: an empty database on the embedded server, gone with its folder."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_house() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as var:
        Path(var).chmod(0o755)  # the embedded server runs as another user
        os.environ |= {
            "DXBUKAI_MODE": "test",
            "DXBUKAI_VAR": var,
            "DXBUKAI_TEST_DATABASE": "bench_dxbukai",
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
        }
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import setup_databases, teardown_databases

        from foundation.db import embedded

        databases = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(databases, verbosity=0)
        # The embedded server must be gone before its folder is.
        connection.close()
        embedded.server(Path(var) / "postgres-test", durable=False).leave()
