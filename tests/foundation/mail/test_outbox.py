from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.message import compose
from foundation.mail.models import Email
from foundation.mail.outbox import enqueue, hold_all
from foundation.mail.states import EmailState
from tests import builders


def test_an_email_waits_from_the_moment_of_its_action(post):
    email = post(to_address="sato@example.jp", subject="件名", body="本文")

    row = Email.objects.get()
    assert row == email
    assert (row.to_address, row.subject, row.body, row.state) == (
        "sato@example.jp",
        "件名",
        "本文",
        EmailState.WAITING,
    )
    assert row.job.due_at == row.job.created_at


def test_an_email_may_wait_for_its_day(post):
    post(1, due_at=timezone.now() + timedelta(days=1))

    assert list(Job.objects.due()) == []


def test_the_same_email_twice_is_one(post):
    first, second = post(1, body="一度目"), post(1, body="二度目")

    assert second is None
    assert Email.objects.get().body == first.body == "一度目"


def test_an_email_of_a_action_that_failed_was_never_written(db):
    with transaction.atomic():
        enqueue(to_address="sato@example.jp", subject="件名", body="本文", dedupe_key="k")
        transaction.set_rollback(True)

    assert Email.objects.count() == 0


# Outside a transaction is only where the test itself has none.
@pytest.mark.django_db(transaction=True)
def test_enqueue_refuses_to_work_outside_the_transaction_of_a_action():
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        enqueue(to_address="sato@example.jp", subject="件名", body="本文", dedupe_key="k")


def test_a_restore_holds_the_emails_that_wait_and_nothing_else(email, post):
    work, sent = Job.objects.create(kind="work", key="1"), post(2).job
    Job.objects.filter(pk=sent.pk).update(state=JobState.DONE, finished_at=timezone.now())
    assert hold_all() == 1
    states = [Job.objects.get(pk=job.pk).state for job in (email.job, work, sent)]
    assert states == [JobState.UNCLEAR, JobState.WAITING, JobState.DONE]


def test_a_subject_made_from_a_typed_title_stays_one_line_and_fits(post):
    assert post(1, subject="第2回\r\nBcc: all@example.jp").subject == "第2回 Bcc: all@example.jp"
    assert post(2, subject="あ" * 201).subject == "あ" * 199 + "…"


def test_a_name_made_from_a_typed_one_stays_one_line_and_fits(post):
    assert post(1, from_name="部会\r\nBcc: all@example.jp 事務局").from_name == "部会 Bcc: all@example.jp 事務局"
    assert post(2, from_name="あ" * 201).from_name == "あ" * 199 + "…"


@pytest.mark.parametrize("typed", ["dx@mihon.example.jp", "dx@例え.jp", f"{'a' * 60}@example.jp"])
def test_an_answer_goes_where_somebody_reads_it(post, typed):
    assert post(reply_to=typed).reply_to == typed


@pytest.mark.parametrize(
    "typed",
    [
        "dx",
        "dx@",
        "dx@mihon",
        "a@example.jp, b@example.jp",
        "部会 <dx@example.jp>",
        "a@example.jp\r\nBcc: all@example.jp",
        f"{'a' * 260}@example.jp",
        f"a@{'部' * 60}.jp",
        "a b@example.jp",
        '"a"b@example.jp',
    ],
)
def test_an_address_to_which_nobody_can_write_is_left_out_and_the_letter_leaves(post, typed):
    email = post(reply_to=typed)
    assert email.reply_to == ""
    assert compose(email, encoding="base64")["Reply-To"] is None


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("mail_one_line", {"subject": "a\nb"}),
        ("mail_one_line", {"subject": "a\rb"}),
        ("mail_one_line", {"to_address": "a@b.jp\nc@d.jp"}),
        ("mail_sender_one_line", {"from_name": "a\nb"}),
        ("mail_sender_one_line", {"from_name": "a\rb"}),
        ("mail_sender_one_line", {"reply_to": "a@b.jp\nc@d.jp"}),
    ],
)
def test_the_database_keeps_headers_to_one_line(db, promise, fields):
    with pytest.raises(IntegrityError, match=promise):
        builders.make_email(**fields)


@pytest.mark.parametrize("column", ["to_address", "from_name", "reply_to", "subject", "body"])
def test_the_text_of_an_email_is_frozen_even_for_a_shell(email, column):
    with pytest.raises(IntegrityError, match="is frozen"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE mail_email SET {column} = 'rewritten'")


def test_only_a_sensitive_text_is_emptied_and_only_when_nothing_will_be_sent(db):
    sent = builders.make_email(state=JobState.DONE)
    waiting = builders.make_email(state=JobState.WAITING, sensitive=True)
    running = builders.make_email(state=JobState.RUNNING, sensitive=True)
    spent = builders.make_email(state=JobState.DONE, sensitive=True)

    for email in (sent, waiting, running):
        with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
            Email.objects.filter(pk=email.pk).update(body="")
    assert Email.objects.filter(pk=spent.pk).update(body="") == 1
