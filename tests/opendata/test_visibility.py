"""Who sees which data set (domain: who sees what; the original is never public)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from opendata.models import DatasetVersion
from tests import builders

EVERYBODY = ["sato", "tanaka", "kimura", "suzuki", "abe", "stranger", "steward", "nobody"]


@pytest.fixture
def steward(town):
    return builders.make_user(is_data_steward=True)


@pytest.fixture
def nobody():
    return AnonymousUser()


def those_who_see(request, thing):
    model = type(thing)
    visible = {name: model.objects.visible_to(request.getfixturevalue(name)) for name in EVERYBODY}
    return [name for name, things in visible.items() if thing in things]


INSIDE = ["kimura", "suzuki", "steward"]


def test_a_draft_is_seen_by_its_section_and_the_reviewers(request, draft):
    assert those_who_see(request, draft) == INSIDE
    assert those_who_see(request, draft.dataset) == INSIDE


def test_what_was_published_is_seen_by_everybody(request, published):
    assert those_who_see(request, published) == EVERYBODY


def test_the_next_version_is_seen_inside_only(request, published, kimura):
    following = builders.make_version(dataset=published.dataset, number=2)
    assert those_who_see(request, following) == INSIDE
    assert those_who_see(request, published.dataset) == EVERYBODY


def test_versions_of_what_was_withdrawn_are_seen_inside_only(request, published, withdrawn):
    assert those_who_see(request, published) == INSIDE


def test_the_catalogue_has_neither_drafts_nor_what_was_withdrawn(draft, environment_section, kimura, suzuki):
    shown = builders.make_dataset(department=environment_section, by=kimura)
    builders.make_version(dataset=shown, state="published")
    gone = builders.make_dataset(
        department=environment_section,
        by=kimura,
        withdrawn_at="2026-11-20T00:00Z",
        withdrawn_by=suzuki,
        withdrawn_reason="誤り",
    )
    builders.make_version(dataset=gone, state="published")
    assert [version.dataset for version in DatasetVersion.objects.current()] == [shown]


def test_the_newest_version_is_the_current_one(published, later):
    assert list(DatasetVersion.objects.current()) == [later]
