"""The line to the database breaks, really, at the socket: driver and server each find out by themselves."""

import os
import socket
from collections import Counter
from contextlib import contextmanager

from django.db import connection


class Cut:
    """At the first, second, … time of a "statement" or a "commit" about to be sent, or of "committed"."""

    def __init__(self, what, number):
        self.what, self.number, self.met = what, number, Counter()

    @property
    def is_done(self):
        return self.met[self.what] >= self.number

    def come(self, what):
        self.met[what] += 1
        if (what, self.met[what]) == (self.what, self.number):
            sever()

    def __call__(self, execute, *statement):
        self.come("statement")
        return execute(*statement)


def sever():
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def cut_at(what, number):
    """What happens inside loses its connection there; whoever comes next gets another."""
    connection.close()
    connection.ensure_connection()
    cut, commit = Cut(what, number), connection._commit

    def watched():
        cut.come("commit")
        commit()
        cut.come("committed")

    connection._commit = watched
    try:
        with connection.execute_wrapper(cut):
            yield cut
    finally:
        del connection._commit
        connection.close()
