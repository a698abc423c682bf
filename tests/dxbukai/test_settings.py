"""What the settings refuse to start with, in words for the one who installs."""

import re
import stat
import sys

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from dxbukai import letterpress
from foundation.documents import as_pdf
from tests.dxbukai.conftest import BUCKET, ELSEWHERE, KEY, OLD, PRODUCTION, URLS
from tests.repository import ROOT

OIDC = {
    "DXBUKAI_OIDC_ISSUER": "https://login.example.jp/town/",
    "DXBUKAI_OIDC_CLIENT_ID": "portal",
    "DXBUKAI_OIDC_CLIENT_SECRET": "x",
}


def test_production_starts_with_key_hosts_and_database(settings_with):
    found = settings_with(**PRODUCTION)
    assert (found["ALLOWED_HOSTS"], found["SECRET_KEY"]) == (["dx.example.jp"], KEY)


def test_forms_lead_to_the_towns_own_login_and_to_nobody_else(settings_with):
    plain, own = (settings_with(**PRODUCTION | more) for more in ({}, OIDC))
    where = [found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] for found in (plain, own)]
    assert where == [["'self'"], ["'self'", "https://login.example.jp"]]
    added = [name for name in own["INSTALLED_APPS"] if name not in plain["INSTALLED_APPS"]]
    assert added == ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


@pytest.mark.parametrize(
    ("tiles", "more"),
    [
        ("", []),
        ("/tiles/{z}/{x}/{y}.png", []),
        ("https://tiles.example.jp:8443/pale/{z}/{x}/{y}.png", ["https://tiles.example.jp:8443"]),
    ],
)
def test_pictures_come_from_the_server_of_the_base_map_and_from_nobody_else(settings_with, tiles, more):
    found = settings_with(**PRODUCTION | {"DXBUKAI_MAP_TILES": tiles})
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'", "data:", *more]
    assert found["MAP_TILES"] == tiles


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DXBUKAI_MAIL_DELIVERY": "held"}, "smtp・folder・hold のいずれか"),
        ({"DXBUKAI_MODE": "prodution"}, "demo・development・test・production のいずれか"),
        (PRODUCTION | {"DXBUKAI_MODE": ""}, "DXBUKAI_MODE がありません.*本番では DXBUKAI_MODE=production"),
        (PRODUCTION | {"DXBUKAI_SITE_URL": ""}, "DXBUKAI_SITE_URL に、メールに書く"),
        (PRODUCTION | {"DXBUKAI_MAIL_FROM": ""}, "DXBUKAI_MAIL_FROM に、全てのメールの差出人.*現在の値：なし"),
        (PRODUCTION | {"DXBUKAI_MAIL_FROM": "dx@localhost@"}, "DXBUKAI_MAIL_FROM に.*現在の値：dx@localhost@"),
        (PRODUCTION | {"DXBUKAI_TRUSTED_PROXIES": "0"}, "自分たちのプロキシーの数.*現在の値：0"),
        (PRODUCTION | {"DXBUKAI_TRUSTED_PROXIES": "12"}, "自分たちのプロキシーの数.*現在の値：12"),
        (PRODUCTION | {"DXBUKAI_TRUSTED_PROXIES": "一つ"}, "DXBUKAI_TRUSTED_PROXIES には数.*現在の値：一つ"),
        (PRODUCTION | {"DXBUKAI_SMTP_PORT": "smtps"}, "DXBUKAI_SMTP_PORT には数.*現在の値：smtps"),
        (PRODUCTION | {"DXBUKAI_SMTP_PORT": "70000"}, "DXBUKAI_SMTP_PORT には1から65535まで"),
        (PRODUCTION | {"DXBUKAI_IDLE_DESK": "0"}, "DXBUKAI_IDLE_DESK には1から720まで"),
        (PRODUCTION | {"DXBUKAI_SMTP_TLS": "たぶん"}, "DXBUKAI_SMTP_TLS には true か false.*現在の値：たぶん"),
        (PRODUCTION | {"DXBUKAI_METRICS": "2"}, "DXBUKAI_METRICS には true か false"),
        (PRODUCTION | {"DXBUKAI_LOGS": "text"}, "json・line のいずれか"),
        (PRODUCTION | {"DXBUKAI_SENTRY_DSN": "https://s.example.jp/1"}, "SENTRY_DSN には、Sentryの画面に"),
        (PRODUCTION | {"DXBUKAI_SECRET_KEY_FILE": "/no/such/file"}, "秘密のファイル /no/such/file を読めません"),
        (PRODUCTION | {"DXBUKAI_SENTRY_DSN": "http://k@s.example.jp/1"}, "SENTRY_DSN に https://"),
        (PRODUCTION | {"DXBUKAI_SECRET_KEY": ""}, "秘密鍵を指定"),
        (PRODUCTION | {"DXBUKAI_ALLOWED_HOSTS": ""}, "公開するホスト名を指定"),
        (PRODUCTION | {"DATABASE_URL": ""}, "DATABASE_URL"),
        (PRODUCTION | {"DATABASE_URL": "sqlite:///x.db"}, "postgres:// で始まる接続先"),
        (PRODUCTION | {"DATABASE_URL": "postgres://x:p#w@localhost/x"}, "接続先として読めません.*%23"),
        (PRODUCTION | {"DATABASE_URL": "postgres://x@localhost"}, "データベースの名前を書いてください"),
        (PRODUCTION | {"DXBUKAI_OIDC_ISSUER": "https://login.example.jp"}, "DXBUKAI_OIDC_CLIENT_SECRET も指定"),
        (PRODUCTION | OIDC | {"DXBUKAI_OIDC_ISSUER": "http://login.example.jp"}, "https:// で始まるアドレス"),
        (PRODUCTION | {"DXBUKAI_SITE_URL": "http://dx.example.jp"}, "DXBUKAI_SITE_URL に https://"),
        (PRODUCTION | {"DXBUKAI_SITE_URL": "dx.example.jp"}, "DXBUKAI_SITE_URL に https://"),
        (
            PRODUCTION | {"DXBUKAI_SITE_URL": "https://other.example.jp"},
            "other.example.jp.*HOSTS にありません",
        ),
        (
            PRODUCTION | BUCKET | {"DXBUKAI_STORAGE_ENDPOINT": "http://s3.example.jp"},
            "STORAGE_ENDPOINT に https://",
        ),
        (PRODUCTION | {"DATABASE_URL": f"{ELSEWHERE}?sslmode=prefer"}, "暗号化されないことのある接続"),
        (PRODUCTION | {"DATABASE_DIRECT_URL": f"{ELSEWHERE}?sslmode=allow"}, "暗号化されないことのある接続"),
        ({"DXBUKAI_MODE": "demo", "DXBUKAI_ALLOWED_HOSTS": "dx.example.jp"}, "このパソコンの中だけ"),
        ({"DXBUKAI_MAP_TILES": "http://tiles.example.jp/{z}/{x}/{y}.png"}, "https:// で始まり {z}・{x}・{y}"),
        ({"DXBUKAI_MAP_TILES": "https://tiles.example.jp/{z}/{x}/{x}.png"}, "https:// で始まり {z}・{x}・{y}"),
        ({"DXBUKAI_MAP_TILES": "https://{s}.example.jp/{z}/{x}/{y}.png"}, "https:// で始まり {z}・{x}・{y}"),
        ({"DXBUKAI_STORAGE": "ftp"}, "folder・s3 のいずれか"),
        (BUCKET | {"DXBUKAI_STORAGE_BUCKET": ""}, "バケットの名前を指定"),
        (BUCKET | {"DXBUKAI_STORAGE_SECRET_KEY": ""}, "両方を指定するか、両方を外して"),
        (BUCKET | {"DXBUKAI_MODE": "demo"}, "ファイルをこのパソコンに置きます"),
        ({"DXBUKAI_SCAN_COMMAND": "clamdscan 'x"}, "引用符.*が閉じているか"),
        ({"DXBUKAI_BOUNCE_ADDRESS": "bounces"}, "DXBUKAI_BOUNCE_ADDRESS には、「@」の前が27文字以内"),
        ({"DXBUKAI_BOUNCE_ADDRESS": f"{'b' * 28}@example.jp"}, "27文字以内"),
        ({"DXBUKAI_BOUNCE_ADDRESS": "不達 <b@example.jp>"}, "27文字以内"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_the_start(settings_with, environment, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        settings_with(**environment)


# ASVS V13.3.1
@pytest.mark.parametrize("weak", ["a", KEY[:49], "abcabc" * 20, f"django-insecure-{KEY}"])
@pytest.mark.parametrize("name", ["DXBUKAI_SECRET_KEY", "DXBUKAI_SECRET_KEY_FALLBACKS"])
def test_production_starts_with_no_key_that_could_be_guessed(settings_with, name, weak):
    with pytest.raises(ImproperlyConfigured, match=f"{name}.*推測されやすい"):
        settings_with(**PRODUCTION | {name: weak})


# ASVS V12.3.1
@pytest.mark.parametrize(
    ("address", "sslmode"),
    [
        (ELSEWHERE, "verify-full"),
        (f"{ELSEWHERE}?sslrootcert=/etc/town-ca.pem", "verify-full"),
        (f"{ELSEWHERE}?sslmode=verify-ca", "verify-ca"),
        ("postgres://dxbukai@/dxbukai?host=db.example.jp", "verify-full"),
        ("postgres://dxbukai@/dxbukai?host=/run/postgresql", None),
        ("postgres://dxbukai@%2Frun%2Fpostgresql/dxbukai", None),
        ("postgres://dxbukai@localhost/dxbukai", None),
    ],
)
def test_the_database_of_another_machine_is_asked_for_its_certificate(settings_with, address, sslmode):
    found = settings_with(**PRODUCTION | {"DATABASE_URL": address, "DATABASE_DIRECT_URL": address})
    assert found["DATABASES"]["default"].get("OPTIONS", {}).get("sslmode") == sslmode
    assert found["DATABASE_DIRECT_URL"] == found["DATABASE_URL"]


# ASVS V12.3.1
@pytest.mark.parametrize(
    ("environment", "starttls", "from_the_start"),
    [
        ({"DXBUKAI_SMTP_HOST": "mail.example.jp"}, True, False),
        ({"DXBUKAI_SMTP_HOST": "mail.example.jp", "DXBUKAI_SMTP_PORT": "465"}, False, True),
        ({"DXBUKAI_SMTP_HOST": "localhost"}, False, False),
        ({}, False, False),
        ({"DXBUKAI_SMTP_HOST": "mail.example.jp", "DXBUKAI_SMTP_TLS": "false"}, False, False),
        ({"DXBUKAI_SMTP_HOST": "localhost", "DXBUKAI_SMTP_TLS": "true"}, True, False),
    ],
)
def test_the_mail_server_of_another_machine_is_spoken_to_by_tls(
    settings_with, environment, starttls, from_the_start
):
    found = settings_with(**PRODUCTION | environment)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (starttls, from_the_start)


# ASVS V4.1.3
def test_as_many_proxies_are_believed_as_the_town_says(settings_with):
    counts = [
        settings_with(**environment)["ALLAUTH_TRUSTED_PROXY_COUNT"]
        for environment in (PRODUCTION, PRODUCTION | {"DXBUKAI_TRUSTED_PROXIES": "2"}, {"DXBUKAI_MODE": "demo"})
    ]
    assert counts == [1, 2, 0]


def test_logs_are_objects_in_production_unless_somebody_reads_them_by_eye(settings_with):
    ways = [
        settings_with(**environment)["LOGGING"]["handlers"]["stderr"]["formatter"]
        for environment in (PRODUCTION, PRODUCTION | {"DXBUKAI_LOGS": "line"}, {"DXBUKAI_MODE": "demo"})
    ]
    assert ways == ["json", "line", "line"]


@pytest.mark.parametrize(
    ("command", "account"),
    [
        (["manage.py", "migrate"], "owner"),
        (["manage.py", "restore", "x"], "owner"),
        (["manage.py", "grant_role", "plain"], "owner"),
        (["manage.py", "worker"], "plain"),
        (["manage.py", "backup", "migrate"], "plain"),
        (["gunicorn"], "plain"),
    ],
)
def test_only_what_builds_tables_comes_as_their_owner(settings_with, monkeypatch, command, account):
    monkeypatch.setattr("sys.argv", command)
    urls = {name: f"postgres://{user}@127.0.0.1/dxbukai" for name, user in URLS.items()}
    assert settings_with(**PRODUCTION | urls)["DATABASES"]["default"]["USER"] == account
    plain = {"DATABASE_URL": urls["DATABASE_URL"]}
    assert settings_with(**PRODUCTION | plain)["DATABASES"]["default"]["USER"] == "plain"


def test_keys_that_were_replaced_are_known_from_the_environment_or_a_file(settings_with, tmp_path):
    (tmp_path / "old-keys").write_text(f"{OLD}\n{OLD[::-1]}\n")
    given = settings_with(**PRODUCTION, DXBUKAI_SECRET_KEY_FALLBACKS=f"{OLD} {OLD[::-1]}")
    filed = settings_with(**PRODUCTION, DXBUKAI_SECRET_KEY_FALLBACKS_FILE=str(tmp_path / "old-keys"))
    assert given["SECRET_KEY_FALLBACKS"] == filed["SECRET_KEY_FALLBACKS"] == [OLD, OLD[::-1]]
    assert settings_with(**PRODUCTION)["SECRET_KEY_FALLBACKS"] == []


# ASVS V12.2.1
def test_in_production_a_browser_is_led_to_tls_and_stays_there(settings_with, settings, client, town):
    """The proxy does so already (docs/operations.md); without it the portal does."""
    found = settings_with(**PRODUCTION)
    for name in [name for name in found if name.startswith("SECURE_")]:
        setattr(settings, name, found[name])
    plain = client.get("/about/?q=x")
    assert (plain.status_code, plain.url) == (301, "https://testserver/about/?q=x")
    by_proxy = client.get("/about/", headers={"x-forwarded-proto": "https"})
    assert (by_proxy.status_code, by_proxy["Strict-Transport-Security"]) == (
        200,
        "max-age=31536000; includeSubDomains; preload",
    )
    assert client.get("/about/", headers={"x-forwarded-proto": "http"}).status_code == 301


# ASVS V13.2.3
def test_no_name_and_no_password_comes_with_the_portal(settings_with):
    """What is not given is empty, and where one is needed production does not start (above)."""
    found = settings_with(**PRODUCTION)
    given = found["DATABASES"]["default"]
    assert (given["USER"], given["PASSWORD"]) == ("dxbukai", "")
    assert [found[name] for name in ("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "OIDC_CLIENT_SECRET")] == [
        "",
        "",
        "",
    ]
    texts = [
        path.read_text() for path in [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md"), *ROOT.glob("dxbukai/*.py")]
    ]
    told = {word for text in texts for word in re.findall(r"postgres(?:ql)?://[^\s:/@`]*:([^\s@`]+)@", text)}
    assert told == {"パスワード"}


def test_elsewhere_cookies_have_plain_names(settings_with):
    """Without TLS a browser would refuse the others."""
    found = settings_with(DXBUKAI_MODE="demo")
    names = [found[f"{kind}_COOKIE_NAME"] for kind in ("SESSION", "CSRF", "MESSAGES")]
    assert names == ["sessionid", "csrftoken", "messages"]


def test_a_key_made_for_trying_is_kept_for_the_next_start_and_for_nobody_else(settings_with, tmp_path):
    first, second = (settings_with(DXBUKAI_MODE="demo")["SECRET_KEY"] for _start in range(2))
    assert (first, len(first) >= 50) == (second, True)
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_may_stand_in_a_file(settings_with, tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    assert settings_with(DXBUKAI_SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == "from-a-file"


def test_files_lie_in_a_folder_unless_a_bucket_is_named(settings_with):
    assert settings_with()["STORAGES"]["default"] == {"BACKEND": "foundation.files.storage.WholeFiles"}
    assert settings_with(**BUCKET)["STORAGES"]["default"] == {
        "BACKEND": "foundation.files.bucket.WholeObjects",
        "OPTIONS": {
            "bucket_name": "town",
            "endpoint_url": "https://s3.example.jp",
            "region_name": "jp-1",
            "location": "dxbukai",
            "access_key": "name",
            "secret_key": "secret",
        },
    }


def test_the_keys_of_a_bucket_may_stand_in_files(settings_with, tmp_path):
    for name in ("ACCESS_KEY", "SECRET_KEY"):
        (tmp_path / name).write_text(f"{name} from a file\n")
    files = {f"DXBUKAI_STORAGE_{name}_FILE": str(tmp_path / name) for name in ("ACCESS_KEY", "SECRET_KEY")}
    options = settings_with(**BUCKET, **files)["STORAGES"]["default"]["OPTIONS"]
    assert (options["access_key"], options["secret_key"]) == ("ACCESS_KEY from a file", "SECRET_KEY from a file")


@pytest.mark.parametrize(
    ("package", "variable"), [("prometheus_client", "DXBUKAI_METRICS"), ("sentry_sdk", "DXBUKAI_SENTRY_DSN")]
)
def test_what_watches_is_an_extra_and_its_absence_told_at_the_start(settings_with, monkeypatch, package, variable):
    value = {"DXBUKAI_METRICS": "true", "DXBUKAI_SENTRY_DSN": "https://key@sentry.example.jp/1"}[variable]
    asked = PRODUCTION | {variable: value}
    assert settings_with(**asked)[variable.removeprefix("DXBUKAI_")] == (value if "key" in value else True)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImproperlyConfigured, match=f"{variable} には .* が必要です"):
        settings_with(**asked)


@pytest.mark.parametrize("package", ["boto3", "storages"])
def test_a_bucket_without_the_packages_for_it_is_told_at_the_start(settings_with, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImproperlyConfigured, match="boto3 と django-storages が必要です"):
        settings_with(**BUCKET)


# ASVS V15.2.3
def test_production_installs_neither_the_demo_nor_what_only_tests_use(settings_with):
    apps = settings_with(**PRODUCTION)["INSTALLED_APPS"]
    assert [app for app in apps if "demo" in app or "debug" in app or "tests" in app or "admin" in app] == []


def test_the_scanner_is_a_command_and_its_words(settings_with):
    found = settings_with(DXBUKAI_SCAN_COMMAND="clamdscan --config-file='/etc/our clamd.conf' -")
    assert found["SCAN_COMMAND"] == ["clamdscan", "--config-file=/etc/our clamd.conf", "-"]
    assert settings_with(DXBUKAI_SCAN_COMMAND="")["SCAN_COMMAND"] == []


@pytest.mark.parametrize(
    ("command", "said"), [([], ["dxbukai.W001"]), (["no-such-scanner", "-"], ["dxbukai.W002"]), (["true"], [])]
)
def test_whoever_goes_into_production_without_a_scanner_is_warned(settings, command, said):
    settings.SCAN_COMMAND = command
    warned = [found.id for found in run_checks(include_deployment_checks=True)]
    assert [name for name in warned if name in {"dxbukai.W001", "dxbukai.W002"}] == said


@pytest.mark.parametrize(("fonts", "said"), [((), ["dxbukai.W003"]), (("BIZ UDMincho",), [])])
def test_whoever_goes_into_production_without_japanese_letters_is_warned(monkeypatch, fonts, said):
    monkeypatch.setattr(as_pdf, "fonts", lambda: fonts)
    assert [found.id for found in letterpress.check()] == said
