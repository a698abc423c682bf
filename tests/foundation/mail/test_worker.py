import pytest
from django.db import OperationalError

from drills.sink import text_of
from foundation.mail import queue
from foundation.mail.delivery import NotNow, SmtpDelivery
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from foundation.mail.worker import Worker


def states():
    return list(Email.objects.order_by("id").values_list("state", flat=True))


@pytest.fixture
def no_pauses(monkeypatch):
    """`no_pauses` lists how long the worker would have waited."""
    waited = []
    monkeypatch.setattr(Worker, "pause", lambda _worker, seconds: waited.append(seconds))
    return waited


def test_everything_due_is_sent_once(post, folder):
    for number in range(3):
        post(number, body=f"{number}\n")
    Worker(folder).run_once()
    Worker(folder).run_once()

    assert states() == [EmailState.SENT] * 3
    assert sorted(text_of(file.read_bytes()) for file in folder.folder.iterdir()) == ["0\n", "1\n", "2\n"]


def test_a_refused_email_does_not_hold_up_the_next(post, smtp, sink):
    post(1)
    sink.answers = {"RCPT": "550 no such user"}
    Worker(smtp).run_once()
    sink.answers = {}
    post(2)
    Worker(smtp).run_once()

    assert states() == [EmailState.UNDELIVERABLE, EmailState.SENT]
    assert Email.objects.needing_a_person().get().last_error == "550 no such user"


def test_an_email_without_word_is_not_sent_again(email, smtp, sink):
    sink.hangs_up = True
    Worker(smtp).run_once()
    sink.hangs_up = False
    Worker(smtp).run_once()

    assert states() == [EmailState.UNCERTAIN]
    assert len(sink.received) == 1


def test_an_email_that_cannot_be_written_waits_for_its_cause_to_be_mended(post, folder, settings, caplog):
    settings.OUTBOX_FILLERS = {"personal-link": "no.such_filler"}
    email = post(body="[[personal-link:1]]")
    Worker(folder).run_once()

    email.refresh_from_db()
    assert (email.state, email.last_error) == (
        EmailState.WAITING,
        "ModuleNotFoundError(\"No module named 'no'\")",
    )
    assert "could not be written" in caplog.text


def test_an_absent_mail_server_costs_no_email_an_attempt(email, settings, no_pauses):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    worker = Worker(SmtpDelivery())
    for _ in range(4):
        with worker.patience():
            worker.step()

    email.refresh_from_db()
    assert (email.state, email.attempts) == (EmailState.WAITING, 0)
    assert no_pauses == [1, 2, 4, 8]


def test_once_tells_that_the_mail_server_is_absent(email, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(NotNow):
        Worker(SmtpDelivery()).run_once()


def test_a_database_that_goes_away_after_delivery_is_told_when_it_is_back(email, folder, no_pauses, monkeypatch):
    away = iter([OperationalError("server closed the connection"), OperationalError("connection refused"), None])

    def sent(email, reason):
        if error := next(away):
            raise error
        return queue.sent(email)

    # Django's tests hold the one connection; a worker would close it.
    monkeypatch.setattr("foundation.mail.worker.connection.close", lambda: None)
    worker = Worker(folder)
    worker.settle(sent, queue.take(worker.lease), "")

    assert states() == [EmailState.SENT]
    assert no_pauses == [1, 2]
