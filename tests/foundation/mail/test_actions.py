import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.jobs import queue
from foundation.jobs.states import CANCELLABLE, NEEDING_A_PERSON, JobState
from foundation.mail import actions
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from tests import builders


@pytest.fixture
def uncertain(email, take):
    queue.unclear(take(), "送信の途中で止まりました")
    return email


def test_the_administrator_sends_again_what_may_not_have_arrived(uncertain, take, abe):
    actions.resend(email=uncertain, by=Actor(abe))

    email = Email.objects.get()
    assert (email.state, email.job.attempts) == (EmailState.WAITING, 0)
    event = Event.objects.get()
    assert (event.by, event.action, event.target_id, event.changes) == (
        abe,
        "mail.resend",
        uncertain.pk,
        {"state": "unclear"},
    )
    assert take().email == uncertain


def test_the_administrator_cancels_an_email_that_waits(email, take, abe):
    actions.cancel(email=email, by=Actor(abe))

    assert take() is None
    assert Event.objects.get().action == "mail.cancel"


def test_a_cancelled_login_code_is_emptied(post, abe):
    actions.cancel(email=post(body="ログインコード：123456", sensitive=True), by=Actor(abe))

    assert Email.objects.get().body == ""


@pytest.mark.parametrize("state", sorted(set(JobState) - NEEDING_A_PERSON))
def test_other_emails_are_not_sent_again(state, abe):
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(email=builders.make_email(state=state), by=Actor(abe))
    assert Event.objects.count() == 0


@pytest.mark.parametrize("state", sorted(set(JobState) - CANCELLABLE))
def test_what_left_or_is_in_hand_cannot_be_called_back(state, abe):
    with pytest.raises(ValidationError, match="取り消せません"):
        actions.cancel(email=builders.make_email(state=state), by=Actor(abe))


def test_a_spent_login_code_is_not_sent_again(post, take, abe):
    post(sensitive=True)
    queue.failed(take(), "550 no such user")
    with pytest.raises(ValidationError, match="再送できません"):
        actions.resend(email=Email.objects.get(), by=Actor(abe))
