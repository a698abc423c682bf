"""The settings as other machines have them."""

import runpy

import pytest

from tests.repository import ROOT

KEY, OLD = (
    "a-key-of-the-town-hall-which-nobody-could-ever-guess",
    "the-key-of-last-year-0123456789-abcdefghijklmnopqrst",
)
PRODUCTION = {
    "DXBUKAI_MODE": "production",
    "DXBUKAI_SECRET_KEY": KEY,
    "DXBUKAI_ALLOWED_HOSTS": "dx.example.jp",
    "DATABASE_URL": "postgres://dxbukai@127.0.0.1/dxbukai",
    "DXBUKAI_SITE_URL": "https://dx.example.jp",
    "DXBUKAI_MAIL_FROM": "dx@example.jp",
}
ELSEWHERE = "postgres://dxbukai@db.example.jp/dxbukai"
URLS = {"DATABASE_URL": "plain", "DATABASE_OWNER_URL": "owner"}
MORE = [
    "DATABASE_DIRECT_URL",
    "DXBUKAI_LOGS",
    "DXBUKAI_METRICS",
    "DXBUKAI_SENTRY_DSN",
    "DXBUKAI_SMTP_HOST",
    "DXBUKAI_SMTP_PORT",
    "DXBUKAI_SMTP_TLS",
    "DXBUKAI_TRUSTED_PROXIES",
]
KEYS = ["DXBUKAI_SECRET_KEY_FILE", "DXBUKAI_SECRET_KEY_FALLBACKS", "DXBUKAI_SECRET_KEY_FALLBACKS_FILE"]
BUCKET = {
    "DXBUKAI_STORAGE": "s3",
    "DXBUKAI_STORAGE_BUCKET": "town",
    "DXBUKAI_STORAGE_ENDPOINT": "https://s3.example.jp",
    "DXBUKAI_STORAGE_REGION": "jp-1",
    "DXBUKAI_STORAGE_PREFIX": "/dxbukai/",
    "DXBUKAI_STORAGE_ACCESS_KEY": "name",
    "DXBUKAI_STORAGE_SECRET_KEY": "secret",
}


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """The settings as a fresh process would find them, with this environment and an empty folder."""

    def read(**environment):
        for name in [*PRODUCTION, *URLS, *MORE, *KEYS, *BUCKET]:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"DXBUKAI_VAR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "dxbukai" / "settings.py"))

    return read


@pytest.fixture
def production(settings_with, settings):
    """This process answers as production would; the database stays that of the tests."""
    for name, value in settings_with(**PRODUCTION).items():
        if name.startswith(("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "MESSAGES_COOKIE_", "ALLOWED_HOSTS")):
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS = ["testserver"]
