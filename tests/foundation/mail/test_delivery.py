import socket

import pytest

from foundation.jobs.outcomes import NotNow, Refused, Unclear
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail.delivery import FolderDelivery, HeldDelivery, SmtpDelivery, delivery
from tools.drills.sink import text_of


@pytest.fixture
def taken(email, take):
    return take().email


@pytest.mark.parametrize(
    ("name", "kind"), [("folder", FolderDelivery), ("smtp", SmtpDelivery), ("hold", HeldDelivery)]
)
def test_the_settings_choose(settings, name, kind):
    settings.MAIL_DELIVERY = name
    assert type(delivery()) is kind


# A rehearsal


def test_in_a_rehearsal_every_email_waits(email, settings):
    settings.MAIL_DELIVERY = "hold"
    with pytest.raises(NotNow, match="メールを送信しない設定"):
        Worker().run_once()
    email.job.refresh_from_db()
    assert (email.job.state, email.job.attempts) == (JobState.WAITING, 0)
    assert not settings.MAIL_FOLDER.exists()


def test_in_a_rehearsal_every_page_says_so(client, settings, email):
    sentence = "メールは送信されず、送信待ちのまま残ります。"
    pages = []
    for name in ("folder", "hold"):
        settings.MAIL_DELIVERY = name
        pages.append(client.get("/").content.decode().count(sentence))
    assert pages == [0, 1]


# A folder


def test_an_email_becomes_one_file_however_often_it_is_delivered(taken, folder):
    folder.open()
    folder.send(taken)
    folder.send(taken)

    (file,) = folder.folder.iterdir()
    assert file.name.startswith(f"{taken.pk:08}-")
    assert text_of(file.read_bytes()) == taken.body


def test_a_folder_that_cannot_be_written_is_tried_again(taken, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotNow):
        FolderDelivery(tmp_path / "file").open()
    with pytest.raises(NotNow):
        FolderDelivery(tmp_path / "nowhere").send(taken)


# A mail server


def test_a_mail_server_gets_each_email_once_over_one_connection(post, smtp, sink):
    bodies = [f"{number}通目\n.始めが点の行\n" for number in range(3)]
    for number, body in enumerate(bodies):
        smtp.open()
        smtp.send(post(number, body=body))

    assert [text_of(received) for received in sink.received] == bodies


@pytest.mark.parametrize(
    ("verb", "answer", "outcome"),
    [
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "450 greylisted", NotNow),
        ("MAIL", "530 log in first", NotNow),
        ("DATA", "554 no", Refused),
        ("DATA", "451 not now", NotNow),
        ("TEXT", "552 too big", Refused),
        ("TEXT", "452 disk full", NotNow),
    ],
)
def test_what_the_mail_server_says_decides(email, smtp, sink, verb, answer, outcome):
    sink.answers = {verb: answer}
    smtp.open()
    with pytest.raises(outcome, match=answer):
        smtp.send(email)


def test_no_word_after_the_text_is_unclear(email, smtp, sink):
    sink.hangs_up = True
    smtp.open()
    with pytest.raises(Unclear):
        smtp.send(email)


def test_a_connection_lost_before_the_text_is_certainly_no_delivery(email, smtp):
    smtp.open()
    smtp.backend.connection.sock.shutdown(socket.SHUT_RDWR)
    with pytest.raises(NotNow):
        smtp.send(email)


# ASVS V16.5.2
def test_an_absent_mail_server_is_noticed_before_an_email_is_taken(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(NotNow, match="refused"):
        SmtpDelivery().open()


def test_a_connection_that_went_stale_is_noticed_and_made_anew(email, smtp, sink):
    smtp.open()
    smtp.backend.connection.sock.shutdown(socket.SHUT_RDWR)
    with pytest.raises(NotNow):
        smtp.open()
    smtp.open()
    smtp.send(email)
    assert len(sink.received) == 1


def test_unless_told_otherwise_a_folder_is_the_towns(settings, tmp_path):
    assert FolderDelivery().folder == settings.MAIL_FOLDER
    assert FolderDelivery(tmp_path).folder == tmp_path
