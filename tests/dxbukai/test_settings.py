"""What the settings refuse to start with, in words for the one who installs."""

import runpy
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.repository import ROOT

PRODUCTION = {
    "DXBUKAI_MODE": "production",
    "DXBUKAI_SECRET_KEY": "a-key-of-the-town-hall",
    "DXBUKAI_ALLOWED_HOSTS": "dx.example.jp",
    "DATABASE_URL": "postgres://dxbukai@127.0.0.1/dxbukai",
}

OIDC = {
    "DXBUKAI_OIDC_ISSUER": "https://login.example.jp/town/",
    "DXBUKAI_OIDC_CLIENT_ID": "portal",
    "DXBUKAI_OIDC_CLIENT_SECRET": "x",
}


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """The settings as a fresh process would find them, with this environment and an empty folder."""

    def read(**environment):
        for name in [*PRODUCTION, "DXBUKAI_SECRET_KEY_FILE"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"DXBUKAI_VAR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "dxbukai" / "settings.py"))

    return read


def test_production_starts_with_key_hosts_and_database(settings_with):
    found = settings_with(**PRODUCTION)
    assert (found["ALLOWED_HOSTS"], found["SECRET_KEY"]) == (["dx.example.jp"], "a-key-of-the-town-hall")


def test_forms_lead_to_the_towns_own_login_and_to_nobody_else(settings_with):
    plain, own = (settings_with(**PRODUCTION | more) for more in ({}, OIDC))
    where = [found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] for found in (plain, own)]
    assert where == [["'self'"], ["'self'", "https://login.example.jp"]]
    added = [name for name in own["INSTALLED_APPS"] if name not in plain["INSTALLED_APPS"]]
    assert added == ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DXBUKAI_MODE": "prodution"}, "demo・development・test・production のいずれか"),
        (PRODUCTION | {"DXBUKAI_SECRET_KEY": ""}, "秘密鍵を指定"),
        (PRODUCTION | {"DXBUKAI_ALLOWED_HOSTS": ""}, "公開するホスト名を指定"),
        (PRODUCTION | {"DATABASE_URL": ""}, "DATABASE_URL"),
        (PRODUCTION | {"DATABASE_URL": "sqlite:///x.db"}, "postgres:// で始まる接続先"),
        (PRODUCTION | {"DXBUKAI_OIDC_ISSUER": "https://login.example.jp"}, "DXBUKAI_OIDC_CLIENT_SECRET も指定"),
        (PRODUCTION | OIDC | {"DXBUKAI_OIDC_ISSUER": "http://login.example.jp"}, "https:// で始まるアドレス"),
        ({"DXBUKAI_MODE": "demo", "DXBUKAI_ALLOWED_HOSTS": "dx.example.jp"}, "このパソコンの中だけ"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_the_start(settings_with, environment, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        settings_with(**environment)


def test_a_key_made_for_trying_is_kept_for_the_next_start_and_for_nobody_else(settings_with, tmp_path):
    first, second = (settings_with(DXBUKAI_MODE="demo")["SECRET_KEY"] for _start in range(2))
    assert (first, len(first) >= 50) == (second, True)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_may_stand_in_a_file(settings_with, tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    assert settings_with(DXBUKAI_SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == "from-a-file"
