"""`manage.py check_csv` is `python -m tablecheck`, byte for byte, and asks for no database."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.repository import measured
from tests.tablecheck.sheets import TOILET, csv

DIRTY = csv("作った人,見本", f"{TOILET},利用開始時間,担当者氏名", "髙山駅,,北口,9:00,見本", encoding="cp932")
NOWHERE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DXBUKAI_MODE": "test"}


def run(folder, *command):
    """(exit code, stdout, stderr) of a process of its own, pointed at a database that is not there."""
    env = {**measured(), **NOWHERE, "DXBUKAI_VAR": str(folder), "PYTHONPATH": str(settings.BASE_DIR)}
    left = subprocess.run([sys.executable, *command], env=env, cwd=folder, capture_output=True, check=False)
    return left.returncode, left.stdout, left.stderr


@pytest.mark.parametrize(
    ("data", "options", "expected"),
    [
        (DIRTY, ["--standard", "public_toilet", "--municipality", "222127", "--repair", "out.csv"], 1),
        (DIRTY, ["--format", "json"], 1),
        (csv("名称", "駅"), [], 0),
        (b"%PDF-1.7", [], 2),
        (b"%PDF-1.7", ["--format", "json"], 2),
    ],
)
def test_both_doors_say_the_same(tmp_path, data, options, expected):
    """Two seconds: each starts twice."""
    (tmp_path / "一覧.csv").write_bytes(data)
    asked = ["一覧.csv", *options]
    library = run(tmp_path, "-m", "tablecheck", *asked)
    repaired = [path.rename(tmp_path / "kept.csv").read_bytes() for path in tmp_path.glob("out.csv")]
    command = run(tmp_path, settings.BASE_DIR / "manage.py", "check_csv", *asked)
    assert command == library
    assert library[0] == expected
    assert [path.read_bytes() for path in tmp_path.glob("out.csv")] == repaired


def test_both_refuse_wrong_usage_alike(tmp_path):
    library = run(tmp_path, "-m", "tablecheck", "a.csv", "--format", "xml")
    command = run(tmp_path, settings.BASE_DIR / "manage.py", "check_csv", "a.csv", "--format", "xml")
    assert (library[0], command[0]) == (2, 2)
