"""Where the embedded server may lie, and whose it is: folders private to its user, and locks on files in them."""

import fcntl
import hashlib
import os
import pwd
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any


class CannotStart(Exception):
    """The embedded PostgreSQL did not come up; the sentence says what was tried."""


@cache
def server_user() -> dict[str, Any]:
    """Return subprocess arguments: as root the server runs as nobody."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def may_enter(folder: Path) -> bool:
    """Whether the server's user may pass through every folder on the way. Only root has to ask."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    return os.getuid() != 0 or all(place.stat().st_mode & stat.S_IXOTH for place in (existing, *existing.parents))


def shelter(place: Path) -> Path:
    """Return a folder outside a closed home that belongs to this place alone."""
    return Path("/var/tmp") / f"dxbukai-{mark_of(place)}"  # noqa: S108 (claimed before use)


def mark_of(place: Path) -> str:
    return hashlib.sha256(str(place).encode()).hexdigest()[:10]


def claim(folder: Path) -> None:
    """Make a folder private to the server's user, and refuse one that somebody else put there."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    users = {os.getuid(), server_user().get("user", os.getuid())}
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid in users
    if not ours or found.st_mode & 0o077:
        raise CannotStart(f"{folder} を安全に使えません。このフォルダーを消して、もう一度実行してください。")
    hand_over(folder)


def hand_over(path: Path) -> None:
    if who := server_user():
        os.chown(path, who["user"], who["group"], follow_symlinks=False)


def hold(path: Path, how: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def could_hold(path: Path, how: int) -> bool:
    try:
        os.close(hold(path, how | fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
