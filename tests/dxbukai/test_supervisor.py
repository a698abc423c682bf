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

SLEEPS = ["-c", "import time; time.sleep(60)"]
ENDS = ["-c", ""]
STUBBORN = ["-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]
# As `manage.py demo` does it, in a background job of a shell: born with SIGINT ignored.
DEMO = f"""
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from dxbukai.demo.supervisor import Supervisor, interrupt_on_any_signal
interrupt_on_any_signal()
with Supervisor(server={SLEEPS}, worker={SLEEPS}) as supervisor:
    print(*(child.pid for child in supervisor.children.values()), flush=True)
    supervisor.watch()
"""


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


@pytest.mark.parametrize("number", supervisor.SIGNALS)
def test_a_signal_ends_the_children_too(number):
    demo, children = started(sys.executable, "-c", DEMO)
    demo.send_signal(number)
    demo.communicate(timeout=5)
    assert [is_there(pid) for pid in children] == [False, False]


def test_make_that_is_interrupted_alone_does_not_wait_for_ever(tmp_path):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f'demo:\n\t@exec "{sys.executable}" -c "$$DEMO"\n')
    command = ["make", "--no-print-directory", "-f", makefile, "demo"]
    make, children = started(*command, env=os.environ | {"DEMO": DEMO}, preexec_fn=hears_sigint)
    make.send_signal(signal.SIGINT)
    make.communicate(timeout=5)
    assert [is_there(pid) for pid in children] == [False, False]


def test_a_worker_that_ended_is_started_again():
    with Supervisor(server=["-c", "import time; time.sleep(1.2)"], worker=ENDS) as demo:
        first = demo.children["worker"]
        demo.watch()
        assert demo.children["worker"] is not first


def test_when_the_server_ends_the_watch_is_over():
    with Supervisor(server=ENDS, worker=SLEEPS) as demo:
        demo.watch()
    assert demo.children["worker"].returncode == -signal.SIGTERM


def test_a_child_that_will_not_hear_is_killed(monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.3)
    with Supervisor(server=STUBBORN, worker=SLEEPS) as demo:
        time.sleep(0.5)
    assert demo.children["server"].returncode == -signal.SIGKILL
