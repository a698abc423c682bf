"""An email as a kind of job: what the queue's own tests cannot know."""

import pytest
from django.utils import timezone

from foundation.jobs import queue
from foundation.jobs.outcomes import NotNow
from foundation.jobs.worker import Worker
from foundation.mail.delivery import SmtpDelivery
from foundation.mail.jobs import EmailKind
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from tests.foundation.mail.conftest import OVER
from tools.drills.sink import text_of


def states():
    return [email.state for email in Email.objects.select_related("job").order_by("id")]


def worker(delivery):
    kind = EmailKind(delivery)
    return Worker({kind.name: kind})


def send(delivery):
    worker(delivery).run_once()


def test_everything_due_is_sent_once(post, folder):
    for number in range(3):
        post(number, body=f"{number}\n")
    send(folder)
    send(folder)

    assert states() == [EmailState.SENT] * 3
    assert sorted(text_of(file.read_bytes()) for file in folder.folder.iterdir()) == ["0\n", "1\n", "2\n"]


def test_a_sent_email_knows_when(email, folder):
    assert email.sent_at is None
    send(folder)

    row = Email.objects.get()
    assert (row.state, row.body) == (EmailState.SENT, "第2回を開催します。\n")
    assert row.job.created_at < row.sent_at < timezone.now()


def test_a_login_code_overtakes_the_notices(post, take):
    post(1), post(2), post(3, sensitive=True)

    assert take().key == "email-3"


@pytest.mark.parametrize("end", [queue.done, queue.failed, queue.unclear])
def test_a_login_code_does_not_lie_around(post, take, end):
    email = post(sensitive=True, body="ログインコード：123456")
    end(take(), "")

    email.refresh_from_db()
    assert email.body == ""


def test_the_code_of_another_login_stays_until_it_was_sent_too(post, take):
    post(1, sensitive=True, body="ログインコード：123456")
    other = post(2, sensitive=True, body="ログインコード：654321")
    queue.done(take(), "")

    other.refresh_from_db()
    assert other.body == "ログインコード：654321"


def test_what_is_no_login_code_can_be_read_afterwards(email, take):
    queue.failed(take(), "550 no such user")

    email.refresh_from_db()
    assert email.body == "第2回を開催します。\n"


def test_a_login_code_whose_worker_died_does_not_lie_around_nor_go_out_empty(post, take, smtp):
    post(sensitive=True, body="ログインコード：123456")
    taken = take(OVER)
    queue.recover(worker(smtp).kinds)

    assert Email.objects.get().body == ""
    assert not queue.later(taken, "450 greylisted")
    assert list(Email.objects.needing_a_person()) == []


def test_an_abandoned_email_to_a_folder_is_delivered_again(email, take, folder):
    """Delivering twice doubles nothing there."""
    take(OVER)
    send(folder)

    assert states() == [EmailState.SENT]


def test_an_abandoned_email_to_a_mail_server_is_a_persons_to_decide(email, take, smtp, sink):
    take(OVER)
    send(smtp)

    assert sink.received == []
    assert list(Email.objects.needing_a_person()) == [email]
    assert "宛先の方に確認してください" in Email.objects.get().job.last_error


def test_a_refused_email_does_not_hold_up_the_next(post, smtp, sink):
    post(1)
    sink.answers = {"RCPT": "550 no such user"}
    send(smtp)
    sink.answers = {}
    post(2)
    send(smtp)

    assert states() == [EmailState.UNDELIVERABLE, EmailState.SENT]
    assert Email.objects.needing_a_person().get().job.last_error == "550 no such user"


def test_an_email_without_word_is_not_sent_again(email, smtp, sink):
    sink.hangs_up = True
    send(smtp)
    sink.hangs_up = False
    send(smtp)

    assert states() == [EmailState.UNCERTAIN]
    assert len(sink.received) == 1


def test_an_email_that_cannot_be_written_waits_for_its_cause_to_be_mended(post, folder, settings, caplog):
    settings.OUTBOX_FILLERS = {"personal-link": "no.such_filler"}
    email = post(body="[[personal-link:1]]")
    send(folder)

    email.job.refresh_from_db()
    assert (email.state, email.job.last_error) == (
        EmailState.WAITING,
        "ModuleNotFoundError(\"No module named 'no'\")",
    )
    assert "could not be done" in caplog.text


def test_an_absent_mail_server_is_told_and_costs_no_email_an_attempt(email, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(NotNow, match="refused"):
        send(SmtpDelivery())

    email.job.refresh_from_db()
    assert (email.state, email.job.attempts) == (EmailState.WAITING, 0)


def test_emails_about_one_thing_are_found_by_their_key(post):
    first, _second = post(1), post(2)
    assert list(Email.objects.about(r"^email-1$")) == [first]
