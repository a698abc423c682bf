"""Each letter has a sender of its own on its envelope, which nobody else can make."""

import pytest

from foundation.jobs.worker import Worker
from foundation.mail.envelope import envelope_sender, letter_of
from foundation.mail.models import Email
from tests import builders


@pytest.fixture(autouse=True)
def bounces(settings):
    settings.BOUNCE_ADDRESS = "bounces@example.jp"
    settings.MAIL_DELIVERY = "smtp"


def test_the_envelope_says_which_letter_it_is_and_the_header_says_whose(post, sink, smtp):
    first, second = post(1), post(2)
    Worker().run_once()

    assert sink.senders == [f"<{envelope_sender(email)}>" for email in (first, second)]
    assert envelope_sender(first).startswith(f"bounces+{first.pk}-")
    assert [letter_of([sender]) for sender in sink.senders] == [first, second]
    assert [b"bounces" in received for received in sink.received] == [False, False]


def test_without_a_bounce_address_the_envelope_bears_the_systems(post, sink, smtp, settings):
    settings.BOUNCE_ADDRESS, settings.DEFAULT_FROM_EMAIL = "", "ポータル <office@example.jp>"
    post()
    Worker().run_once()

    assert sink.senders == ["<office@example.jp>"]


def test_there_is_room_for_the_longest_number(email, settings):
    settings.BOUNCE_ADDRESS = f"{'b' * 27}@example.jp"
    Email.objects.update(id=10**18 - 1)
    email = Email.objects.get()

    assert len(envelope_sender(email).partition("@")[0]) <= 64
    assert letter_of([envelope_sender(email)]) == email


def test_servers_may_write_it_in_capitals_and_in_brackets(email):
    assert letter_of(["部会 <sato@example.jp>", f"<{envelope_sender(email).upper()}>"]) == email


def test_nobody_makes_one_up(email):
    other = builders.make_email()
    local = envelope_sender(email).partition("-")[2]
    forged = [f"bounces+{other.pk}-{local}", f"bounces+{email.pk}-{'0' * 16}@example.jp", "bounces@example.jp"]

    assert letter_of(forged) is None
    assert letter_of([f"bounces+{10**18 - 1}-{'0' * 16}@example.jp"]) is None


def test_it_fits_no_other_letter_that_got_its_number_after_a_restore(email):
    sender, number = envelope_sender(email), email.pk
    email.delete()
    builders.make_email(pk=number)

    assert letter_of([sender]) is None


def test_a_report_comes_days_later_when_the_key_was_replaced(email, settings):
    sender = envelope_sender(email)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert letter_of([sender]) == email
    settings.SECRET_KEY_FALLBACKS = []
    assert letter_of([sender]) is None


def test_of_many_addresses_few_are_asked_for(email, django_assert_num_queries):
    made_up = [f"bounces+{number}-{'0' * 16}@example.jp" for number in range(1000)]
    with django_assert_num_queries(10):
        assert letter_of([*made_up, envelope_sender(email)]) is None
