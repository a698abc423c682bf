"""Which account of the database a process uses: web and worker a plain one, migrations the owner's."""

from collections.abc import Sequence

from environs import Env

from dxbukai.connections import encrypted

# Commands that build tables, fill them past their triggers, or take away what others may not.
OF_THE_OWNER = {"migrate", "restore", "grant_role", "dispose"}


def url(env: Env, command: Sequence[str], *, production: bool) -> str:
    """`command` is what the process was started with."""
    owner = env.str("DATABASE_OWNER_URL", "")
    used = owner if owner and OF_THE_OWNER & set(command[1:2]) else env.str("DATABASE_URL", "")
    return encrypted(used, production=production)
