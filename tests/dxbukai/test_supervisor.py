"""Real processes: a test waits for them to start and to end, and takes up to GRACE_SECONDS."""

import os
import signal
import subprocess
import sys
import time

import pytest

from dxbukai.demo import supervisor
from dxbukai.demo.supervisor import Supervisor
from tests.repository import ROOT

# As `manage.py demo` does it, in a background job of a shell: born with SIGINT ignored.
DEMO = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
from dxbukai.demo.supervisor import Supervisor, interrupt_on_any_signal
interrupt_on_any_signal()
with Supervisor(server=[sys.argv[1]], worker=[sys.argv[2]]) as supervisor:
    print(*(child.pid for child in supervisor.children.values()), flush=True)
    supervisor.watch()
"""


@pytest.fixture
def program(tmp_path):
    """A Python file with these lines."""

    def write(*lines):
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.py"
        file.write_text("\n".join(["import os, signal, time", *lines]))
        return str(file)

    return write


@pytest.fixture
def sleeps(program):
    return program("time.sleep(60)")


@pytest.fixture
def ends(program):
    return program()


@pytest.fixture
def stubborn(program):
    return program("signal.signal(signal.SIGTERM, signal.SIG_IGN)", "time.sleep(60)")


@pytest.fixture(autouse=True)
def _signals_as_before():
    before = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def started(*command, **options):
    """The process, and the numbers of the two children that it printed."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, **options
    )
    return process, [int(pid) for pid in process.stdout.readline().split()]


def hears_sigint():
    """make of a terminal does, also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kill(demo):
    """Its children have its output too: to read on would be to wait for them."""
    demo.kill()
    demo.wait()
    demo.stdout.close()


def is_true_soon(question):
    until = time.monotonic() + 10
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(0.05)
    return answer


def are_gone(pids):
    return is_true_soon(lambda: not any(map(is_there, pids)))


@pytest.mark.parametrize("number", supervisor.SIGNALS)
def test_a_signal_ends_the_children_too(number, sleeps):
    demo, children = started(sys.executable, "-c", DEMO, sleeps, sleeps)
    demo.send_signal(number)
    demo.communicate(timeout=5)
    assert [is_there(pid) for pid in children] == [False, False]


def test_children_end_in_order_when_the_supervisor_is_killed(tmp_path, program):
    hears, was_told = tmp_path / "hears", tmp_path / "was_told"
    tidy = program(
        f"def end(*_): open({str(was_told)!r}, 'w').close(); raise SystemExit",
        "signal.signal(signal.SIGTERM, end)",
        f"open({str(hears)!r}, 'w').close()",
        "time.sleep(60)",
    )
    demo, children = started(sys.executable, "-c", DEMO, tidy, tidy)
    assert is_true_soon(hears.exists)
    kill(demo)
    assert (are_gone(children), was_told.exists()) == (True, True)


def test_when_the_supervisor_is_killed_a_child_that_will_not_hear_is_too_and_whom_it_started(tmp_path, program):
    born = tmp_path / "born"
    parent = program(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "child = os.fork()",
        f"if child: open({str(born)!r}, 'w').write(f'{{child}} ')",
        "time.sleep(60)",
    )
    demo, children = started(sys.executable, "-c", DEMO, parent, parent)
    assert is_true_soon(lambda: born.exists() and born.read_text().endswith(" "))
    kill(demo)
    assert are_gone([*children, int(born.read_text())])


def test_make_that_is_interrupted_alone_does_not_wait_for_ever(tmp_path, sleeps):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f'demo:\n\t@exec "{sys.executable}" -c "$$DEMO" {sleeps} {sleeps}\n')
    command = ["make", "--no-print-directory", "-f", makefile, "demo"]
    make, children = started(*command, env=os.environ | {"DEMO": DEMO}, preexec_fn=hears_sigint)
    make.send_signal(signal.SIGINT)
    make.communicate(timeout=5)
    assert [is_there(pid) for pid in children] == [False, False]


def test_a_worker_that_ended_is_started_again(program, ends):
    with Supervisor(server=[program("time.sleep(1.2)")], worker=[ends]) as demo:
        first = demo.children["worker"]
        demo.watch()
        assert demo.children["worker"] is not first


def test_when_the_server_ends_the_watch_is_over(ends, sleeps):
    with Supervisor(server=[ends], worker=[sleeps]) as demo:
        demo.watch()
    assert demo.children["worker"].returncode == -signal.SIGTERM


def test_a_child_that_will_not_hear_is_killed(monkeypatch, sleeps, stubborn):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.3)
    with Supervisor(server=[stubborn], worker=[sleeps]) as demo:
        time.sleep(0.5)
    assert demo.children["server"].returncode == -signal.SIGKILL
