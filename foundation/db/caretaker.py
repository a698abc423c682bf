"""Stops the embedded server where nobody else could: those who used it were killed, and the dead do nothing.

Everyone inside holds a shared lock on users.lock, and the kernel lets go for the dead. The caretaker waits for the
lock to itself, which it gets when the last one is gone, however it went. Each server has one, in a session of its
own; caretaker.lock is handed to it locked, so that there are never two.
"""

import fcntl
import os
import sys
from pathlib import Path

from foundation.db.embedded import Server
from foundation.db.places import hold


def main(home: str, post: int) -> None:
    """Be nobody's child: whoever needed it first goes before the others."""
    if child := os.fork():
        os.ftruncate(post, 0)
        os.write(post, str(child).encode())
        os._exit(0)
    os.setsid()
    watch(Server(Path(home)))


def watch(server: Server) -> None:
    while True:
        os.close(hold(server.home / "users.lock", fcntl.LOCK_EX))
        # Somebody may have come in the meantime; behind the door nobody comes or goes.
        with server.door():
            if server.nobody_inside():
                server.stop()
                return


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
