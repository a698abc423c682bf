"""Personal links: derived, found again in whatever way they are typed, and dead when they are revoked."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from cryptography.fernet import InvalidToken
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.sealed import safe
from members import links
from members.actions.links import personal_link, revoke_link
from members.models import PersonalLink
from members.states import Purpose


@pytest.fixture
def link(member, suzuki):
    return personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))


def test_a_person_has_one_link_for_each_purpose(member, suzuki, link):
    assert personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki)) == link
    assert personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)) != link
    assert list(Event.objects.values_list("action", flat=True)) == ["members.personal_link"] * 2


def test_only_the_desk_makes_and_revokes_links(member, sato, link):
    with pytest.raises(PermissionDenied):
        personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(sato))
    with pytest.raises(PermissionDenied):
        revoke_link(link=link, by=Actor(sato))


def test_neither_token_nor_code_is_stored(link):
    stored = [str(value) for value in PersonalLink.objects.values_list().get(pk=link.pk)]
    assert links.token(link) not in stored
    assert links.code(link) not in stored


def test_the_token_opens_the_link(link):
    assert links.find_by_token(links.token(link)) == link


def test_each_token_opens_its_own_link(link, expert, suzuki):
    other = personal_link(membership=expert, purpose=Purpose.SHEET, by=Actor(suzuki))
    assert [links.find_by_token(links.token(one)) for one in (link, other)] == [link, other]


@pytest.mark.parametrize("damage", ["", "x", "1.1", "1.1.forged", ".", "..", "9" * 400])
def test_a_forged_token_opens_nothing(link, damage):
    assert links.find_by_token(damage) is None


# ASVS V9.1.1
def test_a_token_of_which_one_sign_was_changed_opens_nothing(link):
    token = links.token(link)
    changed = [f"{token[:at]}{'A' if sign != 'A' else 'B'}{token[at + 1 :]}" for at, sign in enumerate(token)]
    # Of the last sign two bits say nothing, and A and B differ in them: it is changed in the others.
    changed[-1] = f"{token[:-1]}{'z' if token[-1] in 'ABCDEFGH' else 'A'}"
    assert {one for one in changed if links.find_by_token(one) is not None} == set()
    assert links.find_by_token(token) == link


# ASVS V9.2.2
@pytest.mark.parametrize("purpose", ["members.login-code", "django.core.signing", "foundation.messages", ""])
def test_what_was_signed_for_another_purpose_opens_no_link(link, purpose):
    """By the same key, of the same numbers."""
    said = f"{link.pk}.{link.nonce}"
    assert links.find_by_token(signing.Signer(salt=links.SALT, sep=".").sign(said)) == link
    assert links.find_by_token(signing.Signer(salt=purpose, sep=".").sign(said)) is None


# ASVS V9.2.2
def test_a_link_is_no_key_to_choose_a_password_and_that_key_is_no_link(client, sato, link):
    key = default_token_generator.make_token(sato)
    assert [links.find_by_token(key), links.find_by_code(key)] == [None, None]
    address = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(sato), links.token(link)])
    assert "このリンクは使えません" in client.get(address, follow=True).content.decode()


# ASVS V9.2.2
def test_what_is_closed_for_one_purpose_is_not_opened_for_another():
    closed = safe("members.factors").encrypt(b"a seed")
    assert safe("members.factors").decrypt(closed) == b"a seed"
    with pytest.raises(InvalidToken):
        safe("foundation.messages").decrypt(closed)


def test_a_token_with_another_number_opens_nothing(link):
    _, nonce, signature = links.token(link).split(".")
    assert links.find_by_token(f"{link.pk + 1}.{nonce}.{signature}") is None


@pytest.mark.parametrize(
    "as_typed",
    [
        lambda code: code,
        lambda code: f"{code[:4]}-{code[4:]}",
        lambda code: f" {code[:4]} {code[4:]} ",
        lambda code: code.lower(),
        lambda code: code.translate({ord(c): ord(c) + 0xFEE0 for c in code}),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: f"{code[:4]}ー{code[4:]}",
        lambda code: f"{code[:4]}－{code[4:]}",
        lambda code: f"{code[:4]}\u3000{code[4:]}",
    ],
)
def test_a_code_is_forgiven_its_spelling(link, as_typed):
    assert links.find_by_code(as_typed(links.code(link))) == link


def test_revoking_kills_token_and_code(link, suzuki):
    token, code = links.token(link), links.code(link)
    renewed = revoke_link(link=link, by=Actor(suzuki))
    assert links.find_by_token(token) is None
    assert links.find_by_code(code) is None
    assert links.find_by_token(links.token(renewed)) == link
    assert links.find_by_code(links.code(renewed)) == link


def test_who_left_the_town_hall_has_no_door(link, sato):
    sato.is_active = False
    sato.save()
    assert links.find_by_token(links.token(link)) is None
    assert links.find_by_code(links.code(link)) is None


# ASVS V8.2.2
def test_an_email_gets_the_secrets_of_its_reader_alone(link, sato, suzuki):
    assert links.address_of(link.pk, sato) == links.slip(link)["address"]
    assert [links.address_of(link.pk, suzuki), links.code_of(link.pk, suzuki)] == [None, None]
    assert [links.address_of(link.pk, None), links.code_of(999_999, sato)] == [None, None]


def test_a_restored_portal_gives_nobody_an_address_that_somebody_else_holds(link, expert, suzuki):
    """A link that was made after the backup is forgotten, its number is free again, its email is not forgotten."""
    token, code = links.token(link), links.code(link)
    pk = link.pk
    link.delete()
    link_of_tanaka = personal_link(membership=expert, purpose=Purpose.SHEET, by=Actor(suzuki))
    PersonalLink.objects.filter(pk=link_of_tanaka.pk).update(id=pk)
    assert [links.find_by_token(token), links.find_by_code(code)] == [None, None]
