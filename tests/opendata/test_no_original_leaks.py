"""A secret stands in a column that was not ticked, above the header, and in the original file. It stays there."""

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.urls import reverse

from foundation.mail.models import Email
from opendata.table import originals
from tests.opendata.conftest import SECRET
from tests.test_architecture import views

PUBLIC_PAGES = [
    "/",
    "/data/",
    "/data/?q=090",
    "/data/public-toilet/",
    "/data/public-toilet/v1/",
    "/data/public-toilet.csv",
    "/data/public-toilet.json",
    "/data/public-toilet/v1.csv",
]


def test_the_secret_is_there_to_leak(published):
    assert SECRET in originals.load(published.original.name).decode("cp932")
    assert SECRET in published.rows.get(row=4).cells


def test_the_section_and_the_reviewer_see_it(as_, kimura, suzuki, submitted):
    assert SECRET in as_(kimura).get(reverse("opendata:table", args=["public-toilet"])).content.decode()
    assert SECRET in as_(suzuki).get(reverse("opendata:review_version", args=["public-toilet"])).content.decode()


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_no_public_page_or_file_has_it(client, published, address):
    response = client.get(address)
    assert response.status_code == 200
    body = response.getvalue().decode()
    assert SECRET not in body
    assert "担当者氏名" not in body


def test_no_public_page_names_the_original(client, published):
    for address in PUBLIC_PAGES:
        body = client.get(address).getvalue().decode()
        assert published.original_sha256 not in body
        assert published.original_name not in body


def test_no_email_has_it(suzuki, published):
    assert Email.objects.count() == 2
    assert [email for email in Email.objects.all() if SECRET in email.body + email.subject] == []


# ASVS V5.3.1
@pytest.mark.parametrize("start", ["/", "/media/", "/static/", "/files/", "/data/"])
def test_no_address_serves_the_stored_file(client, published, start):
    assert client.get(f"{start}{published.original.name}").status_code == 404


def test_the_file_is_no_static_file(published):
    assert finders.find(published.original.name) is None
    assert default_storage.exists(published.original.name)


# ASVS V5.3.1
def test_no_page_is_for_originals():
    assert [url for url, _view in views() if "original" in url] == []
