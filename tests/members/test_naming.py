"""Whose names citizens read on the page of a body: those who agreed, and of the others how many they are."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.db import clock
from members.actions.naming import set_naming
from members.models import Membership
from members.states import Category, Office
from tests import builders


@pytest.fixture
def body(db):
    return builders.make_group(
        slug="body",
        name="環境審議会",
        aim="環境の保全について審議する。",
        charter_text="第1条　環境審議会を置く。",
    )


@pytest.fixture
def suzuki(body):
    user = builders.make_user(family="鈴木")
    builders.make_grant(group=body, user=user)
    return user


@pytest.fixture
def people(body):
    """A chair, a member, and one of the secretariat, who is not counted."""
    cast = [("会田", Category.MEMBER), ("委川", Category.MEMBER), ("事山", Category.SECRETARIAT)]
    found = [
        builders.make_membership(group=body, category=category, user=builders.make_user(family=family))
        for family, category in cast
    ]
    body.office_terms.create(membership=found[0], office=Office.CHAIR, valid_from=builders.LONG_AGO)
    return found


def agree(body, by, *people, agreed_on=None):
    set_naming(group=body, by=Actor(by), people=[one.pk for one in people], agreed_on=agreed_on or clock.today())


def shown(client):
    return client.get(reverse("group", args=["body"])).content.decode()


def test_who_agreed_is_named_with_post_and_term_and_the_others_are_counted(body, suzuki, people, client):
    agree(body, suzuki, people[0])
    page = shown(client)
    assert "会田 一郎（部会長）" in page
    assert "公表の同意なし　1名" in page
    assert "委川" not in page
    assert "事山" not in page


def test_without_anybody_s_consent_nobody_is_named(people, client):
    page = shown(client)
    assert "公表の同意なし　2名" in page
    assert "会田" not in page


def test_the_day_of_the_consent_is_kept_and_it_is_taken_back(body, suzuki, people):
    before = clock.today() - timedelta(days=3)
    agree(body, suzuki, people[0], agreed_on=before)
    agree(body, suzuki, *people[:2])
    assert [Membership.objects.get(pk=one.pk).named_since for one in people[:2]] == [before, clock.today()]
    agree(body, suzuki, people[1])
    assert Membership.objects.get(pk=people[0].pk).named_since is None
    changes = Event.objects.filter(action="members.set_naming").order_by("-pk")[0].changes
    assert (changes["added"], changes["removed"]) == ([], [people[0].pk])


def test_the_desk_alone_records_it_and_none_of_tomorrow(body, suzuki, people):
    with pytest.raises(PermissionDenied):
        agree(body, people[0].user, people[0])
    with pytest.raises(ValidationError, match="今日までの日付"):
        agree(body, suzuki, people[0], agreed_on=clock.today() + timedelta(days=1))


def test_the_desk_ticks_them_on_a_page(body, suzuki, people, client):
    client.force_login(suzuki)
    page = reverse("members:set_naming", args=["body"])
    assert "事山" not in client.get(page).content.decode()
    assert client.post(page, {"people": [people[1].pk], "agreed_on": "R8.4.1"}).url == page
    assert Membership.objects.get(pk=people[1].pk).named_since.isoformat() == "2026-04-01"


def test_citizens_read_what_the_body_is_for_and_its_charter(body, client):
    page = shown(client)
    assert "環境の保全について審議する。" in page
    assert "第1条　環境審議会を置く。" in page


def test_of_a_closed_body_citizens_read_nothing(body, client):
    body.is_public = False
    body.save()
    assert client.get(reverse("group", args=["body"])).status_code == 404
