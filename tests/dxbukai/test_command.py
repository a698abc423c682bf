"""The command that a wheel brings. That everything it needs is inside the wheel is seen by `make wheel`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from environs import Env

from dxbukai import __main__ as command, __version__, installed
from tests.repository import FLOORS
from tests.test_packages import WHEEL


@pytest.fixture
def type_in(monkeypatch, tmp_path):
    """`type_in("check", "list.csv")`: with what words Django's own commands were reached, or None."""

    def type_in(*words):
        reached = []
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["dxbukai", *words])
        monkeypatch.setattr("django.core.management.execute_from_command_line", reached.append)
        command.main()
        return reached[0][1:] if reached else None

    return type_in


def test_it_tells_its_own_version_and_not_the_frameworks(type_in, capsys):
    assert (type_in("--version"), capsys.readouterr().out) == (None, f"dxbukai {__version__}\n")


def test_a_file_is_checked_by_the_engine(type_in, capsys, tmp_path):
    (tmp_path / "list.csv").write_text("名称,所在地\n中央公園,1-1\n")
    with pytest.raises(SystemExit) as ended:
        type_in("check", "list.csv")
    assert (ended.value.code, "list.csv" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize("words", [("check", "--deploy"), ("check",), ("worker",), ("migrate", "members")])
def test_everything_else_is_what_it_is_in_the_checkout(type_in, words):
    assert type_in(*words) == [*words]


@pytest.mark.parametrize(("given", "mode"), [(None, "demo"), ("production", "production")])
def test_the_demo_needs_no_variable_and_overrules_none(type_in, monkeypatch, given, mode):
    monkeypatch.setenv("DXBUKAI_MODE", given or "")
    if given is None:
        monkeypatch.delenv("DXBUKAI_MODE")
    type_in("demo")
    assert os.environ["DXBUKAI_MODE"] == mode


@pytest.mark.parametrize(
    ("from_wheel", "production", "place"),
    [
        (False, True, installed.SHIPPED / "var"),
        (True, True, Path("/var/lib/dxbukai")),
        (True, False, Path.home() / ".local" / "share" / "dxbukai"),
    ],
)
def test_nothing_is_written_beside_an_installed_program(monkeypatch, from_wheel, production, place):
    monkeypatch.delenv("DXBUKAI_VAR", raising=False)
    monkeypatch.setattr(installed, "FROM_WHEEL", from_wheel)
    assert installed.var(Env(), production=production) == place


def test_a_wheel_holds_all_floors():
    assert set(WHEEL["packages"]) == set(FLOORS)


def test_what_the_settings_refuse_is_a_sentence_and_nothing_else(settings, tmp_path):
    """Slow, for it is another process."""
    told = subprocess.run(
        [sys.executable, "-m", "dxbukai", "check", "--deploy"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR), "DATABASE_URL": "postgres:///x"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith("DATABASE_URL が指定されていますが、DXBUKAI_MODE がありません。")
