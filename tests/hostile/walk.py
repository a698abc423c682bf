"""Sending forms, and judging what comes back and what can be opened afterwards."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes

import pytest
from django.db import transaction
from django.test import Client

from foundation.mail.message import compose
from foundation.mail.models import Email
from tests.hostile.forms import forms_in
from tests.hostile.strings import SIGNS

# A page, a deed done, or a refusal in words.
ANSWERS = {200, 204, 302, 304, 400, 403, 404, 405, 409, 410, 413, 429}
IN_WORDS = {400, 403, 409, 410, 413, 429}
TARGET = re.compile(r'\s(?:href|src|action|formaction|cite|poster|data)="([^"]*)"')
# Within the house, or by a protocol that runs nothing; a picture (the QR code of an app) may stand in the page.
LEADS = re.compile(r"[/#?]|$|https?://|mailto:|tel:|data:image/svg\+xml;base64,")
HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"]


def walked_by(roles, more):
    """Roles to be walked by; `more` of them in `make walk` only, because others meet most of what they meet."""
    return [pytest.param(role, marks=[pytest.mark.walk] if role in more else []) for role in roles]


def visitor(world, role):
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(getattr(world, role))
    return client


class undone(transaction.Atomic):  # noqa: N801  # read as a word
    """What happens inside is taken back, the visitor's cookies too: somebody may have pressed the logout."""

    def __init__(self, client):
        super().__init__(using=None, savepoint=True, durable=False)
        self.client, self.cookies = client, client.cookies.copy()

    def __exit__(self, *error):
        transaction.set_rollback(True)
        super().__exit__(*error)
        self.client.cookies = self.cookies


@dataclass
class Walk:
    """What one visitor met, and what was wrong with it."""

    client: Client
    forms: int = 0
    fields: int = 0
    posts: int = 0
    stored: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def met(self):
        return {name: getattr(self, name) for name in ("forms", "fields", "posts", "stored")}

    def fewer_than(self, least):
        """A walk that met less than this has lost its way."""
        return {name: count for name, count in self.met.items() if count < least[name]}

    def tell(self, who):
        """What make walk prints."""
        print(f"{who}:", ", ".join(f"{count} {name}" for name, count in self.met.items()))  # noqa: T201

    def forms_on(self, addresses):
        """Each form once, however many pages show it."""
        found = {}
        for address in addresses:
            with undone(self.client):
                page = self.client.get(address)
            self.judge(f"GET {address}", page)
            found |= {form.key: form for form in forms_in(address, page)}
        self.forms += len(found)
        self.fields += sum(len(form.fields) + len(form.files) for form in found.values())
        return list(found.values())

    def post(self, form, fields, *, said="", follow=()):
        """Send the form with these fields instead; open what the person sees next and where they came from."""
        said = said or f"{form} <- {fields!r:.200}"
        with undone(self.client):
            before = set(Email.objects.values_list("pk", flat=True))
            response = self.client.post(form.address, form.fields | fields)
            self.take(form, response, said, before, follow)
        return response

    def take(self, form, response, said, before=(), follow=()):
        self.posts += 1
        self.judge(said, response)
        if response.status_code != 302:
            return
        self.stored += 1
        if not response.url.startswith("/") or response.url.startswith("//"):
            self.broken.append(f"{said}: leads to {response.url:.80}")
        for address in dict.fromkeys([response.url, form.page, *follow]):
            self.judge(f"{said}, then {address}", self.client.get(address))
        for email in Email.objects.exclude(pk__in=before):
            self.broken += [f"{said}: {wrong}" for wrong in wrong_in_email(email)]

    def judge(self, said, response):
        self.broken += [f"{said}: {wrong}" for wrong in wrong_in(response)]


def wrong_in(response):
    if response.status_code not in ANSWERS:
        yield f"answers {response.status_code}"
    if any("Bcc" in str(value) for value in response.headers.values()):
        yield f"carries {response.headers}"
    if response.status_code != 302 and response.get("Content-Type", "").startswith("text/html"):
        body = response.content.decode()
        yield from (f"shows {sign!r} unescaped" for sign in SIGNS if sign in body)
        yield from (f"leads to {target:.80}" for target in TARGET.findall(body) if not LEADS.match(target))
        if response.status_code in IN_WORDS and "。" not in body:
            yield "says nothing"


def wrong_in_email(email):
    message = message_from_bytes(bytes(compose(email, encoding="8bit")))
    headers = [name for name in message if not name.startswith(("Content-", "MIME-"))]
    if headers != HEADERS:
        yield f"an email with the headers {headers}"
