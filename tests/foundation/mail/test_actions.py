import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.mail import actions, queue
from foundation.mail.delivery import FolderDelivery
from foundation.mail.models import Email
from foundation.mail.states import CANCELLABLE, NEEDING_A_PERSON, EmailState

LEASE = FolderDelivery.lease


@pytest.fixture
def uncertain(email):
    queue.uncertain(queue.take(LEASE), "送信の途中で止まりました")
    return email


def test_the_administrator_sends_again_what_may_not_have_arrived(uncertain, abe):
    actions.resend(email=uncertain, by=Actor(abe))

    uncertain.refresh_from_db()
    assert (uncertain.state, uncertain.attempts) == (EmailState.WAITING, 0)
    event = Event.objects.get()
    assert (event.by, event.action, event.target_id, event.changes) == (
        abe,
        "mail.resend",
        uncertain.pk,
        {"state": "uncertain"},
    )
    assert queue.take(LEASE) == uncertain


def test_the_administrator_cancels_an_email_that_waits(email, abe):
    actions.cancel(email=email, by=Actor(abe))

    assert queue.take(LEASE) is None
    assert Event.objects.get().action == "mail.cancel"


def test_a_cancelled_login_code_is_emptied(post, abe):
    actions.cancel(email=post(body="ログインコード：123456", sensitive=True), by=Actor(abe))

    assert Email.objects.get().body == ""


def in_state(email, state):
    """As only the queue would bring it there."""
    Email.objects.update(
        state=state,
        lease_until=email.created_at if state == EmailState.SENDING else None,
        sent_at=email.created_at if state == EmailState.SENT else None,
    )


@pytest.mark.parametrize("state", set(EmailState) - NEEDING_A_PERSON)
def test_other_emails_are_not_sent_again(email, abe, state):
    in_state(email, state)
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(email=email, by=Actor(abe))
    assert Event.objects.count() == 0


@pytest.mark.parametrize("state", set(EmailState) - CANCELLABLE)
def test_what_left_or_is_in_hand_cannot_be_called_back(email, abe, state):
    in_state(email, state)
    with pytest.raises(ValidationError, match="取り消せません"):
        actions.cancel(email=email, by=Actor(abe))


def test_a_spent_login_code_is_not_sent_again(post, abe):
    post(sensitive=True)
    queue.undeliverable(queue.take(LEASE), "550 no such user")
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(email=Email.objects.get(), by=Actor(abe))
