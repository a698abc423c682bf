"""Whether the database is away, in whatever words it was said."""

import psycopg2
from django.db import DatabaseError, InterfaceError, OperationalError

# What a lost connection may be called: what is_away is asked about.
MAY_BE_AWAY = (DatabaseError, InterfaceError)


def is_away(error: BaseException | None) -> bool:
    """Over a socket a crash of the server is a plain DatabaseError, which no server has given a code.

    The connection is not asked: the end of a transaction may have made a new one, to a standby that took over.
    """
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    return isinstance(cause, psycopg2.Error) and type(cause) is psycopg2.DatabaseError and cause.pgcode is None
