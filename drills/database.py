"""Other processes work on the same database as this one."""

from urllib.parse import quote, urlencode


def url_of(connection) -> str:
    """DATABASE_URL for a process of its own, also where the server listens on a socket only."""
    known = connection.get_connection_params()
    query = {name: str(known[name]) for name in ("host", "port", "user", "password") if known.get(name)}
    return f"postgres:///{quote(known['dbname'])}?{urlencode(query)}"
