"""The portal behind a slow line: between what was stored and the word of it lies a moment in which it can die."""

import random
import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from dxbukai.wsgi import application as portal
from tools.drills.hand import holding, is_watched

SLOWEST = 0.3


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] != "POST" or not is_watched():
        return portal(environ, start_response)
    with holding():
        answer = portal(environ, start_response)
        time.sleep(random.uniform(0, SLOWEST))  # noqa: S311
        return answer
