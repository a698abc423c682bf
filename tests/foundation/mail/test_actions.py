import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.mail import actions, queue
from foundation.mail.delivery import FolderDelivery
from foundation.mail.models import Letter
from foundation.mail.states import CANCELLABLE, NEEDING_A_PERSON, LetterState

LEASE = FolderDelivery.lease


@pytest.fixture
def uncertain(letter):
    queue.uncertain(queue.take(LEASE), "送信の途中で止まりました")
    return letter


def test_the_administrator_sends_again_what_may_not_have_arrived(uncertain, abe):
    actions.resend(letter=uncertain, by=Actor(abe))

    uncertain.refresh_from_db()
    assert (uncertain.state, uncertain.attempts) == (LetterState.WAITING, 0)
    event = Event.objects.get()
    assert (event.by, event.action, event.target_id, event.changes) == (
        abe,
        "mail.resend",
        uncertain.pk,
        {"state": "uncertain"},
    )
    assert queue.take(LEASE) == uncertain


def test_the_administrator_cancels_a_letter_that_waits(letter, abe):
    actions.cancel(letter=letter, by=Actor(abe))

    assert queue.take(LEASE) is None
    assert Event.objects.get().action == "mail.cancel"


def test_a_cancelled_login_code_is_emptied(post, abe):
    actions.cancel(letter=post(body="ログインコード：123456", sensitive=True), by=Actor(abe))

    assert Letter.objects.get().body == ""


def in_state(letter, state):
    """As only the queue would bring it there."""
    Letter.objects.update(
        state=state,
        lease_until=letter.created_at if state == LetterState.SENDING else None,
        sent_at=letter.created_at if state == LetterState.SENT else None,
    )


@pytest.mark.parametrize("state", set(LetterState) - NEEDING_A_PERSON)
def test_other_letters_are_not_sent_again(letter, abe, state):
    in_state(letter, state)
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(letter=letter, by=Actor(abe))
    assert Event.objects.count() == 0


@pytest.mark.parametrize("state", set(LetterState) - CANCELLABLE)
def test_what_left_or_is_in_hand_cannot_be_called_back(letter, abe, state):
    in_state(letter, state)
    with pytest.raises(ValidationError, match="取り消せません"):
        actions.cancel(letter=letter, by=Actor(abe))


def test_a_spent_login_code_is_not_sent_again(post, abe):
    post(sensitive=True)
    queue.undeliverable(queue.take(LEASE), "550 no such user")
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(letter=Letter.objects.get(), by=Actor(abe))
