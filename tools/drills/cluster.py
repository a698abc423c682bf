"""The distribution's PostgreSQL as docs/reference.md has it for several hosts: a primary, a standby, a pool."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import dj_database_url
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tools.drills.phone import HOST
from tools.drills.portal import free_port

DATABASE, ROLE = "dxbukai", "dxbukai"
# Names a folder in which one data folder is made for all steps, migrated.
PLACE = "DRILL_CLUSTER"
# Whom PostgreSQL and pgbouncer run as where the drill is root's; both refuse root.
ACCOUNT = "postgres"
POOL = """
[databases]
{database} = host={host} port={port} user={role}
[pgbouncer]
listen_addr = {listen}
listen_port = {own_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 400
"""
SETTINGS = {
    "listen_addresses": HOST,
    # The drill asks what is acknowledged; what a power cut does is not its question.
    "fsync": "off",
    "max_connections": "80",
    "wal_keep_size": "64MB",
}


@contextmanager
def place_for_clusters() -> Iterator[None]:
    place = private_folder()
    os.environ[PLACE] = str(place)
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Postgres:
    """One server: its data, its socket and its port."""

    def __init__(self, place: Path) -> None:
        self.place, self.data, self.port = place, place / "data", free_port()

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        given = f"-k {self.place} -p {self.port} {options}"
        command(self.program("pg_ctl"), "-D", self.data, "-l", self.place / "log", "-w", "-o", given, "start")

    def stop(self, mode: str) -> None:
        command(self.program("pg_ctl"), "-D", self.data, "-m", mode, "stop", check=False)

    def promote(self) -> None:
        command(self.program("pg_ctl"), "-D", self.data, "-w", "promote")

    def create(self) -> None:
        made = ["--username", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        command(self.program("initdb"), "-D", self.data, *made)

    def copy_to(self, standby: "Postgres") -> None:
        """A streaming standby; it replays what it gets, and says so before the primary says yes."""
        source = ["-h", HOST, "-p", self.port, "-U", ROLE]
        command(self.program("pg_basebackup"), *source, "-D", standby.data, "-R", "-X", "stream", "--no-sync")

    @staticmethod
    def program(name: str) -> Path:
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
        if not found:
            raise RuntimeError("apt install postgresql pgbouncer")
        return found[-1]


class Cluster:
    """A primary with our tables, and whatever a step puts beside it."""

    def __init__(self) -> None:
        self.afterwards = ExitStack()
        self.primary = self.server()
        self.standby: Postgres | None = None

    def server(self) -> Postgres:
        place = private_folder()
        server = Postgres(place)
        self.afterwards.callback(shutil.rmtree, place, ignore_errors=True)
        self.afterwards.callback(server.stop, "immediate")
        return server

    def add_standby(self) -> Postgres:
        """Synchronous: what was acknowledged stands on both."""
        self.standby = self.server()
        self.primary.copy_to(self.standby)
        self.standby.start()
        self.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.ask("SELECT pg_reload_conf()")
        self.wait_for_the_standby()
        return self.standby

    def wait_for_the_standby(self) -> None:
        until = time.monotonic() + 30
        while self.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != [(1,)]:
            if time.monotonic() > until:
                raise RuntimeError("the standby did not come")
            time.sleep(0.1)

    def fail_over(self) -> None:
        """The primary is gone as in a crash, and somebody promotes the other."""
        assert self.standby
        self.primary.stop("immediate")
        self.standby.promote()
        with at(url_of(self.standby)), connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM RESET synchronous_standby_names")
            cursor.execute("SELECT pg_reload_conf()")

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        with at(url_of(self.primary)), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def pool(self, size: int) -> int:
        """A pgbouncer in transaction mode before the primary: its port."""
        place, port = private_folder(), free_port()
        self.afterwards.callback(shutil.rmtree, place, ignore_errors=True)
        of = {"database": DATABASE, "role": ROLE, "host": HOST, "port": self.primary.port}
        (place / "ini").write_text(POOL.format(**of, listen=HOST, own_port=port, size=size))
        program = shutil.which("pgbouncer", path=os.environ["PATH"] + ":/usr/sbin")
        process = subprocess.Popen([program or "pgbouncer", "-q", place / "ini"], **as_account())
        self.afterwards.callback(process.wait)
        self.afterwards.callback(process.terminate)
        return port


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """With our tables; this process works in it meanwhile."""
    cluster = Cluster()
    with cluster.afterwards:
        shutil.copytree(migrated(), cluster.primary.data)
        own(cluster.primary.place)
        cluster.primary.start()
        with at(url_of(cluster.primary)):
            yield cluster


def migrated() -> Path:
    """The data folder that all steps copy, made by whoever comes first."""
    place = Path(os.environ[PLACE])
    if not (place / "done").exists():
        server = Postgres(place)
        server.create()
        server.start()
        with at(url_of(server, database="postgres")), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
        with at(url_of(server)):
            call_command("migrate", verbosity=0)
        server.stop("fast")
        (place / "done").touch()
    return place / "data"


def url_of(*servers: Postgres | int, database: str = DATABASE, over: str = "tcp") -> str:
    """DATABASE_URL of one, or of several of which the one that takes rows is asked; a number is a pool's port."""
    ports = [server if isinstance(server, int) else server.port for server in servers]
    places = [HOST if over == "tcp" or isinstance(server, int) else str(server.place) for server in servers]
    query = {"host": ",".join(places), "port": ",".join(map(str, ports)), "user": ROLE}
    if len(servers) > 1:
        query |= {"target_session_attrs": "read-write", "connect_timeout": "3"}
    return f"postgres:///{database}?{urlencode(query)}"


@contextmanager
def at(url: str) -> Iterator[None]:
    """The database of this process, in all its threads."""
    connection.close()
    known, before = settings.DATABASES["default"], dict(settings.DATABASES["default"])
    known.update(dj_database_url.parse(url, conn_max_age=60, disable_server_side_cursors=True))
    try:
        yield
    finally:
        connection.close()
        known.update(before)


def private_folder() -> Path:
    """Short enough for a socket, and of the account that will use it."""
    place = Path(tempfile.mkdtemp(prefix="dxb-", dir="/tmp"))
    own(place)
    return place


def own(place: Path) -> None:
    place.chmod(0o755)
    if os.geteuid() == 0:
        for path in (place, *place.rglob("*")):
            shutil.chown(path, ACCOUNT, ACCOUNT)


def as_account() -> dict[str, Any]:
    return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}


def command(*words: object, check: bool = True) -> None:
    line = [str(word) for word in words]
    silent: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(line, check=check, cwd="/", **silent, **as_account())
