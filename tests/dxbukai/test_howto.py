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


def test_a_sheet_says_whom_to_ask(client, town):
    town.contact_section, town.contact_phone = "情報政策課", "0577-00-0000"
    town.save()
    assert "分からないときは：情報政策課\n0577-00-0000" in client.get("/about/howto/member/").content.decode()


def test_of_others_there_is_no_sheet(client, town):
    assert client.get("/about/howto/nobody/").status_code == 404
