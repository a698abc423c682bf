"""A failure is told to a Sentry without what was typed, by whom, from where, and by which link."""

import json

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from dxbukai import sentry

SECRETS = [
    "秘密の回答",
    "sato@example.jp",
    "42.1.xYzAbCdEfGhIjKl",
    "203.0.113.9",
    "the-cookie",
    "host-of-the-town",
]


class Kept(Transport):
    def __init__(self, options=None):
        super().__init__(options)
        self.events = []

    def capture_envelope(self, envelope):
        self.events.append(envelope.get_event())


@pytest.fixture
def told(settings):
    """What would have left for an event of the library, without its hooks into this process."""
    settings.SENTRY_DSN = "https://key@sentry.example.jp/1"

    def told(**more):
        client = sentry_sdk.Client(**sentry.options(), transport=Kept, default_integrations=False)
        try:
            typed = SECRETS[0]
            raise ValueError(f"cannot read {typed}")  # noqa: TRY301
        except ValueError as error:
            failure = sentry_sdk.utils.event_from_exception(error, client_options=client.options)[0]
        client.capture_event(failure | more)
        (event,) = client.transport.events
        return event

    return told


def test_where_in_the_program_it_failed_is_told(told):
    event = told(transaction="/a/{token}/", transaction_info={"source": "route"})
    (failure,) = event["exception"]["values"]
    assert (failure["type"], failure["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "told")
    assert (event["transaction"], event["environment"]) == ("/a/{token}/", "test")


def test_nothing_of_whom_or_what_leaves(told):
    """Each secret stands where the library would put it."""
    event = told(
        user={"email": SECRETS[1], "ip_address": SECRETS[3]},
        request={"url": f"https://dx.example.jp/a/{SECRETS[2]}/", "data": SECRETS[0], "cookies": SECRETS[4]},
        transaction=f"/a/{SECRETS[2]}/",
        transaction_info={"source": "url"},
        logentry={"message": f"failed for {SECRETS[1]}", "params": [SECRETS[1]]},
        breadcrumbs={"values": [{"message": f"SELECT {SECRETS[0]}"}]},
        extra={"environ": SECRETS[4]},
        server_name=SECRETS[5],
    )
    text = json.dumps(event, ensure_ascii=False, default=str)
    assert ([secret for secret in SECRETS if secret in text], "exception" in event) == ([], True)
