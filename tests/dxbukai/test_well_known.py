"""What machines look for at fixed addresses."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from members.models import Municipality

SECURITY = "/.well-known/security.txt"


def lines(response):
    return response.content.decode().splitlines()


def test_crawlers_leave_doors_alone(client, town, settings):
    settings.SITE_URL = "https://dx.city.example.jp"
    page = client.get("/robots.txt")
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert lines(page) == [
        "User-agent: *",
        "Disallow: /a/",
        "Disallow: /accounts/",
        "Disallow: /manage/",
        "Disallow: /data/mine/",
        "Disallow: /data/review/",
        "Sitemap: https://dx.city.example.jp/sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("email", "phone", "ways"),
    [
        ("dx@city.example.jp", "", ["Contact: mailto:dx@city.example.jp"]),
        ("", "0123-45-6789（直通）", ["Contact: tel:+81-123456789"]),
        ("dx@city.example.jp", "内線 2345", ["Contact: mailto:dx@city.example.jp"]),
    ],
)
def test_whoever_found_a_hole_learns_whom_to_tell(client, town, settings, email, phone, ways):
    Municipality.objects.update(contact_email=email, contact_phone=phone)
    settings.SITE_URL = "https://dx.city.example.jp"
    *contacts, expires, language, canonical = lines(client.get(SECURITY))
    ends = datetime.fromisoformat(expires.removeprefix("Expires: ")) - timezone.now()
    assert (contacts, language) == (ways, "Preferred-Languages: ja")
    assert timedelta(days=178) < ends < timedelta(days=181)
    assert canonical == "Canonical: https://dx.city.example.jp/.well-known/security.txt"


def test_a_town_without_a_contact_says_nothing(client, town):
    Municipality.objects.update(contact_email="", contact_phone="内線 2345")
    assert client.get(SECURITY).status_code == 404
    Municipality.objects.all().delete()
    assert client.get(SECURITY).status_code == 404
