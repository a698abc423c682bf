"""What a mail server reports of a letter that it had taken, and what becomes of the letter."""

import io
import tracemalloc

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError
from hypothesis import HealthCheck, given, settings as effort, strategies as st

from foundation.actions import Actor
from foundation.audit.models import Event, Via
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail import actions, bounces
from foundation.mail.envelope import envelope_sender
from foundation.mail.models import Email
from foundation.mail.states import BounceKind, EmailState
from tests import builders
from tests.foundation.mail.reports import in_words, mbox, recipient, report

MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def bounces_address(settings):
    settings.BOUNCE_ADDRESS = "bounces@example.jp"


@pytest.fixture
def sent(db):
    return builders.make_email(state=JobState.DONE, to_address="sato@example.jp", subject="変更のお知らせ")


@pytest.fixture
def to(sent):
    """The address on its envelope, to which its reports come."""
    return envelope_sender(sent)


@pytest.fixture
def read(tmp_path, capsys):
    """`read(report, …)`: the last line that the command prints of a mailbox with these."""

    def read(*raw):
        path = tmp_path / "mailbox"
        path.write_bytes(raw[0] if len(raw) == 1 else mbox(*raw))
        call_command("read_bounces", str(path))
        return capsys.readouterr().out

    return read


def said(read_, failed=0, delayed=0, known=0, nothing=0):
    return f"読んだ通知 {read_} 件：不達 {failed}、遅延 {delayed}、既知 {known}、該当なし {nothing}\n"


def now(email):
    job = Job.objects.get(pk=email.job_id)
    return EmailState(job.state), job.last_error


FIVE = "550 5.1.1 <sato@example.jp>: Recipient address rejected: User unknown"


# A letter that did not arrive


def test_a_letter_that_came_back_needs_a_person_and_stands_in_the_audit_log(read, sent, to):
    assert read(report(to)) == said(1, failed=1)

    assert now(sent) == (EmailState.UNDELIVERABLE, FIVE)
    assert list(Email.objects.needing_a_person()) == [sent]
    event = Event.objects.get()
    assert (event.by, event.via, event.action, event.target_id, event.changes) == (
        None,
        Via.COMMAND,
        "mail.come_back",
        sent.pk,
        {"report": "<1@mx.example.jp>"},
    )


def test_it_can_be_sent_again_and_an_old_report_says_nothing_of_that(read, sent, to, abe, folder, settings):
    settings.MAIL_FOLDER = folder.folder
    read(report(to))
    sent.refresh_from_db()
    actions.resend(email=sent, by=Actor(abe))
    assert read(report(to)) == said(1, known=1)
    Worker().run_once()

    assert read(report(to)) == said(1, known=1)
    assert now(sent) == (EmailState.SENT, "")
    assert read(report(to, name="2")) == said(1, failed=1)
    assert now(sent) == (EmailState.UNDELIVERABLE, FIVE)


def test_the_same_report_twice_is_told_once(read, sent, to):
    assert read(report(to), report(to)) == said(2, failed=1, known=1)
    assert Event.objects.count() == 1


def test_a_letter_of_which_nobody_knew_is_known_not_to_have_arrived(read, sent, to):
    Job.objects.update(state=JobState.UNCLEAR)
    assert read(report(to)) == said(1, failed=1)
    assert now(sent)[0] == EmailState.UNDELIVERABLE


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.CANCELLED, JobState.FAILED])
def test_what_a_person_decided_stays(read, state, db):
    email = builders.make_email(state=state)
    assert read(report(envelope_sender(email))) == said(1, known=1)
    assert now(email) == (EmailState(state), "")
    assert Event.objects.count() == 0


def test_a_report_that_overtakes_the_server_s_yes_is_the_last_word(email, take, read):
    """The worker has not noted yet that the server took it."""
    job = take()
    assert read(report(envelope_sender(email))) == said(1, failed=1)
    assert not queue.done(job)
    assert now(email) == (EmailState.UNDELIVERABLE, FIVE)


def test_a_login_code_that_came_back_stays_empty_and_needs_nobody(read, db):
    email = builders.make_email(state=JobState.DONE, sensitive=True)
    assert read(report(envelope_sender(email))) == said(1, failed=1)
    assert list(Email.objects.needing_a_person()) == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": "5.7.1", "said": ""}, "5.7.1 sato@example.jp"),
        ({"status": "4.4.7", "said": "smtp; timed out"}, "4.4.7 sato@example.jp timed out"),
        ({"action": "", "status": "5.2.2", "said": "mailbox full"}, "5.2.2 sato@example.jp mailbox full"),
        ({"action": "Failed (bounced)", "status": "5.0.0", "said": ""}, "5.0.0 sato@example.jp"),
        ({"status": "", "address": ""}, FIVE),
    ],
)
def test_a_server_that_has_given_up_is_believed(read, sent, to, fields, error):
    """Also where each of its tries was put off with a 4."""
    assert read(report(to, recipient(**fields))) == said(1, failed=1)
    assert now(sent) == (EmailState.UNDELIVERABLE, error)


def test_of_several_whom_it_was_passed_on_to_one_that_failed_is_told(read, sent, to):
    blocks = [
        recipient(action="delivered", status="2.0.0"),
        recipient(action="delayed", status="4.4.1"),
        recipient(address="taro@example.com", status="5.2.1", said="smtp; 550 disabled"),
    ]
    assert read(report(to, *blocks)) == said(1, failed=1)
    assert now(sent)[1] == "5.2.1 taro@example.com 550 disabled"


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_address_may_stand_where_the_towns_gateway_puts_it(read, sent, to, name):
    moved = report("bounces@example.jp").replace(b"Subject:", f"{name}: {to}\nSubject:".encode(), 1)
    assert read(moved) == said(1, failed=1)


@pytest.mark.parametrize("kind", [b"message/rfc822", b"text/rfc822-headers"])
def test_or_in_the_letter_that_the_report_encloses(read, sent, to, kind):
    raw = report("postmaster@example.jp", headers=f"Return-Path: <{to}>\n")
    assert read(raw.replace(b"message/rfc822", kind)) == said(1, failed=1)


# Servers that tell it in sentences


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-8"])
def test_a_server_that_writes_sentences_is_understood_by_its_status(read, sent, to, charset):
    words = "次の宛先にメールを配信できませんでした。\n理由：550 5.1.1 宛先の利用者がいません。\n以上"
    assert read(in_words(to, words, charset=charset)) == said(1, failed=1)
    assert now(sent) == (EmailState.UNDELIVERABLE, "理由：550 5.1.1 宛先の利用者がいません。")


@pytest.mark.parametrize(
    "words", ["配信できませんでした。", "at host 5.1.1.1", "版 1.5.1.1", "5.9.1", "15.1.1", "令和5年1月1日"]
)
def test_without_a_status_its_sentences_say_nothing(read, sent, to, words):
    assert read(in_words(to, words)) == said(1, nothing=1)
    assert now(sent) == (EmailState.SENT, "")


def test_whoever_is_on_leave_until_a_day_like_a_status_has_got_the_letter(read, sent, to):
    leave = in_words(to, "5.1.1から5.1.7まで休暇です。", sender="佐藤 <sato@example.jp>", charset="utf-8")
    assert read(leave) == said(1, nothing=1)
    assert now(sent) == (EmailState.SENT, "")


# What changes nothing


@pytest.mark.parametrize(
    "raw",
    [
        lambda to: report(to, recipient(action="delayed", status="4.4.1")),
        lambda to: report(to, recipient(action="", status="4.4.1")),
        lambda to: in_words(to, "まだ配信できていません（451 4.4.1）。再送を続けます。"),
    ],
)
def test_a_delay_is_counted_and_changes_nothing(read, sent, to, raw):
    assert read(raw(to)) == said(1, delayed=1)
    assert now(sent) == (EmailState.SENT, "")
    assert Event.objects.count() == 0


def test_a_letter_that_arrived_is_none_that_came_back(read, sent, to):
    assert read(report(to, recipient(action="delivered", status="2.0.0"))) == said(1, nothing=1)
    assert now(sent) == (EmailState.SENT, "")


def test_forged_and_unknown_addresses_change_nothing(read, sent, to):
    forged = [f"bounces+{sent.pk}-{'0' * 16}@example.jp", "bounces@example.jp", f"bounces+999-{to[-27:]}"]
    assert read(*map(report, forged)) == said(3, nothing=3)
    assert now(sent) == (EmailState.SENT, "")


# Whatever comes in


def test_everything_in_a_mailbox_is_counted_once(read, sent, to):
    other = builders.make_email(state=JobState.DONE)
    delayed = report(envelope_sender(other), recipient(action="delayed", status="4.4.1"))
    found = read(report(to), delayed, report(to), report("bounces@example.jp"), b"Subject: x\n\nhello\n")
    assert found == said(5, failed=1, delayed=1, known=1, nothing=2)


def test_reports_that_were_only_put_together_are_told_apart(tmp_path, capsys, sent, to):
    """Without the blank line that divides them; a line of a letter that begins with "From" divides nothing."""
    other = builders.make_email(state=JobState.DONE)
    line = b"From MAILER-DAEMON Mon Jul  6 10:00:00 2026\n"
    raw = [report(to).replace(b"the letter", b"From here on"), report(envelope_sender(other))]
    (tmp_path / "mailbox").write_bytes(b"".join(line + one for one in raw))
    call_command("read_bounces", str(tmp_path / "mailbox"))
    assert capsys.readouterr().out == said(2, failed=2)


def test_a_report_is_read_from_stdin_as_a_mail_server_hands_it_over(monkeypatch, capsys, sent, to):
    handed = b"From MAILER-DAEMON Mon Jul  6 10:00:00 2026\n" + report(to).replace(b"\n", b"\r\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(handed)))
    call_command("read_bounces")
    assert capsys.readouterr().out == said(1, failed=1)


def test_nothing_is_a_mailbox_without_reports(read):
    assert read(b"") == said(0)


def test_a_file_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match=r"no-such-file を読めません（No such file or directory）。何も変更"):
        call_command("read_bounces", "no-such-file")


@pytest.mark.parametrize("error", [OperationalError, DatabaseError])
def test_where_the_database_is_away_the_mail_server_keeps_the_report(error, monkeypatch, read, to):
    def away(_texts):
        raise error("server closed the connection unexpectedly") from psycopg2.DatabaseError()

    monkeypatch.setattr("foundation.mail.management.commands.read_bounces.letter_of", away)
    with pytest.raises(CommandError, match="データベースに接続できません") as refusal:
        read(report(to))
    assert refusal.value.returncode == 75


def deep(levels):
    inner = b"Content-Type: text/plain\n\n5.1.1\n"
    for level in range(levels):
        line = f'Content-Type: multipart/mixed; boundary="{level}"\n\n--{level}\n'.encode()
        inner = line + inner
    return b"From: MAILER-DAEMON\n" + inner


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\xff\xfe" * 1000,
        b"Content-Type: multipart/report; boundary=\n\n--\n--\n",
        deep(50),
        deep(5000),
        b"To: " + b"a," * 100_000 + b"\n\nx\n",
        b"Content-Type: text/plain; charset=punycode\nFrom: MAILER-DAEMON\n\n" + b"5.1.1 \n" * 10_000,
        b"Content-Type: text/plain; charset*=x'y'%zz\nFrom: MAILER-DAEMON\n\n5.1.1\n",
        b"Content-Transfer-Encoding: x-uuencode\nFrom: MAILER-DAEMON\n\nbegin 666 x\n%%%\n",
        b"Content-Transfer-Encoding: base64\nFrom: MAILER-DAEMON\n\n=====5.1.1\n",
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\nQWN0aW9uOiBmYWlsZWQ=\n",
        b"Content-Type: message/rfc822\n\n" * 3000,
    ],
    ids=range(11),
)
def test_hostile_messages_are_about_nothing(read, sent, to, raw):
    """They stand beside one that is about a letter, which is read all the same."""
    assert read(raw, report(to)) == said(2, failed=1, nothing=1)


def test_what_a_server_said_is_one_line_that_a_row_can_hold(read, sent, to):
    raw = report(to, recipient(said="smtp; 550\x00 \x1b[31m" + "あ" * 1000)).replace("あ".encode(), b"\xff", 5)
    assert read(raw) == said(1, failed=1)
    error = now(sent)[1]
    assert len(error) == 400
    assert error.isprintable()


def test_a_report_of_50_megabytes_takes_the_memory_of_its_beginning(tmp_path, capsys, sent, to):
    path = tmp_path / "mailbox"
    with path.open("wb") as file:
        file.write(report(to))
        for _ in range(50):
            file.write(b"x" * MEGABYTE)
    tracemalloc.start()
    call_command("read_bounces", str(path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert capsys.readouterr().out == said(1, failed=1)
    assert most < 5 * MEGABYTE


PIECES = [b"\n", b"--b\n", b"--b--\n", b"From x\n", b"Action: failed\n", b"Status: 5.1.1\n", b"=\n", b"\xff\x00\n"]
HEADERS = [
    b"Content-Type: multipart/report; boundary=b\n",
    b"Content-Type: message/delivery-status\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/plain; charset=",
    b"Content-Transfer-Encoding: base64\n",
    b"From: MAILER-DAEMON\n",
    b"To: bounces+1-0123456789abcdef@x\n",
]


@effort(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES + HEADERS), st.binary(max_size=30)), max_size=30))
def test_whatever_comes_in_is_read_without_a_word(pieces):
    found = [bounces.read(raw) for raw in bounces.messages(io.BytesIO(b"".join(pieces)))]
    assert {one.kind for one in found} <= set(BounceKind)
