"""What citizens read of the site: the town's words, and beside them what the portal itself can say."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.calendar import wareki
from foundation.ledger.held import Known
from foundation.ledger.models import Restoration
from members.licences import TERMS
from tests import builders

POLICIES = ["/about/policy/", "/about/privacy/", "/about/accessibility/"]
FACTS = re.compile(r"<dd[^>]*>(.*?)</dd>")
THIS_YEAR = wareki.year_of_april(timezone.localdate())


@pytest.fixture
def contact(town):
    town.main_phone = "0000-11-1111"
    town.contact_section, town.contact_phone, town.contact_email = "行政経営課", "0000-00-0000", "a@example.jp"
    town.save()
    return town


def test_whom_to_ask_stands_there_before_the_town_has_decided_on_a_text(client, contact):
    page = client.get("/about/").text
    assert FACTS.findall(page) == ["見本市", "行政経営課", "0000-00-0000", "a@example.jp"]


def test_a_town_that_has_entered_nothing_says_that_it_will(client, town):
    assert "連絡先を準備しています。" in client.get("/about/").text


def test_each_desk_of_a_public_group_of_late_can_be_asked(client, contact):
    section = builders.make_department(name="情報課")
    words = {"contact_department": section, "contact_phone": "内線 2345", "contact_email": "dx@example.jp"}
    builders.make_group(slug="now", fiscal_year=THIS_YEAR, **words)
    builders.make_group(slug="last", fiscal_year=THIS_YEAR - 1)
    builders.make_group(slug="old", fiscal_year=THIS_YEAR - 2)
    builders.make_group(slug="closed", fiscal_year=THIS_YEAR, is_public=False)
    page = client.get("/about/").text
    assert re.findall(r'<h4><a href="(.*?)">', page) == ["/groups/now/", "/groups/last/"]
    now, last = ["情報課", "0000-11-1111（代表） 内線 2345", "dx@example.jp"], ["0000-11-1111（代表）"]
    assert FACTS.findall(page)[4:] == [*now, *last]


@pytest.mark.parametrize("groups", [1, 3, 30])
def test_many_desks_cost_as_much_as_one(client, contact, groups, django_assert_num_queries):
    for number in range(groups):
        builders.make_group(slug=f"group-{number}", fiscal_year=THIS_YEAR, contact_department=None)
    with django_assert_num_queries(3):
        client.get("/about/")


@pytest.mark.parametrize("address", POLICIES)
def test_before_the_town_has_decided_the_page_says_so(client, town, address):
    page = client.get(address).text
    assert ("準備中です" in page, "決定と改定の履歴" in page) == (True, False)


@pytest.mark.parametrize("address", POLICIES)
def test_a_citizen_gets_no_cookie(client, town, address):
    assert client.get(address).cookies == {}


@pytest.mark.parametrize("address", ["/about/contact/", "/about/results/", "/about/nothing/"])
def test_nothing_else_has_a_page(client, town, address):
    assert client.get(address).status_code == 404


def test_the_policy_names_each_licence_with_its_text(client, town):
    page = client.get("/about/policy/").text
    assert re.findall(r'href="(https://[^"]+)"', page) == [terms.url for terms in TERMS.values()]


def test_the_facts_about_keeping_stand_apart_from_the_town_s_words(client, town, abe):
    facts = client.get("/about/privacy/").text.partition('id="facts"')[2]
    builders.make_published_statement(by=abe, body="本市の文")
    page = client.get("/about/privacy/").text
    assert "出欠の回答" in facts
    assert page.partition('id="facts"')[2].partition("</section>")[0] == facts.partition("</section>")[0]


def test_results_are_linked_once_they_are_published(client, town, abe):
    address = "/about/accessibility/"
    assert "公開している試験結果はありません。" in client.get(address).text
    assert "準備中です" in client.get(reverse("statements:results")).text


def test_after_a_restore_the_town_s_texts_wait_and_whom_to_ask_does_not(client, contact, abe, monkeypatch):
    """What came back may have been withdrawn since."""
    builders.make_published_statement(by=abe, body="古い文")
    builders.make_published_statement(by=abe, statement="contact", body="古い案内")
    monkeypatch.setattr(Known, "is_open", False)
    Restoration.objects.create(backup_at=timezone.now() - timedelta(days=1), ledger_was_whole=False)
    client.logout()
    assert [client.get(address).status_code for address in (*POLICIES, reverse("statements:results"))] == [503] * 4
    page = client.get("/about/")
    assert (page.status_code, "0000-00-0000" in page.text, "古い案内" in page.text) == (200, True, False)
