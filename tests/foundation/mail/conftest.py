from datetime import timedelta

import pytest
from django.db import transaction

from foundation.jobs import queue
from foundation.mail.delivery import FolderDelivery, SmtpDelivery
from foundation.mail.jobs import NAME
from foundation.mail.outbox import enqueue
from tools.drills.sink import running_sink

OVER = timedelta(seconds=-1)


@pytest.fixture
def post(db):
    """`post(1)`: an email in the outbox."""

    def post(number=1, **fields):
        fields = {
            "to_address": "sato@example.jp",
            "subject": "開催のお知らせ",
            "body": "第2回を開催します。\n",
        } | fields
        with transaction.atomic():
            return enqueue(dedupe_key=f"email-{number}", **fields)

    return post


@pytest.fixture
def email(post):
    return post()


@pytest.fixture
def take():
    """`take()`: the job of the email whose turn it is, in a worker's hand; `take(OVER)`: of one that died."""

    def take(lease=timedelta(minutes=1)):
        return queue.take(NAME, lease)

    return take


@pytest.fixture
def folder(tmp_path):
    return FolderDelivery(tmp_path / "mail")


@pytest.fixture
def sink():
    with running_sink() as sink:
        yield sink


@pytest.fixture
def smtp(sink, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    delivery = SmtpDelivery()
    yield delivery
    delivery.close()
