"""A public page is made once, and never says what is no longer so."""

import pytest

from foundation.actions import SYSTEM, record
from foundation.audit.models import Event
from tests import builders

KEPT = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.fixture
def page(client, settings, environment_section, kimura):
    """`page()`: the title of the one list in the catalogue, as a citizen sees it."""
    settings.CACHES = settings.CACHES | {"pages": KEPT | {"LOCATION": str(environment_section.pk)}}
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    builders.make_version(dataset=dataset, state="published")

    def page_():
        body = client.get("/data/").content.decode()
        return environment_section.name if environment_section.name in body else ""

    return page_


def rename(department):
    """Behind the house's back: no action, no trail."""
    type(department).objects.filter(pk=department.pk).update(label="別の課")


def test_it_is_made_once(page, client, django_assert_num_queries):
    page()
    with django_assert_num_queries(1):
        page()


def test_an_action_makes_it_anew(page, environment_section):
    assert page() == "環境課"
    rename(environment_section)
    assert page() == "環境課"
    record(by=SYSTEM, action="members.edit_department", target=environment_section)
    assert page() == ""


def test_also_one_that_becomes_visible_late(page, environment_section):
    """Its number is lower than one that was seen before it."""
    record(by=SYSTEM, action="members.edit_department", target=environment_section)
    page()
    rename(environment_section)
    earlier = Event.objects.latest("id").pk - 1_000
    Event.objects.create(pk=earlier, action="members.edit_department", target_type="x", target_label="環境課")
    assert page() == ""


# ASVS V14.2.2
def test_whoever_may_be_somebody_gets_a_page_of_their_own(page, client, environment_section, kimura):
    page()
    rename(environment_section)
    client.force_login(kimura)
    assert page() == ""


def test_another_question_is_another_page(page, client):
    page()
    assert "当てはまるデータはありません" in client.get("/data/", {"q": "なし"}).content.decode()


def test_a_refusal_is_not_kept(page, client, settings):
    assert client.get("/data/nowhere/").status_code == 404
    assert client.get("/data/nowhere/").status_code == 404
