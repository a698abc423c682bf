"""A text browser without script: a member opens her personal link and answers, by keys alone.

Judged by what is stored. The keys are those of a person: search for the first choice, go on to the second,
choose it, search for the button, press it.
"""

import os
import pty
import re
import select
import tempfile
import time

from dxbukai.demo.cast import CAST, NOW
from dxbukai.demo.views import door_of
from meetings.models import Reply
from meetings.states import Mode
from tools.judges import Finding, Town, Verdict, tools

MINIMUM, COUNTED = 1, "answers stored"
WHO = "hanako"
KEYS = ["/[(] [)]\n", "\t", "\t", "\n", "/回答を送信する\n", "\n"]
# What moves the cursor and colours.
CONTROL = re.compile(r"\x1b[\[(][0-9;?]*[A-Za-z]|\s+")
SETTINGS = {"LC_ALL": "C.UTF-8", "TERM": "xterm"}
# w3m has said what there is to say when it is silent for so long.
SILENCE, AT_MOST = 1.5, 30


def judge(town: Town) -> Verdict:
    w3m = tools.program("w3m", "apt-get install w3m")
    door = door_of(CAST[WHO])
    assert door
    replies = Reply.objects.filter(
        membership__group__slug=NOW, membership__user__email=CAST[WHO].email, mode=Mode.ONLINE
    )
    assert not replies.exists(), "she has not answered yet"
    seen = answer(w3m, town.address + door)
    if replies.exists():
        return 1, []
    return 1, [Finding("not-stored", "meetings:personal_meeting", seen)]


def answer(w3m: str, url: str) -> str:
    """Press the keys, and return the last of what was on the screen."""
    with tempfile.TemporaryDirectory() as home:
        pid, screen = pty.fork()
        if pid == 0:
            os.execve(w3m, [w3m, "-cookie", "-o", "confirm_qq=0", url], os.environ | SETTINGS | {"HOME": home})
        listen(screen)
        for key in KEYS:
            os.write(screen, key.encode())
            seen = listen(screen)
        os.write(screen, b"Q")
        listen(screen)
        os.close(screen)
        os.waitpid(pid, 0)
    return seen


def listen(screen: int) -> str:
    heard, until = b"", time.monotonic() + AT_MOST
    while time.monotonic() < until and select.select([screen], [], [], SILENCE)[0]:
        try:
            heard += os.read(screen, 65536)
        except OSError:
            break
    return CONTROL.sub(" ", heard.decode(errors="replace"))[-500:]
