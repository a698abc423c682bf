"""The sentence for the next page waits in a cookie, where nobody can read it."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import reverse


# ASVS V14.3.3
def test_a_cookie_holds_a_token_or_what_nobody_can_read(as_, abe, sato):
    """The sentence for the next page names a person; whoever has the browser could read Django's own cookie."""
    office = as_(abe)
    office.post(reverse("members:end_sessions", args=[sato.pk]))
    assert sorted(office.cookies) == ["messages", "sessionid"]
    request = office.get("/healthz").wsgi_request
    request.COOKIES["messages"] = office.cookies["messages"].value
    assert CookieStorage(request)._get() == (None, True)
    said = "佐藤 花子さんの全ての端末のログインを終了しました。"
    assert said in office.get(reverse("members:edit_person", args=[sato.pk])).content.decode()
    assert said not in office.get(reverse("members:edit_person", args=[sato.pk])).content.decode()


@pytest.mark.parametrize("changed", ["", "x", "gAAAAABx", None])
def test_such_a_cookie_that_somebody_changed_says_nothing(as_, abe, sato, changed):
    office = as_(abe)
    office.post(reverse("members:end_sessions", args=[sato.pk]))
    office.cookies["messages"] = office.cookies["messages"].value[:-4] if changed is None else changed
    page = office.get(reverse("members:edit_person", args=[sato.pk]))
    assert (page.status_code, "終了しました。" in page.content.decode()) == (200, False)
