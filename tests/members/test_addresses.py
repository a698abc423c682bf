"""Where emails go, and which addresses open the door: an address is the administrators' business."""

import pytest
from django.urls import NoReverseMatch, reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.mail.models import Email
from members import links
from members.actions import people
from members.actions.links import personal_link, reissue_link
from members.login import with_desk
from members.models import User
from members.states import Channel, Purpose
from tests import builders
from tests.members.logins import ask_for_code, last_email, write_letters

# Where emails go


@pytest.mark.parametrize(
    ("own", "shared", "channel", "address"),
    [
        ("a@example.jp", "", Channel.MAIL, "a@example.jp"),
        ("a@example.jp", "ka@example.jp", Channel.MAIL, "ka@example.jp"),
        (None, "ka@example.jp", Channel.MAIL, "ka@example.jp"),
        (None, "", Channel.MAIL, ""),
        ("a@example.jp", "ka@example.jp", Channel.PAPER, ""),
    ],
)
def test_emails_go_to_the_shared_address_before_ones_own_and_never_to_who_gets_paper(
    own, shared, channel, address
):
    assert User(email=own, delivery_email=shared, channel=channel).address == address


def test_a_new_link_of_who_gets_paper_is_not_mailed(suzuki, group):
    on_paper = builders.make_membership(group=group, user=builders.make_user(channel=Channel.PAPER))
    link = personal_link(membership=on_paper, purpose=Purpose.SHEET, by=Actor(suzuki))
    reissue_link(link=link, by=Actor(suzuki))
    assert links.find_by_token(links.token(link)) is None
    assert not Email.objects.exists()


# Which addresses open the door


def test_an_address_that_was_taken_away_opens_nothing(client, sato, abe):
    for seen, email in enumerate(["another@example.jp", "sato@example.jp", "hanako@example.jp"], start=1):
        people.edit_person(person=sato, by=Actor(abe), seen=seen, email=email)
    ask_for_code(client, "sato@example.jp")
    write_letters()
    assert not Email.objects.filter(sensitive=True).exists()
    ask_for_code(client, "hanako@example.jp")
    write_letters()
    assert last_email().to_address == "hanako@example.jp"


def test_who_has_no_address_any_more_has_no_door_and_others_keep_theirs(sato, tanaka, abe):
    for person in (tanaka, sato):
        people.edit_person(person=person, by=Actor(abe), seen=1, phone="内線 1")
    people.edit_person(person=sato, by=Actor(abe), seen=2, email=None)
    kept = [list(person.emailaddress_set.values_list("email", flat=True)) for person in (sato, tanaka)]
    assert kept == [[], ["tanaka@example.com"]]


@pytest.mark.parametrize("name", ["account_email", "account_email_verification_sent"])
def test_there_are_no_pages_for_addresses(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_wrong_password_is_told_of_its_person_and_of_nobody_else(client, sato, tanaka):
    client.post(reverse("account_login"), {"login": "sato@example.jp", "password": "違う合い言葉です"})
    assert list(Event.objects.values_list("action", "target_id")) == [("members.fail_to_log_in", sato.pk)]


# What is loaded with whoever came in


def test_everybody_is_led_to_the_newest_desk_of_their_own(group, suzuki, sato):
    older = builders.make_group(slug="dx-before", fiscal_year=2025)
    builders.make_grant(group=older, user=suzuki)
    desks = dict(with_desk(User.objects.all()).values_list("family_name", "desk_slug"))
    assert desks == {"鈴木": "dx-now", "佐藤": None}


def test_a_desk_that_is_over_is_led_to_no_more(group, suzuki):
    suzuki.desk_grants.update(valid_to="2021-03-31")
    assert with_desk(User.objects.all()).get().desk_slug is None


# ASVS V6.3.7
def test_both_addresses_are_told_when_an_administrator_changes_it(sato, abe):
    people.edit_person(person=sato, by=Actor(abe), seen=1, email="hanako@example.jp")
    told = [(email.to_address, email.body.splitlines()[3]) for email in Email.objects.order_by("id")]
    assert told == [
        ("sato@example.jp", "このアドレスでは、ログインできなくなりました。"),
        ("hanako@example.jp", "今後は、このアドレスでログインしてください。"),
    ]


def test_nobody_is_told_of_an_address_that_stayed(sato, abe):
    people.edit_person(person=sato, by=Actor(abe), seen=1, phone="内線 1")
    assert not Email.objects.exists()
