"""The published report at its permanent address."""

import copy

import pytest
from django.urls import reverse

from foundation.actions import Actor
from meetings.actions import record
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS


@pytest.fixture(scope="module")
def draft_once(for_the_module):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def draft(db, draft_once):
    return copy.deepcopy(draft_once)


@pytest.fixture
def first(draft):
    """Published."""
    draft.approve()
    draft.publish()
    return draft


def address(first, name="report"):
    return reverse(f"reports:{name}", args=[first.group.slug, 1])


def test_anyone_reads_a_published_report(first, client, django_assert_num_queries):
    with django_assert_num_queries(4):
        page = client.get(address(first))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    assert "○通常の業務との両立を心配する声あり" in page.content.decode()


def test_the_page_says_under_which_terms_it_may_be_used(first, town, client):
    terms = '<a href="https://creativecommons.org/licenses/by/4.0/legalcode.ja" rel="license external">'
    assert terms in client.get(address(first)).content.decode()


def test_the_text_is_the_frozen_one(first, client):
    page = client.get(address(first, "report_text"))
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.content.decode() == first.text()


@pytest.mark.parametrize("name", ["report", "report_text"])
def test_who_has_it_already_is_told_so(first, client, name):
    etag = client.get(address(first, name)).headers["ETag"]
    again = client.get(address(first, name), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_typed_is_text(first, client):
    first.correct("<b>太字</b>")
    assert "&lt;b&gt;太字&lt;/b&gt;" in client.get(address(first)).content.decode()


def test_later_changes_stay_at_the_desk_until_they_are_published(first, client):
    record.add_entry(meeting=first.meeting, by=Actor(first.desk), item=first.items[0], text="あとから書いた行")
    assert "あとから書いた行" not in client.get(address(first)).content.decode()


def test_a_correction_says_what_and_when(first, client):
    first.correct("あとから書いた行")
    page = client.get(address(first)).content.decode()
    assert "一部訂正（訂正箇所：議題1に1行を加えた）" in page
    assert "あとから書いた行" in page


@pytest.mark.parametrize("name", ["report", "report_text"])
def test_a_withheld_report_says_why_and_shows_nothing(first, client, name):
    first.withhold()
    page = client.get(address(first, name))
    text = page.content.decode()
    assert page.status_code == 410
    assert "個人情報が含まれていたため" in text
    assert "両立を心配する" not in text


def test_after_withholding_a_corrected_report_is_shown_again(first, client):
    first.withhold()
    first.correct("書き直した行")
    assert "書き直した行" in client.get(address(first)).content.decode()


def test_what_is_not_published_does_not_exist(draft, client):
    for name in ("report", "report_text"):
        assert client.get(address(draft, name)).status_code == 404


def test_a_closed_group_shows_its_report_to_its_own_people(first, as_, client, stranger):
    first.group.is_public = False
    first.group.save()
    assert client.get(address(first)).status_code == 404
    assert as_(stranger).get(address(first)).status_code == 404
    assert as_(first.chair.user).get(address(first)).status_code == 200


def test_numbers_of_no_meeting_are_not_found(first, client):
    for number in (0, 2, 99999999999999999999):
        assert client.get(f"/groups/{first.group.slug}/meetings/{number}/report/").status_code == 404
