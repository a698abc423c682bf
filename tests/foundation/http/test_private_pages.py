import pytest

from foundation.http import PERSONAL_PATH


def test_a_public_page_may_be_stored_but_is_asked_for_again(client):
    page = client.get("/public/")

    assert page["Cache-Control"] == "no-cache"
    assert not page.cookies
    assert not page.has_header("Vary")


# ASVS V14.3.2
@pytest.mark.parametrize("address", ["/public/", "/for-members/"])
def test_a_person_s_pages_are_stored_nowhere(as_, sato, address):
    page = as_(sato).get(address)

    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")


# ASVS V14.2.2, V14.3.2
@pytest.mark.parametrize("address", [f"{PERSONAL_PATH}token/", "/with-form/"])
def test_neither_is_a_personal_link_s_page_nor_one_with_a_visitor_s_token(client, address):
    assert client.get(address)["Cache-Control"] == "no-store"


def test_nor_is_the_answer_to_a_form(client):
    assert client.post("/echo/")["Cache-Control"] == "no-store"
