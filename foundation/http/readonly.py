"""A GET that writes is a bug. This makes it one that PostgreSQL finds."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only():
    """A transaction in which every write fails; inside another one, only until the end of the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield


class ReadOnlyGets:
    """For the guard tests: put first, so that sessions and messages are held to it too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with read_only():
            return self.get_response(request)
