"""Who sends too much is told how long to wait, and nothing that was typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

TYPED = {"opinion": "窓口が暗い。\r\n夕方は特に。"}


@pytest.fixture
def limits(settings):
    def chosen(**words):
        settings.BRAKES = {**settings.BRAKES, **words}

    return chosen


def shown(page):
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    return page.content.decode()


# ASVS V2.4.1
def test_who_is_not_logged_in_sends_so_much_and_no_more_and_keeps_what_was_typed(client, town, limits):
    limits(post_unknown="1/h/address")
    client.post("/for-members/", TYPED)
    page = shown(client.post("/for-members/", TYPED))
    assert "60分ほど待ってから" in page
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in page
    assert client.post("/for-members/", TYPED, REMOTE_ADDR="203.0.113.7").status_code == 302


def test_so_does_who_is_logged_in(as_, sato, tanaka, limits):
    limits(post="1/h/person")
    as_(sato).post("/for-members/", TYPED)
    assert "窓口が暗い" in shown(as_(sato).post("/for-members/", TYPED))
    assert as_(tanaka).post("/for-members/", TYPED).status_code == 200


def test_files_have_a_limit_of_their_own(as_, sato, limits):
    limits(upload="1/h/person")

    def send():
        return as_(sato).post("/for-members/", {"file": SimpleUploadedFile("公衆トイレ.csv", b"a,b"), **TYPED})

    assert send().status_code == 200
    assert "「公衆トイレ.csv」をもう一度選んでください" in shown(send())
    assert as_(sato).post("/for-members/", TYPED).status_code == 200


def test_texts_are_kept_only_so_often_and_stay_in_the_page_then(client, town, limits):
    limits(keep="1/h/address")
    client.post("/for-members/", TYPED)
    client.cookies.clear()
    page = client.post("/for-members/", TYPED)
    assert page.status_code == 429
    assert "窓口が暗い。\r\n夕方は特に。</pre>" in page.content.decode()
    assert "sessionid" not in client.cookies


def test_reading_is_never_held_up(client, town, limits):
    limits(post_unknown="1/h/address")
    assert [client.get("/").status_code for _ in range(3)] == [200] * 3
