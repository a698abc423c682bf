"""A mail server on the loopback that keeps what it is given, and misbehaves as told."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default


class Session(socketserver.StreamRequestHandler):
    server: "Sink"

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper().decode("ascii", "replace").strip()
            if verb == "MAIL":
                self.server.senders.append(address_of(line))
            if verb == "RCPT":
                self.server.recipients.append(address_of(line))
            if verb == "DATA" and verb not in self.server.answers:
                if not self.take_text():
                    return
            else:
                self.say(self.server.answers.get(verb, "221 bye" if verb == "QUIT" else "250 ok"))
            if verb == "QUIT":
                return

    def take_text(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b"."))
        time.sleep(self.server.thinks)
        self.server.received.append(b"".join(lines))
        while self.server.is_silent:
            time.sleep(0.05)
        if self.server.hangs_up:
            return False
        self.say(self.server.answers.get("TEXT", "250 taken"))
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.received: list[bytes] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []
        # What is said to a verb, or to the TEXT, other than yes.
        self.answers: dict[str, str] = {}
        # Seconds before a text is taken.
        self.thinks = 0.0
        # Takes the text and hangs up, or says nothing: the sender cannot know.
        self.hangs_up = False
        self.is_silent = False

    @property
    def port(self) -> int:
        return self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is killed in the middle of a sentence is what drills are about."""


def address_of(line: bytes) -> str:
    """<sato@example.jp> of MAIL FROM:<sato@example.jp> size=800"""
    return line.decode().strip().partition(":")[2].partition(" ")[0]


@contextmanager
def running_sink() -> Iterator[Sink]:
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()


def text_of(received: bytes) -> str:
    """What the recipient reads, without what is attached."""
    body = message_from_bytes(received, policy=default).get_body()
    assert body is not None, "every letter of ours has a text"
    return str(body.get_content()).replace("\r\n", "\n")
