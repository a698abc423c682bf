"""Every answer tells the browser what it must not do: pages, files, refusals and failures alike."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from foundation.http.wsgi import HeadsOnly, RefuseOtherEncodings

PROMISED = {
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
}
ANSWERS = {
    "/public/": 200,
    "/for-members/": 302,
    "/static/css/base.css": 200,
    "/no-such-page/": 404,
    "/public/?q=%00": 400,
    "/public/%ff/": 400,
    "/away/": 503,
    "/broken/": 500,
}


# ASVS V3.4.3, V3.4.4, V3.4.5, V3.4.6, V3.4.8
@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_every_answer_carries_the_promises(address, status):
    answer = Client(raise_request_exception=False).get(address)

    answer.close()

    assert answer.status_code == status
    assert PROMISED - set(answer.headers) == set()


# ASVS V3.4.2
@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_no_answer_is_meant_for_pages_of_other_sites(address, status):
    answer = Client(raise_request_exception=False).get(address, headers={"origin": "https://evil.example"})

    answer.close()

    assert answer.status_code == status
    assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []


# ASVS V3.4.3
def test_a_wrong_host_is_refused_under_the_same_promises(client):
    answer = client.get("/public/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert PROMISED - set(answer.headers) == set()


# ASVS V3.4.3, V3.7.1
def test_no_script_and_no_foreign_source_is_allowed(client):
    policy = client.get("/public/")["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
    ]


def test_a_refusal_is_stored_nowhere_it_could_be_read_from(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert client.get("/public/?q=%00")["Cache-Control"] == "no-store"


# ASVS V4.1.1
def test_what_is_refused_before_django_is_plain_text_and_stays_so():
    told = {}

    def start_response(status, headers):
        told.update(dict(headers), status=status)

    environ = {"CONTENT_TYPE": "text/plain; charset=base64"}
    RefuseOtherEncodings(HttpResponse)(environ, start_response)

    assert told == {
        "status": "400 Bad Request",
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }


def test_an_answer_to_head_has_no_body_and_is_closed():
    """gunicorn would complain of each, and the demo's terminal belongs to the text that says where to go."""
    answer = HttpResponse("page")
    application = HeadsOnly(lambda *_: answer)
    assert (application({"REQUEST_METHOD": "HEAD"}, None), answer.closed) == ([], True)
    assert application({"REQUEST_METHOD": "GET"}, None) is answer
