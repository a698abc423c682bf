"""A long list is read forwards and back, whatever is added meanwhile, at the same cost on every page."""

import pytest
from django.http import QueryDict

from foundation.ui.paging import page_by_key
from members.models import WorkingGroup
from tests import builders

KEY = ["-fiscal_year", "slug"]


@pytest.fixture
def five(db):
    """Two of this year, three of the last."""
    for slug, year in (("c", 2025), ("a", 2026), ("b", 2025), ("d", 2025), ("e", 2026)):
        builders.make_group(slug=slug, fiscal_year=year)


def page(query=""):
    return page_by_key(WorkingGroup.objects.all(), KEY, QueryDict(query.removeprefix("?")), size=2)


def slugs(rows):
    return [group.slug for group in rows]


def test_forwards_to_the_end(five):
    first = page()
    second = page(first.following)
    third = page(second.following)
    assert [slugs(rows) for rows in (first, second, third)] == [["a", "e"], ["b", "c"], ["d"]]
    assert (first.previous, third.following) == ("", "")


def test_and_back(five):
    third = page(page(page().following).following)
    second = page(third.previous)
    first = page(second.previous)
    assert [slugs(rows) for rows in (second, first)] == [["b", "c"], ["a", "e"]]
    assert (first.previous, bool(first.following)) == ("", True)


def test_what_is_added_above_moves_nothing(five):
    following = page().following
    builders.make_group(slug="0", fiscal_year=2026)
    assert slugs(page(following)) == ["b", "c"]


@pytest.mark.parametrize(("way", "slug"), [("before", "a"), ("after", "d")])
def test_where_nothing_stands_beyond_a_row_any_more_the_list_begins_anew(five, way, slug):
    begun = page(f"?q=a&{way}={WorkingGroup.objects.get(slug=slug).pk}")
    assert (slugs(begun), begun.previous, begun.following[:11]) == (["a", "e"], "", "?q=a&after=")


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=999999", "?before=", "?after=" + "9" * 30, "?page=3", "?before=²"]
)
def test_nonsense_is_the_first_page(five, query):
    assert slugs(page(query)) == ["a", "e"]


def test_other_questions_stay(five):
    assert page("?q=a&page=7").following.startswith("?q=a&after=")


@pytest.mark.parametrize(("many", "queries"), [(3, 1), (60, 1)])
def test_the_last_page_costs_what_the_first_does(db, many, queries, django_assert_num_queries):
    for number in range(many):
        builders.make_group(slug=f"g{number:03}")
    with django_assert_num_queries(queries):
        page()
    last = WorkingGroup.objects.order_by("-slug")[1]
    with django_assert_num_queries(queries + 1):
        page(f"?after={last.pk}")


def test_of_two_ways_the_one_forwards_is_gone(five):
    onward = page().following
    back = page(onward).previous
    assert slugs(page(f"{onward}&{back.removeprefix('?')}")) == slugs(page(onward)) == ["b", "c"]
