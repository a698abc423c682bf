"""Inside the group: what the others tell of themselves, with the post that they hold today."""

import pytest
from django.urls import reverse

from tests import builders


def test_the_sheets_that_were_shown_are_read_inside_the_group(as_, sato, expert, group):
    sheet = builders.make_sheet(membership=expert, wants="地域と役所をつなぐ")
    client = as_(sato)
    page = client.get(reverse("members:sheets", args=[group.slug]))
    assert [person.sheet for person in page.context["people"]] == [sheet]
    page = client.get(reverse("members:sheet", args=[group.slug, sheet.pk]))
    assert "地域と役所をつなぐ" in page.content.decode()


def test_a_sheet_has_no_address_in_another_group(as_, sato, expert, member, group):
    sheet = builders.make_sheet(membership=expert)
    elsewhere = builders.make_group()
    assert as_(sato).get(reverse("members:sheet", args=[elsewhere.slug, sheet.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_sheets_ask_the_database_as_often_for_many(as_, sato, group, count, django_assert_num_queries):
    for _ in range(count):
        builders.make_sheet(membership=builders.make_membership(group=group))
    client = as_(sato)
    with django_assert_num_queries(6):
        client.get(reverse("members:sheets", args=[group.slug]))


def test_a_sheet_stands_under_the_post_of_today(as_, sato, member, expert, group):
    sheet = builders.make_sheet(membership=member)
    page = as_(sato).get(reverse("members:sheet", args=[group.slug, sheet.pk]))
    assert (page.context["person"], page.context["person"].post) == (member, "市民課 主査")


def test_who_left_reads_the_own_sheet_without_a_post(as_, sato, member, expert, group):
    sheet = builders.make_sheet(membership=member)
    member.terms.update(valid_to="2026-04-01")
    page = as_(sato).get(reverse("members:sheet", args=[group.slug, sheet.pk]))
    assert (page.context["person"], page.context["person"].post) == (member, "")


def test_only_who_has_a_sheet_to_write_is_led_to_it(as_, sato, suzuki, member, group):
    address = reverse("members:sheets", args=[group.slug])
    assert [as_(person).get(address).context["own"] for person in (sato, suzuki)] == [member, None]
