"""The server takes a request to end where it says, or refuses it: no second one hides in the first.

Slow, once: a real process starts.
"""

import os
import socket
import stat
import subprocess
import sys
import time

import pytest

from tests.repository import ROOT, measured

APPLICATION = """
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"served {environ['PATH_INFO']} {len(body)}\\n".encode()]
"""
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"0\r\n\r\n" + HIDDEN
LENGTH = b"Content-Length: %d\r\n" % len(CHUNKED)


def head(*lines, method=b"POST"):
    return b"\r\n".join([method + b" /shown HTTP/1.1", b"Host: x", *(line.strip() for line in lines), b"", b""])


PROBES = {
    "both lengths": head(LENGTH, b"Transfer-Encoding: chunked") + CHUNKED,
    "both, the other way round": head(b"Transfer-Encoding: chunked", b"Content-Length: 4") + CHUNKED,
    "two lengths": head(LENGTH, b"Content-Length: 0") + HIDDEN,
    "a length with a sign": head(b"Content-Length: +0") + HIDDEN,
    "a negative length": head(b"Content-Length: -1") + HIDDEN,
    "a length in hexadecimal": head(b"Content-Length: 0x0") + HIDDEN,
    "an unknown coding": head(b"Transfer-Encoding: xchunked", LENGTH) + CHUNKED,
    "chunked twice": head(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", LENGTH) + CHUNKED,
    "a blank before the colon": head(b"Transfer-Encoding : chunked", LENGTH) + CHUNKED,
    "a folded line": b"POST /shown HTTP/1.1\r\nHost: x\r\nX: 1\r\n Transfer-Encoding: chunked\r\n"
    + LENGTH
    + b"\r\n"
    + CHUNKED,
    "bare line feeds": b"POST /shown HTTP/1.1\nHost: x\nContent-Length: 0\n\n" + HIDDEN,
    "a bad chunk size": head(b"Transfer-Encoding: chunked") + b"0x0\r\n\r\n" + HIDDEN,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The socket of a gunicorn that is started by the file that servers get."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "plain.py").write_text(APPLICATION)
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    process = subprocess.Popen(
        [*command, "--bind", f"unix:{folder}/web.sock", "--workers", "1", "plain:application"],
        cwd=folder,
        env=os.environ | measured() | {"PYTHONPATH": str(ROOT), "HOME": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 30
    while not (folder / "web.sock").exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield folder / "web.sock"
    process.terminate()
    process.wait(timeout=30)


def answer(path, sent):
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(1)
        wire.connect(str(path))
        wire.sendall(sent)
        received = b""
        try:
            while block := wire.recv(65536):
                received += block
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def test_nobody_but_the_service_and_its_group_asks_it(server):
    assert stat.S_IMODE(server.stat().st_mode) == 0o770


def test_two_requests_of_one_connection_are_two(server):
    """The probe itself works: what is not hidden is served."""
    received = answer(server, head(b"Content-Length: 0") + HIDDEN)
    assert (b"served /shown 0" in received, b"served /hidden 0" in received) == (True, True)


# ASVS V4.2.1
@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_no_second_request_hides_in_the_first(server, probe):
    received = answer(server, probe)
    assert (received[:12] in {b"HTTP/1.1 400", b"HTTP/1.1 501"}, b"served /hidden" in received) == (True, False)
