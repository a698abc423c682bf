"""A mutant is judged by `make mutants`; here it is only seen that its tests run on it, and end."""

import os
import shutil
import signal
import subprocess

import pytest
from coverage import CoverageData

from tools.mutants import forks, tests_of
from tools.mutants.find import ROOT, Mutant

FILES = {
    "guard.py": "def may_enter():\n    return False\n",
    "test_guard.py": "import wave\nimport guard\ndef test_a():\n    assert not guard.may_enter()\n",
    "test_imported.py": "import sys\ndef test_a():\n    assert {'wave', 'guard'} & set(sys.modules) == {'wave'}\n",
    "test_environ.py": "import os\ndef test_a():\n    assert os.environ['TOLD'] == 'yes'\n",
    "test_killer.py": "import os\ndef test_a():\n    os.kill(os.getppid(), 9)\n",
    "test_red.py": "def test_a():\n    assert False\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "tools", place / "tools")
    (place / "var").mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text)
    return place


@pytest.fixture(scope="module")
def forked(place):
    """What runs tests in forks, after a first run of those of the guard."""
    found = forks.Forks(place, ["test_guard.py"])
    yield found
    found.end()


def test_each_run_reads_what_is_ours_anew(place, forked):
    codes = []
    for number, answer in enumerate(["False", "True", "False"]):
        (place / "guard.py").write_text(f"def may_enter():\n    return {answer}\n")
        os.utime(place / "guard.py", (number, number))
        codes.append(forked.run(["test_guard.py"], {}))
    assert codes == [0, 1, 0]


def test_a_run_finds_imported_what_is_not_ours(forked):
    assert forked.run(["test_imported.py"], {}) == 0


def test_what_one_run_is_told_the_next_does_not_know(forked):
    assert [forked.run(["test_environ.py"], told) for told in ({"TOLD": "yes"}, {})] == [0, 1]


def test_after_tests_that_kill_their_parent_the_next_are_run(forked):
    assert [forked.run([name], {}) for name in ("test_killer.py", "test_guard.py")] == [-signal.SIGKILL, 0]


def test_where_the_first_tests_fail_without_a_mutant_nothing_is_judged(place):
    with pytest.raises(RuntimeError, match="test_red"):
        forks.Forks(place, ["test_red.py"])


def test_a_run_without_end_is_ended(monkeypatch):
    monkeypatch.setattr(forks, "PATIENCE", 0.1)
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    assert forks.code_of(child.pid) == -signal.SIGKILL
    child.wait()


def test_what_a_run_started_and_left_is_ended():
    child = subprocess.Popen(["sh", "-c", "sleep 600 & exit 3"], start_new_session=True, stdout=subprocess.PIPE)
    assert forks.code_of(child.pid) == 3
    # The end of its output: nobody holds it any more.
    child.communicate()


def test_the_tests_of_a_line_are_found_wherever_the_tree_lay_as_they_were_measured(tmp_path, monkeypatch):
    data = CoverageData(str(tmp_path / "data"))
    data.set_context("tests/members/test_links.py::test_a_link[one]|run")
    data.add_lines({"/elsewhere/members/links.py": [7], "/elsewhere/foundation/actions.py": [1]})
    data.write()
    (tmp_path / "times.xml").write_text("<testsuites/>")
    monkeypatch.setattr(tests_of, "MEASURED", tmp_path / "data")
    monkeypatch.setattr(tests_of, "TIMES", tmp_path / "times.xml")
    mutant = Mutant("members/links.py", 7, "raise", "raise Gone", "pass", 0, 0)
    assert tests_of.Suite().tests_of(mutant) == ["tests/members/test_links.py::test_a_link"]
