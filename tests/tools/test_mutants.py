"""Mutants are judged by `make mutants`. Here it is seen that their tests run on them, and end; that none is called
killed by tests that fail without it, too, and none survived where no test was run."""

import json
import os
import shutil
import signal
import subprocess

import pytest
from coverage import CoverageData

from tools.mutants import forks
from tools.mutants.bench import Bench
from tools.mutants.find import ROOT, Mutant, mutants_of
from tools.mutants.measured import sums
from tools.mutants.run import report
from tools.mutants.tests_of import NotMeasured, Suite

FILES = {
    "guard.py": "def may_enter():\n    return False\n",
    "test_guard.py": "import wave\nimport guard\ndef test_a():\n    assert not guard.may_enter()\n",
    "test_imported.py": "import sys\ndef test_a():\n    assert {'wave', 'guard'} & set(sys.modules) == {'wave'}\n",
    "test_environ.py": "import os\ndef test_a():\n    assert os.environ['TOLD'] == 'yes'\n",
    "test_killer.py": "import os\ndef test_a():\n    os.kill(os.getppid(), 9)\n",
    "test_red.py": "def test_a():\n    assert False\n",
    "door.py": "is_open = False\n",
    "test_door.py": "import door\ndef test_is_shut():\n    assert not door.is_open\n",
    "inner/conftest.py": "",
    "inner/test_room.py": "def test_has_walls():\n    assert True\n",
    "test_house.py": "import door\ndef test_has_a_door():\n    assert door\n",
    "test_out_of_order.py": "import door\ndef test_is_shut():\n    assert door.is_open is None\n",
    "test_skipped.py": "import pytest\n@pytest.mark.skip\ndef test_a():\n    pass\n",
    "test_key.py": "import door, pytest\n@pytest.mark.parametrize('key', 'ab')\n"
    "def test_a(key):\n    assert not door.is_open\n",
}
# Opens the door; the file does not become a module at all; the run ends where nobody told it to.
OPEN = Mutant("door.py", 1, "condition", "False", "True", 10, 15)
BROKEN = Mutant("door.py", 1, "condition", "False", "1 / 0", 10, 15)
ABRUPT = Mutant("door.py", 1, "condition", "False", "__import__('os')._exit(0)", 10, 15)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "tools", place / "tools")
    (place / "var").mkdir()
    for name, text in FILES.items():
        (place / name).parent.mkdir(exist_ok=True)
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
        codes.append(forked.run(["test_guard.py"], {}).code)
    assert codes == [0, 1, 0]


def test_a_run_finds_imported_what_is_not_ours(forked):
    assert forked.run(["test_imported.py"], {}).code == 0


def test_what_one_run_is_told_the_next_does_not_know(forked):
    assert [forked.run(["test_environ.py"], told).code for told in ({"TOLD": "yes"}, {})] == [0, 1]


def test_after_tests_that_kill_their_parent_the_next_are_run(forked):
    codes = [forked.run([name], {}).code for name in ("test_killer.py", "test_guard.py")]
    assert codes == [-signal.SIGKILL, 0]


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


@pytest.fixture
def bench(place, forked):
    return Bench(place, forked)


def test_killed_is_what_a_test_fails_with_and_passes_without(bench):
    verdicts = [bench.judge(OPEN, tests) for tests in (["test_door.py"], ["test_house.py", "test_key.py::test_a"])]
    assert verdicts == [("killed", "test_door.py::test_is_shut"), ("killed", "test_key.py::test_a[a]")]


def test_killed_is_what_lets_no_test_start(bench):
    assert [bench.judge(mutant, ["test_door.py"]) for mutant in (BROKEN, ABRUPT)] == [("killed", "")] * 2


def test_survived_is_what_each_of_its_tests_passes_with(bench):
    tests = ["test_house.py::test_has_a_door", "inner/test_room.py"]
    assert bench.judge(OPEN, tests) == ("survived", "")


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        pytest.param([], "no test takes it", id="of no tests"),
        pytest.param(
            ["test_red.py"], "without it, too, these do not pass: test_red.py::test_a", id="of red tests"
        ),
        pytest.param(
            ["test_house.py", "test_out_of_order.py"],
            "without it, too, these do not pass: test_out_of_order.py::test_is_shut",
            id="of tests that are red for another reason",
        ),
        pytest.param(
            ["test_gone.py"], "without it, too, these do not pass: test_gone.py", id="of tests that are gone"
        ),
        pytest.param(
            ["test_house.py::test_has_a_roof"],
            "without it, too, these do not pass: test_house.py::test_has_a_roof",
            id="of a test that is gone",
        ),
        pytest.param(["test_skipped.py"], "not run: test_skipped.py", id="of skipped tests"),
        pytest.param(["test_house.py", "test_skipped.py"], "not run: test_skipped.py", id="of one skipped test"),
    ],
)
def test_no_verdict_comes_out(bench, tests, why):
    assert bench.judge(OPEN, tests) == ("not judged", why)


def test_the_bench_has_its_file_back_after_each_verdict(bench, place):
    for mutant in (OPEN, BROKEN, ABRUPT):
        bench.judge(mutant, ["test_door.py"])
    assert (place / "door.py").read_text() == FILES["door.py"]


def test_what_has_no_verdict_is_said_and_counts_as_unnoticed(capsys, monkeypatch):
    rounds = (["killed", "survived"], ["killed", "not judged"])
    assert [report(dict(enumerate(words)), 2) for words in rounds] == [0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "mutants 2, killed 1, survived 1",
        "not judged 1",
        "mutants 2, killed 1, survived 0",
    ]
    monkeypatch.setenv("MOST", "49")
    assert [report(dict(enumerate(words)), 2) for words in rounds] == [1, 1]


def test_a_bench_that_notices_nothing_is_none():
    assert report({"a": "not judged", "b": "survived"}, 2) == 1


def test_more_survivors_than_are_allowed_fail_the_whole(monkeypatch):
    monkeypatch.setenv("MOST", "3")
    verdicts = ["survived"] * 3 + ["killed"] * 97
    assert report(dict(enumerate(verdicts)), 100) == 0
    assert report(dict(enumerate(["survived", *verdicts])), 101) == 1


def test_where_the_time_was_too_short_for_half_of_them_it_fails_and_says_so(capsys):
    verdicts = dict.fromkeys("ab", "killed")
    assert [report(verdicts, chosen) for chosen in (2, 4, 5)] == [0, 0, 1]
    assert [line for line in capsys.readouterr().out.splitlines() if "time" in line] == [
        "not begun in time 2",
        "not begun in time 3",
    ]


def test_the_same_guard_twice_in_a_file_is_two(monkeypatch, tmp_path):
    monkeypatch.setattr("tools.mutants.find.ROOT", tmp_path)
    (tmp_path / "links.py").write_text("def a():\n    raise Gone\ndef b():\n    raise Gone\n")
    first, second = mutants_of(tmp_path / "links.py")
    assert (first.line, second.line) == (2, 4)
    assert first.key != second.key


@pytest.fixture
def measured(tmp_path):
    """A folder as `make test` leaves it, of a tree that lay elsewhere."""
    data = CoverageData(str(tmp_path / "data"))
    data.set_context("tests/members/test_links.py::test_a_link[one]|run")
    data.add_lines({"/elsewhere/members/links.py": [7], "/elsewhere/foundation/actions.py": [1]})
    data.set_context("tests/members/test_links.py::test_a_skipped_link|setup")
    data.add_lines({"/elsewhere/members/links.py": [7]})
    data.write()
    (tmp_path / "times.xml").write_text(
        """<testsuites>
        <testcase classname="tests.members.test_links" name="test_a_skipped_link" time="0.1"><skipped/></testcase>
        </testsuites>"""
    )
    (tmp_path / "sums.json").write_text(json.dumps(sums()))
    return tmp_path


LINK = Mutant("members/links.py", 7, "raise", "raise Gone", "pass", 0, 0)


def test_the_tests_of_a_line_are_found_wherever_the_tree_lay_as_they_were_measured(measured):
    assert Suite(measured).tests_of(LINK) == ["tests/members/test_links.py::test_a_link"]


def test_the_nearest_tests_come_first(measured):
    data = CoverageData(str(measured / "data"))
    data.read()
    for test in ("meetings/test_calls.py::test_a", "test_links.py::test_b", "members/test_roster.py::test_c"):
        data.set_context(f"tests/{test}|run")
        data.add_lines({"/elsewhere/members/links.py": [7]})
    data.set_context("tests/members/test_links.py::test_of_another_line|run")
    data.add_lines({"/elsewhere/members/links.py": [8]})
    data.write()
    assert Suite(measured).tests_of(LINK) == [
        "tests/members/test_links.py::test_a_link",
        "tests/test_links.py::test_b",
        "tests/members/test_roster.py::test_c",
        "tests/meetings/test_calls.py::test_a",
        "tests/members/test_links.py::test_of_another_line",
    ]


def test_of_those_that_take_a_condition_the_few_that_go_its_rarer_way_come_first(measured):
    data = CoverageData(str(measured / "data"))
    data.read()
    for number in range(30):
        data.set_context(f"tests/members/test_links.py::test_{number}|run")
        data.add_lines({"/elsewhere/members/links.py": [10, 11, *([12] if number == 17 else [])]})
    data.write()
    condition = Mutant("members/links.py", 10, "condition", "is_over", "(not (is_over))", 0, 0)
    found = Suite(measured).tests_of(condition)
    assert (found[0], len(found)) == ("tests/members/test_links.py::test_17", 31)


def test_one_that_takes_too_long_keeps_out_none_that_has_room(measured):
    walk = '<testcase classname="tests.members.test_walk" name="test_all" time="40"/>'
    times = measured / "times.xml"
    times.write_text(times.read_text().replace("</testsuites>", f"{walk}</testsuites>"))
    data = CoverageData(str(measured / "data"))
    data.read()
    for test in ("members/test_walk.py::test_all", "meetings/test_calls.py::test_a"):
        data.set_context(f"tests/{test}|run")
        data.add_lines({"/elsewhere/members/links.py": [7]})
    data.write()
    assert Suite(measured).tests_of(LINK) == [
        "tests/members/test_links.py::test_a_link",
        "tests/meetings/test_calls.py::test_a",
    ]


def test_of_a_file_that_only_other_processes_take_the_tests_of_its_neighbours_are_found(measured):
    command = Mutant("members/commands/check.py", 3, "raise", "raise Gone", "pass", 0, 0)
    assert Suite(measured).tests_of(command) == ["tests/members/test_links.py::test_a_link"]


@pytest.mark.parametrize("name", ["data", "times.xml", "sums.json"])
def test_without_a_measured_run_nothing_is_judged(measured, name):
    (measured / name).unlink()
    with pytest.raises(NotMeasured, match=name):
        Suite(measured)


def test_what_was_changed_since_it_was_measured_is_not_judged(measured):
    (measured / "sums.json").write_text(json.dumps(sums() | {"members/links.py": "other"}))
    suite = Suite(measured)
    suite.refuse_other_states([Mutant("members/rules.py", 7, "raise", "raise Gone", "pass", 0, 0)])
    with pytest.raises(NotMeasured, match=r"changed: members/links\.py$"):
        suite.refuse_other_states([LINK])
