"""Which account of the database a process uses: web and worker a plain one, migrations the owner's."""

from collections.abc import Sequence
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from dxbukai.connections import encrypted

# Commands that build tables, fill them past their triggers, or take away what others may not.
OF_THE_OWNER = {"migrate", "restore", "grant_role", "dispose"}


def url(env: Env, command: Sequence[str], *, production: bool) -> str:
    """`command` is what the process was started with."""
    owner = env.str("DATABASE_OWNER_URL", "")
    used = owner if owner and OF_THE_OWNER & set(command[1:2]) else env.str("DATABASE_URL", "")
    return encrypted(used, production=production)


def parsed(address: str) -> dict[str, Any]:
    """As Django has it."""
    try:
        found = dj_database_url.parse(
            address,
            conn_max_age=60,
            conn_health_checks=True,
            # A pool in transaction mode gives the next query another connection.
            disable_server_side_cursors=True,
        )
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL を接続先として読めません。パスワードに記号があるときは、"
            "%40（@）、%2F（/）、%23（#）のように書いてください。"
            "例：postgres://dxbukai:パスワード@localhost/dxbukai"
        ) from error
    if not found.get("NAME"):
        raise ImproperlyConfigured("DATABASE_URL の最後に、データベースの名前を書いてください（…/dxbukai）。")
    return dict(found)
