from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from foundation.mail import queue
from foundation.mail.models import Email
from foundation.mail.states import EmailState

LEASE = timedelta(minutes=1)
OVER = timedelta(seconds=-1)


def state_of(email):
    return Email.objects.get(pk=email.pk).state


def test_the_email_longest_due_is_taken_first(post):
    post(1), post(2, due_at=Now() - timedelta(hours=1)), post(3, due_at=Now() + timedelta(hours=1))

    assert [queue.take(LEASE).dedupe_key for _ in range(2)] == ["email-2", "email-1"]
    assert queue.take(LEASE) is None


def test_a_login_code_overtakes_the_notices(post):
    post(1), post(2), post(3, sensitive=True)

    assert queue.take(LEASE).dedupe_key == "email-3"


def test_a_taken_email_carries_its_lease(email):
    taken = queue.take(LEASE)

    assert (taken.state, taken.attempts) == (EmailState.SENDING, 1)
    assert Email.objects.filter(lease_until__lte=Now() + LEASE, lease_until__gt=Now()).get() == taken


def test_a_sent_email_knows_when(email):
    assert queue.sent(queue.take(LEASE))

    email.refresh_from_db()
    assert (email.state, email.body) == (EmailState.SENT, "第2回を開催します。\n")
    assert email.created_at < email.sent_at < timezone.now()


@pytest.mark.parametrize("end", [queue.sent, queue.undeliverable, queue.uncertain])
def test_a_login_code_does_not_lie_around(post, end):
    email = post(sensitive=True, body="ログインコード：123456")
    end(queue.take(LEASE), "")

    email.refresh_from_db()
    assert email.body == ""


def test_an_email_refused_for_now_waits_longer_each_time(email):
    pauses = []
    for _ in range(queue.MAX_ATTEMPTS - 1):
        Email.objects.update(due_at=Now())
        started = timezone.now()
        queue.later(queue.take(LEASE), "450 greylisted")
        email.refresh_from_db()
        pauses.append((email.due_at - started) / timedelta(minutes=1))

    expected = [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert pauses == [pytest.approx(minutes, rel=0.25) for minutes in expected]
    assert (email.state, email.last_error) == (EmailState.WAITING, "450 greylisted")


def test_after_the_last_attempt_a_person_is_asked(email):
    Email.objects.update(attempts=queue.MAX_ATTEMPTS - 1)
    queue.later(queue.take(LEASE), "450 greylisted")

    assert list(Email.objects.needing_a_person()) == [email]
    assert state_of(email) == EmailState.UNDELIVERABLE


def test_an_abandoned_email_waits_again_where_delivering_twice_doubles_nothing(email):
    queue.take(OVER)

    assert queue.recover(repeatable=True) == 1
    assert state_of(email) == EmailState.WAITING


def test_an_abandoned_email_to_a_mail_server_is_a_persons_to_decide(email):
    queue.take(OVER)

    assert queue.recover(repeatable=False) == 1
    assert queue.take(LEASE) is None
    assert list(Email.objects.needing_a_person()) == [email]


def test_an_email_in_hand_is_not_abandoned(email):
    queue.take(LEASE)

    assert queue.recover(repeatable=True) == 0


def test_word_that_comes_late_still_counts(email):
    """The database was away for longer than the lease; the email had arrived."""
    taken = queue.take(OVER)
    queue.recover(repeatable=False)

    assert queue.sent(taken)
    assert state_of(email) == EmailState.SENT


def test_a_login_code_that_was_emptied_does_not_go_out_empty(post):
    post(sensitive=True)
    taken = queue.take(OVER)
    queue.recover(repeatable=False)

    assert not queue.later(taken, "450 greylisted")
    assert list(Email.objects.needing_a_person()) == []


def test_a_worker_that_outlived_its_lease_does_not_overrule_the_next(email):
    slow = queue.take(OVER)
    queue.recover(repeatable=True)
    queue.take(LEASE)

    assert not queue.undeliverable(slow, "550 no such user")
    assert state_of(email) == EmailState.SENDING
