"""What is public changes by publication alone, and a published version keeps saying what it said."""

import json

import pytest
from django.urls import reverse

from foundation.actions import Actor
from members.states import Licence
from opendata import actions
from tests.opendata.conftest import CLEAN, publication


@pytest.fixture
def second(published, kimura):
    """A second version in work, which wants another title and gives up all rights."""
    version = actions.replace(
        dataset=published.dataset, seen=0, name="新しい一覧.csv", data=CLEAN.encode("utf-8-sig"), by=Actor(kimura)
    )
    version = actions.read(version=version, by=Actor(kimura))
    wanted = publication(version, title="新しい題名", licence=Licence.CC0)
    return actions.describe(version=version, by=Actor(kimura), seen=version.version, publication=wanted)


def card(client, *args):
    data = json.loads(client.get(reverse("opendata:dataset_json", args=args)).getvalue())
    return data["title"], data["licence"]


def test_a_draft_changes_nothing_that_is_public(second, client):
    assert card(client, second.dataset.slug) == ("公衆トイレ一覧", "CC-BY-4.0")


def test_its_own_pages_show_what_it_wants(second, as_, kimura):
    page = as_(kimura).get(reverse("opendata:publication", args=[second.dataset.slug]))
    assert (page.context["form"].initial["title"], page.context["form"].initial["licence"]) == (
        "新しい題名",
        "CC0-1.0",
    )


def test_publication_makes_it_public(second, kimura, publish, client):
    publish(actions.submit(version=second, by=Actor(kimura), seen=second.version))
    assert card(client, second.dataset.slug) == ("新しい題名", "CC0-1.0")


def test_the_first_version_goes_on_saying_what_it_said(second, kimura, publish, client):
    publish(actions.submit(version=second, by=Actor(kimura), seen=second.version))
    page = client.get(reverse("opendata:version", args=[second.dataset.slug, 1]))
    assert page.context["version"].licence == Licence.CC_BY_4
