"""How somebody logs in, in tests."""

from django.urls import reverse

from foundation.mail.models import Email

PASSWORD = "桜の下で三毛猫が眠る 2026"


def login(client, email="sato@example.jp", password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password, **data})


def who(client):
    return client.session.get("_auth_user_id")


def last_email():
    return Email.objects.order_by("-pk").first()


def ask_for_code(client, email):
    """And follow to the page that asks for it; from there one begins anew by a button."""
    client.post(reverse("account_logout"))
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
