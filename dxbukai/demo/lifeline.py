"""`python -m dxbukai.demo.lifeline FD COMMAND…`: run a Python command that ends when who started it is gone.

FD is a pipe that nobody writes to. The supervisor alone holds its other end, so it ends when the supervisor
does, however it went: nobody has to look, and every Unix does it. The command is then told to stop as by
anybody else, and after a while it is not asked any more.
"""

import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 5


def main(lifeline: int, *command: str) -> None:
    threading.Thread(target=end_with, args=[lifeline], daemon=True).start()
    if command[0] == "-m":
        sys.argv = list(command[1:])
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(command)
        runpy.run_path(command[0], run_name="__main__")


def end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    # The session is the command's own: whom it started goes with it.
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
