"""To other machines the portal speaks by TLS alone, unless the operator says otherwise (docs/reference.md)."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# A socket of this machine, or its own loopback: nobody listens on the way.
HERE = {"", "localhost", "127.0.0.1", "::1"}
# PostgreSQL's own default is one of these: they go on without TLS where the server offers none.
FALLS_BACK = {"allow", "prefer"}


def is_here(host: str) -> bool:
    return host in HERE or host.startswith("/")


def encrypted(url: str, *, production: bool) -> str:
    """The database's address; of another machine with the certificate asked for and compared with its name."""
    asked = parse_qs(urlsplit(url).query)
    host = asked.get("host", [unquote(urlsplit(url).hostname or "")])[0]
    if not url or not production or all(is_here(one) for one in host.split(",")):
        return url
    if "sslmode" not in asked:
        return f"{url}{'&' if asked else '?'}sslmode=verify-full"
    if FALLS_BACK & set(asked["sslmode"]):
        raise ImproperlyConfigured(
            "本番では、他の機器のデータベースに、暗号化されないことのある接続（sslmode=allow・prefer）をしません。"
            "sslmode=verify-full を指定するか、sslmode の指定を外してください。"
        )
    return url


def refuse_plain(name: str, address: str, *, production: bool) -> None:
    parts = urlsplit(address)
    local = bool(parts.hostname) and is_here(parts.hostname or "")
    if production and address and parts.scheme != "https" and not local:
        raise ImproperlyConfigured(f"本番では {name} に https:// で始まるアドレスを指定してください。")
