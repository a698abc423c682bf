"""How somebody logs in, in tests."""

import time

from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from foundation.http.stamped import BEGAN
from foundation.jobs.registry import kinds
from foundation.jobs.worker import Worker
from foundation.mail.message import fill
from foundation.mail.models import Email
from members.states import LETTER_JOB

PASSWORD = "桜の下で三毛猫が眠る 2026"


def login(client, email="sato@example.jp", password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password, **data})


def who(client):
    return client.session.get("_auth_user_id")


def write_letters():
    """The worker writes what was asked for; sending them is another job."""
    Worker({LETTER_JOB: kinds()[LETTER_JOB]}).run_once()


def last_email():
    return Email.objects.order_by("-pk").first()


def last_letter():
    """As it reaches its reader."""
    write_letters()
    email = last_email()
    return fill(email.body, email.to)


def ask_for_code(client, email):
    """And follow to the page that asks for it; from there one begins anew by a button."""
    client.post(reverse("account_logout"))
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def code_of(secret):
    """What the app shows now, with time left to type it."""
    if 30 - time.time() % 30 < 2:
        time.sleep(2)
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def long_ago(client, *, minutes, stamp=BEGAN):
    """The session as it would be if so much time had passed since the login, or since somebody was there."""
    session = client.session
    session[stamp] = int(time.time()) - minutes * 60
    session.save()


def pages(response):
    """The addresses through which a visitor was led."""
    return [url for url, _status in response.redirect_chain]
