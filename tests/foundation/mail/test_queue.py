from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from foundation.mail import queue
from foundation.mail.models import Letter
from foundation.mail.states import LetterState

LEASE = timedelta(minutes=1)
OVER = timedelta(seconds=-1)


def state_of(letter):
    return Letter.objects.get(pk=letter.pk).state


def test_the_letter_longest_due_is_taken_first(post):
    post(1), post(2, due_at=Now() - timedelta(hours=1)), post(3, due_at=Now() + timedelta(hours=1))

    assert [queue.take(LEASE).dedupe_key for _ in range(2)] == ["letter-2", "letter-1"]
    assert queue.take(LEASE) is None


def test_a_login_code_overtakes_the_notices(post):
    post(1), post(2), post(3, sensitive=True)

    assert queue.take(LEASE).dedupe_key == "letter-3"


def test_a_taken_letter_carries_its_lease(letter):
    taken = queue.take(LEASE)

    assert (taken.state, taken.attempts) == (LetterState.SENDING, 1)
    assert Letter.objects.filter(lease_until__lte=Now() + LEASE, lease_until__gt=Now()).get() == taken


def test_a_sent_letter_knows_when(letter):
    assert queue.sent(queue.take(LEASE))

    letter.refresh_from_db()
    assert (letter.state, letter.body) == (LetterState.SENT, "第2回を開催します。\n")
    assert letter.created_at < letter.sent_at < timezone.now()


@pytest.mark.parametrize("end", [queue.sent, queue.undeliverable, queue.uncertain])
def test_a_login_code_does_not_lie_around(post, end):
    letter = post(sensitive=True, body="ログインコード：123456")
    end(queue.take(LEASE), "")

    letter.refresh_from_db()
    assert letter.body == ""


def test_a_letter_refused_for_now_waits_longer_each_time(letter):
    pauses = []
    for _ in range(queue.MAX_ATTEMPTS - 1):
        Letter.objects.update(due_at=Now())
        started = timezone.now()
        queue.later(queue.take(LEASE), "450 greylisted")
        letter.refresh_from_db()
        pauses.append((letter.due_at - started) / timedelta(minutes=1))

    expected = [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert pauses == [pytest.approx(minutes, rel=0.25) for minutes in expected]
    assert (letter.state, letter.last_error) == (LetterState.WAITING, "450 greylisted")


def test_after_the_last_attempt_a_person_is_asked(letter):
    Letter.objects.update(attempts=queue.MAX_ATTEMPTS - 1)
    queue.later(queue.take(LEASE), "450 greylisted")

    assert list(Letter.objects.needing_a_person()) == [letter]
    assert state_of(letter) == LetterState.UNDELIVERABLE


def test_an_abandoned_letter_waits_again_where_delivering_twice_doubles_nothing(letter):
    queue.take(OVER)

    assert queue.recover(repeatable=True) == 1
    assert state_of(letter) == LetterState.WAITING


def test_an_abandoned_letter_to_a_mail_server_is_a_persons_to_decide(letter):
    queue.take(OVER)

    assert queue.recover(repeatable=False) == 1
    assert queue.take(LEASE) is None
    assert list(Letter.objects.needing_a_person()) == [letter]


def test_a_letter_in_hand_is_not_abandoned(letter):
    queue.take(LEASE)

    assert queue.recover(repeatable=True) == 0


def test_word_that_comes_late_still_counts(letter):
    """The database was away for longer than the lease; the letter had arrived."""
    taken = queue.take(OVER)
    queue.recover(repeatable=False)

    assert queue.sent(taken)
    assert state_of(letter) == LetterState.SENT


def test_a_login_code_that_was_emptied_does_not_go_out_empty(post):
    post(sensitive=True)
    taken = queue.take(OVER)
    queue.recover(repeatable=False)

    assert not queue.later(taken, "450 greylisted")
    assert list(Letter.objects.needing_a_person()) == []


def test_a_worker_that_outlived_its_lease_does_not_overrule_the_next(letter):
    slow = queue.take(OVER)
    queue.recover(repeatable=True)
    queue.take(LEASE)

    assert not queue.undeliverable(slow, "550 no such user")
    assert state_of(letter) == LetterState.SENDING
