"""What every answer of production promises, which no other mode does: cookies, TLS, and nothing beside it."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from foundation.http.wsgi import RefuseOtherEncodings
from tests.members.logins import PASSWORD

A_YEAR = "max-age=31536000; includeSubDomains; preload"
HTTPS = {"X-Forwarded-Proto": "https"}
ANSWERS = {
    "/about/": 200,
    "/manage/": 302,
    "/static/css/base.css": 200,
    "/no-such-page/": 404,
    "/about/?q=%00": 400,
    "/healthz": 200,
    "/readyz": 200,
}


# ASVS V3.3.1, V3.3.2, V3.3.3
def test_every_cookie_of_production_belongs_to_this_host_alone(production, client, known):
    """Those that are taken away again, too: a browser ignores a __Host- cookie that is not Secure."""
    client.get(reverse("account_login"), headers=HTTPS)
    client.post(reverse("account_login"), {"login": "sato@example.jp", "password": PASSWORD}, headers=HTTPS)
    client.post(reverse("account_logout"), headers=HTTPS)
    client.get(reverse("home"), headers=HTTPS)
    promises = ("secure", "path", "domain", "samesite")
    found = {name: tuple(cookie[promise] for promise in promises) for name, cookie in client.cookies.items()}
    ours = (True, "/", "", "Lax")
    assert found == {"__Host-csrftoken": ours, "__Host-messages": ours, "__Host-sessionid": ours}


# ASVS V3.4.1
@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_every_answer_keeps_browsers_to_tls_for_a_year(production, client, town, address, status):
    answer = client.get(address, headers=HTTPS)
    answer.close()
    assert (answer.status_code, answer.headers.get("Strict-Transport-Security")) == (status, A_YEAR)


# ASVS V3.4.1
def test_what_is_refused_before_django_does_too(production):
    told = {}
    environ = {"CONTENT_TYPE": "text/plain; charset=base64"}
    RefuseOtherEncodings(HttpResponse)(environ, lambda _status, headers: told.update(headers))
    assert told["Strict-Transport-Security"] == A_YEAR


# ASVS V4.1.2
def test_pages_lead_from_http_to_https_and_what_machines_ask_does_not(production, client, town):
    led = {address: client.get(address).headers.get("Location") for address in ("/about/", "/healthz", "/readyz")}
    assert led == {"/about/": "https://testserver/about/", "/healthz": None, "/readyz": None}


# ASVS V4.1.3
def test_a_visitor_who_names_another_host_gets_no_link_to_it(production, town):
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "8443", "X-Forwarded-Server": "evil.example"}
    assert Client().get("/manage", headers=HTTPS | forged).url == "/manage/"
    assert Client().get("/about/", headers=forged).url == "https://testserver/about/"
