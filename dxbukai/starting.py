"""What no process starts with, said to whoever installs: a mode, an address, a number that cannot be meant."""

import re
from email.utils import parseaddr
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host
from environs import Env, EnvError

from dxbukai import connections

MODES = ("demo", "development", "test", "production")
# More stand nowhere one behind the other: such a number is a typing error.
MOST_PROXIES = 5
TILES = re.compile(r"(https://[^/{}\s;,'\"]+)?/[^{}\s]*\{z\}[^{}\s]*\{[xy]\}[^{}\s]*\{[xy]\}[^{}\s]*")


def mode(env: Env) -> str:
    named = env.str("DXBUKAI_MODE", "")
    if not named and env.str("DATABASE_URL", ""):
        raise ImproperlyConfigured(
            "DATABASE_URL が指定されていますが、DXBUKAI_MODE がありません。"
            "開発用の設定で本番のデータを扱わないよう、起動しません。"
            "本番では DXBUKAI_MODE=production を指定してください。"
        )
    if named and named not in MODES:
        raise ImproperlyConfigured(
            f"DXBUKAI_MODE は demo・development・test・production のいずれかです（現在の値：{named}）。"
        )
    return named or "development"


def site_url(env: Env, hosts: list[str], *, production: bool) -> str:
    """The address that stands in mails; requests never decide it. Under it we must answer."""
    given = env.str("DXBUKAI_SITE_URL", "").rstrip("/")
    if production and not given:
        raise ImproperlyConfigured(
            "本番では DXBUKAI_SITE_URL に、メールに書くこのポータルのアドレスを指定してください。"
            "例：https://dx.city.example.jp"
        )
    connections.refuse_plain("DXBUKAI_SITE_URL", given, production=production)
    host = urlsplit(given).hostname or ""
    if production and not validate_host(host, hosts):
        raise ImproperlyConfigured(
            f"DXBUKAI_SITE_URL のホスト名（{host}）が DXBUKAI_ALLOWED_HOSTS にありません。"
            "このままでは、メールに書くアドレスを開けません。"
        )
    return given or f"http://127.0.0.1:{number(env, 'PORT', 8000)}"


def sender(env: Env, *, production: bool) -> str:
    given = env.str("DXBUKAI_MAIL_FROM", "")
    if not given and not production:
        return "dxbukai@localhost"
    try:
        validate_email(parseaddr(given)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(
            "本番では DXBUKAI_MAIL_FROM に、全てのメールの差出人となるメールアドレスを一つ指定してください"
            f"（現在の値：{given or 'なし'}）。例：dx@city.example.jp"
        ) from error
    return given


def proxies(env: Env, *, production: bool) -> int:
    """How many of our own stand before us, each adding to X-Forwarded-For whom it was asked by."""
    if not production:
        return 0
    count = number(env, "DXBUKAI_TRUSTED_PROXIES", 1)
    if not 1 <= count <= MOST_PROXIES:
        raise ImproperlyConfigured(
            "DXBUKAI_TRUSTED_PROXIES に、利用者との間にある自分たちのプロキシーの数"
            f"（nginxだけなら1、その前にWAFがあれば2）を1から{MOST_PROXIES}までで指定してください（現在の値：{count}）。"
            "数が違うと、利用者を見分けられず、他人のアドレスを名乗ることもできてしまいます。"
        )
    return count


def map_tiles(env: Env) -> str:
    """Where the pictures below a map come from, as Leaflet reads it; nowhere, unless somebody says so."""
    given = env.str("DXBUKAI_MAP_TILES", "")
    if given and not (TILES.fullmatch(given) and "{x}" in given and "{y}" in given):
        raise ImproperlyConfigured(
            "DXBUKAI_MAP_TILES には、https:// で始まり {z}・{x}・{y} を一つずつ含むアドレスを指定してください"
            f"（現在の値：{given}）。例：https://cyberjapandata.gsi.go.jp/xyz/pale/{{z}}/{{x}}/{{y}}.png"
        )
    return given


def metrics(env: Env) -> bool:
    wanted = flag(env, "DXBUKAI_METRICS", False)
    if wanted and not find_spec("prometheus_client"):
        raise ImproperlyConfigured(
            "DXBUKAI_METRICS には prometheus-client が必要です。"
            "requirements-extras.lock にある版で「pip install 'dxbukai[metrics]'」を実行してください。"
        )
    return wanted


def sentry(env: Env, *, production: bool) -> str:
    address = env.str("DXBUKAI_SENTRY_DSN", "")
    if address and not find_spec("sentry_sdk"):
        raise ImproperlyConfigured(
            "DXBUKAI_SENTRY_DSN には sentry-sdk が必要です。"
            "requirements-extras.lock にある版で「pip install 'dxbukai[sentry]'」を実行してください。"
        )
    if address:
        connections.refuse_plain("DXBUKAI_SENTRY_DSN", address, production=production)
        refuse_unreadable(address)
    return address


def refuse_unreadable(address: str) -> None:
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        Dsn(address)
    except BadDsn as error:
        raise ImproperlyConfigured(
            "DXBUKAI_SENTRY_DSN には、Sentryの画面に表示されるDSNをそのまま指定してください。"
            "例：https://0123456789abcdef@sentry.city.example.jp/2"
        ) from error


def number(env: Env, name: str, default: int, *, most: int | None = None) -> int:
    """From 1 on, where there is a most; whoever has other limits says so in their own words."""
    try:
        found = env.int(name, default)
    except EnvError as error:
        raise ImproperlyConfigured(f"{name} には数を指定してください（現在の値：{env.str(name)}）。") from error
    if most is not None and not 1 <= found <= most:
        raise ImproperlyConfigured(f"{name} には1から{most}までの数を指定してください（現在の値：{found}）。")
    return found


def flag(env: Env, name: str, default: bool) -> bool:
    try:
        return env.bool(name, default)
    except EnvError as error:
        raise ImproperlyConfigured(
            f"{name} には true か false を指定してください（現在の値：{env.str(name)}）。"
        ) from error


def way_of_logging(env: Env, *, production: bool) -> str:
    """As "json" for a collector, as "line" for who reads the journal by eye."""
    way = env.str("DXBUKAI_LOGS", "json" if production else "line")
    if way not in {"json", "line"}:
        raise ImproperlyConfigured(f"DXBUKAI_LOGS は json・line のいずれかです（現在の値：{way}）。")
    return way
