"""A world in a database of its own, and a fresh copy of it after every deed, which is committed for good."""

from contextlib import contextmanager

from django.db import connection

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(%s)"
MARK = "SELECT '{0}', count(*), coalesce(md5(string_agg(r::text, ',' ORDER BY r::text)), '') FROM \"{0}\" r"
# What was refused stays so, whatever becomes of the rest.
OF = {"audit_event": " WHERE refusal IS NULL"}
# What is counted and noted by the way: that somebody was here, how often they sent something.
BY_THE_WAY = ["django_session", "usersessions_usersession", "foundation_brake", "foundation_cache"]


class Copies:
    """`plant` fills the one that all others are copies of."""

    def __init__(self, plant):
        self.usual = connection.settings_dict["NAME"]
        self.template, self.copy = f"{self.usual}_planted", f"{self.usual}_lost"
        self.fresh(self.template, of=self.usual)
        self.move_to(self.template)
        self.planted = plant()
        self.again()

    def again(self):
        """Everything is as it was planted."""
        self.fresh(self.copy, of=self.template)
        self.move_to(self.copy)

    def end(self):
        self.move_to(self.usual)
        for name in (self.template, self.copy):
            at_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @staticmethod
    def fresh(name, *, of):
        at_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        at_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')

    @staticmethod
    def move_to(name):
        connection.close()
        connection.settings_dict["NAME"] = name


def at_the_server(statement):
    """A database with a visitor can neither be copied nor dropped."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def copies_of(plant):
    copies = Copies(plant)
    try:
        yield copies
    finally:
        copies.end()


def rows():
    """Of each table how many there are, and a mark of what they hold."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [BY_THE_WAY])
        marks = [MARK.format(name) + OF.get(name, "") for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(marks))
        return {name: (count, mark) for name, count, mark in cursor.fetchall()}


def added(before, after):
    """How many rows more, by table; what was only changed is 0."""
    return {name: after[name][0] - before[name][0] for name in after if after[name] != before[name]}
