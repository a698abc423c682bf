"""A link with a mark of its sentence glued on leads where it was meant to; a button's address says what it is."""

import pytest
from django.urls import reverse

from foundation.http.astray import without_glue
from members import links
from members.models import PersonalLink


@pytest.fixture
def address(member):
    link = PersonalLink.objects.create(membership=member, purpose="meeting", code_hash="1" * 64)
    return reverse("personal", args=[links.token(link)])


@pytest.mark.parametrize("glued", ["。", "）", "。」", ".", " ", "＞", "、"])
def test_a_link_with_a_mark_glued_on_opens(client, address, glued):
    assert client.get(f"{address}{glued}").url == address


def test_a_page_that_is_not_there_is_still_not_found(client, db):
    assert client.get("/nowhere。").status_code == 404
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.parametrize("path", ["//elsewhere.example/。", "/data/", "/a", "。"])
def test_nothing_is_led_elsewhere(path):
    assert without_glue(path) == ""


def test_nothing_that_was_sent_is_led_on(client, address):
    assert client.post(f"{address}。").status_code == 404


def test_the_address_of_a_button_says_that_nothing_was_done(as_, suzuki, group):
    answer = as_(suzuki).get(reverse("members:show_sheets", args=[group.slug]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "まだ何も行っていません。" in answer.content.decode()
