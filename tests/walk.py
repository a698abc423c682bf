"""Somebody who opens every page: what they met, and what must not be so on any page whatever it answers."""

from collections import Counter
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from tests.access import PAGES

READING = {"get", "head"}
# Whoever holds the token acts as its person.
PERSON_OF_TOKEN = {"own": "member", "foreign": "stranger"}
PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
POLICY = {
    "base-uri 'none'",
    "default-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
}


@contextmanager
def undone(*, read_only=False):
    """Take back whatever happens inside; refuse writes if `read_only`."""
    with transaction.atomic():
        if read_only:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


def outcome(response):
    """The table's word for a response; of a broken page also what broke it."""
    if response.status_code == 302 and response.url.startswith("/accounts/login/"):
        return "login"
    broken = getattr(response, "exc_info", None)
    return f"{response.status_code} {broken[1]!r}" if broken else str(response.status_code)


class Walker:
    """One person in one world. `faults` says what no page may do; `met` counts, so that no walk passes by
    meeting nothing; `read` is what of the secrets was seen."""

    def __init__(self, world, role):
        self.world, self.role = world, role
        self.client = Client(raise_request_exception=False)
        if role != "anonymous":
            self.client.force_login(getattr(world, role))
        self.faults, self.met, self.read = [], Counter(), set()

    def visit(self, method, name, kind="own", *, url=None, sent=None):
        """The table's word for what is met there; whatever was done is undone."""
        with undone(read_only=method != "post"):
            response = getattr(self.client, method)(url or self.world.url(name, kind), sent)
            found = outcome(response)
            body = b"".join(response) if response.streaming else response.content
        self.met["requests"] += 1
        self.met["pages"] += found == "200"
        self.met["forms"] += found == "200" and body.count(b'method="post"')
        where = f"{method} {kind} {name}"
        self.faults += [f"{where}: {fault}" for fault in self.faults_of(method, found, response, body)]
        if found == "200":
            self.look(where, name, kind, body.decode(errors="replace"))
        return found

    def faults_of(self, method, found, response, body):
        if found.startswith("5"):
            yield found
        if method == "head" and body:
            yield "HEAD has a body"
        for header, value in PROMISED.items():
            if response.get(header) != value:
                yield f"{header} is {response.get(header)}"
        if set(response.get("Content-Security-Policy", "").split("; ")) != POLICY:
            yield f"Content-Security-Policy is {response.get('Content-Security-Policy')}"
        if settings.SESSION_COOKIE_NAME in self.client.cookies and response["Cache-Control"] != "no-store":
            yield f"may be stored: {response['Cache-Control']}"

    def look(self, where, name, kind, text):
        reader = PERSON_OF_TOKEN[kind] if "personal" in name else self.role
        for secret, (sentence, readers) in self.world.secrets.items():
            if sentence in text and reader not in readers:
                self.faults.append(f"{where}: tells {reader} {secret}")
            elif sentence in text and reader == self.role:
                self.read.add(secret)


def kinds_of(world, name):
    """Own, foreign and missing; a page without an object is there once."""
    return [kind for kind in ("own", "foreign", "missing") if world.url(name, kind)]


def has_page(name, role):
    return PAGES[name].outcome(role, "get", "own") != "405"
