"""What a key answers is typed by nobody: whatever is sent in its place is refused in words, wherever it is asked.

What a real key answers is tested in a browser (tests/browser/test_keys.py).
"""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.urls import reverse

from tests.members.a_key import REGISTERED
from tests.members.logins import login, long_ago, pages, who

ADD_KEY, AT_LOGIN = reverse("members:add_key"), reverse("mfa_authenticate")
AGAIN = reverse("mfa_reauthenticate_webauthn")
NOT_TAKEN = "パスキー・セキュリティキーを確認できませんでした。もう一度操作してください。"
HALF = '{"id": "aaaa", "rawId": "aaaa", "type": "public-key", "response": {"clientDataJSON": "e30"}}'
FORGED = [
    "",
    "not json",
    "null",
    "1",
    "[]",
    "{}",
    '"text"',
    '{"id": 1, "rawId": [], "response": null, "type": "public-key"}',
    HALF,
    HALF.replace('"e30"', '"e30", "attestationObject": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA"'),
    HALF.replace('"e30"', '"💥", "attestationObject": "💥", "authenticatorData": "💥", "signature": "💥"'),
]


@pytest.mark.parametrize("forged", FORGED)
def test_setting_up(as_, sato, forged):
    client = as_(sato)
    client.post(ADD_KEY, {"name": "鍵"})
    page = client.post(ADD_KEY, {"name": "鍵", "credential": forged})
    assert NOT_TAKEN in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.fixture
def key(known):
    return WebAuthn.add(known, "職場のパソコン", REGISTERED).instance


@pytest.mark.parametrize("forged", FORGED)
def test_at_the_login(client, known, key, forged):
    assert login(client).url == AT_LOGIN
    client.get(AT_LOGIN)
    page = client.post(AT_LOGIN, {"credential": forged})
    assert NOT_TAKEN in page.content.decode()
    assert who(client) is None


@pytest.mark.parametrize("forged", FORGED)
def test_asked_again(as_, known, key, forged):
    client = as_(known)
    long_ago(client, minutes=11)
    assert client.get(ADD_KEY).url.startswith(AGAIN)
    client.get(AGAIN)
    page = client.post(AGAIN, {"credential": forged}, follow=True)
    assert NOT_TAKEN in page.content.decode()
    assert client.get(ADD_KEY).status_code == 302
    assert pages(page)[0] == reverse("account_login")
