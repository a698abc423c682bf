"""Who is written down as the one who asked."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from foundation.audit.actor import Actor, Via


def request(**found):
    made = RequestFactory().get("/")
    for name, value in found.items():
        setattr(made, name, value)
    return made


def test_who_came_by_a_personal_link_asks_as_its_person(sato, abe):
    by_link = Actor(sato, Via.LINK)
    assert Actor.asking(request(actor=by_link, user=abe)) == by_link
    assert Actor.of(request(actor=by_link, user=abe)) == by_link


def test_who_is_logged_in_asks_as_themselves(sato):
    assert Actor.asking(request(user=sato)) == Actor.of(request(user=sato)) == Actor(sato)


def test_a_stranger_and_whoever_nobody_was_found_for_asks_as_nobody():
    nobody = Actor(None)
    assert [Actor.asking(request(user=AnonymousUser())), Actor.asking(request())] == [nobody, nobody]
