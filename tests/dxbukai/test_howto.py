"""使い方, for whoever comes for the first time; tests/browser/test_howto.py follows the steps."""

import re

import pytest

from dxbukai.howto import SHEETS

pytestmark = pytest.mark.django_db


def test_nobody_needs_a_login_to_read_how_to_go_about_it(client, town):
    page = client.get("/about/howto/").content.decode()
    assert re.findall(r'<h2><a href="(.+?)">', page) == [f"/about/howto/{role}/" for role in SHEETS]


@pytest.mark.parametrize("role", SHEETS)
def test_a_sheet_has_numbered_steps_with_a_picture_each(client, town, role):
    page = client.get(f"/about/howto/{role}/").content.decode()
    assert re.findall(r"<h2>(\d)\. ", page) == list("123456")
    assert re.findall(r'src="/static/(img/howto/.+?)"', page) == [
        f"img/howto/{role}-{n}.webp" for n in range(1, 7)
    ]


def test_a_sheet_says_where_and_whom_to_ask(client, town, settings):
    settings.SITE_URL = "https://dx.city.example.jp"
    town.contact_section, town.contact_email = "情報政策課", "joho@city.example.jp"
    town.save()
    foot = client.get("/about/howto/member/").content.decode().partition('<p class="howto__foot">')[2]
    assert foot.partition("</p>")[0].split() == [
        "このポータルのアドレス：https://dx.city.example.jp/<br>",
        "分からないときは：情報政策課",
        "joho@city.example.jp",
    ]


def test_without_a_town_a_sheet_names_the_desk(client):
    assert "分からないときは：会議の事務局" in client.get("/about/howto/member/").content.decode()


def test_of_others_there_is_no_sheet(client, town):
    assert client.get("/about/howto/nobody/").status_code == 404
