"""How the pages are served; read by dxbukai-web.service. What is changed counts after a restart of that unit.

A word on the command line goes before what stands here: `--bind 0.0.0.0:8000` where there is no socket to share.
"""

import os
from importlib.util import find_spec
from pathlib import Path

bind = "unix:/run/dxbukai/web.sock"
# Nobody but the service and its group (nginx) asks by the socket, for whoever does is believed (X-Forwarded-For).
umask = 0o007
# The other socket by which a running server could be told what to do is not opened at all.
control_socket_disable = True

# Three processes for two processors; each answers four people at once.
workers = 3
threads = 4
# A large file on a slow line; nginx waits as long.
timeout = 120
graceful_timeout = 30
max_requests = 10_000
max_requests_jitter = 1_000

# Gunicorn's own lines look as the portal's do, by the same clock; nginx notes who asked for what.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "foundation.http.logs.AsJson"},
        "line": {"()": "foundation.http.logs.AsLine"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": os.environ.get("DXBUKAI_LOGS", "json")}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True}},
}

# The figures at /metrics (extra "metrics"): each process writes its own down here; whoever is asked adds them up.
if find_spec("prometheus_client") and Path("/run/dxbukai").is_dir():
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", "/run/dxbukai")


def child_exit(server, worker):
    """What a process that is gone had counted stays; what it had in hand does not."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
