"""How often the same may be done: so that nobody guesses, fills the house with rubbish, or shuts others out.

`settings.BRAKES` says it for each name, tightest first: "5/5m/account+address" is five times in five minutes for
one account from one network address. What a tight limit refuses is not counted by the wider ones, so that one
stranger cannot use up what belongs to everybody. Counters are rows: they hold across processes, and two requests
at once are two.
"""

import hashlib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.audit.actor import Actor
from foundation.audit.log import note_refusal
from foundation.db.models import Brake

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
COUNT = """
INSERT INTO foundation_brake AS brake (key, count, until)
VALUES (%s, 1, clock_timestamp() + %s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN brake.until <= clock_timestamp() THEN 1 ELSE brake.count + 1 END,
    until = CASE WHEN brake.until <= clock_timestamp() THEN excluded.until ELSE brake.until END
RETURNING count, ceil(extract(epoch FROM until - clock_timestamp()))::integer
"""
# What each brake is called in the audit log.
WORDS: "Mapping[str, StrOrPromise]" = {
    "log_in": _("パスワードでのログイン"),
    "ask_for_code": _("確認コードの請求"),
    "try_code": _("確認コードの入力"),
    "ask_for_reset": _("パスワード設定用リンクの請求"),
    "enter_code": _("回答用コードの入力"),
    "post_unknown": _("ログインしていない方からの送信"),
    "post_by_link": _("回答用リンクからの送信"),
    "post": _("画面からの送信"),
    "keep": _("入力内容の保存"),
    "upload": _("ファイルの登録"),
}


@dataclass(frozen=True)
class Limit:
    amount: int
    seconds: int
    per: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Limit":
        amount, number, unit, per = re.fullmatch(r"(\d+)/(\d*)([smhd])/([a-z+]+)", text).groups()  # type: ignore[union-attr]
        return cls(int(amount), int(number or 1) * SECONDS[unit], tuple(per.split("+")))

    def key(self, name: str, who: Mapping[str, object]) -> str:
        """Of one length, and no address of anybody in it."""
        said = [name, str(self), *(str(who[part]).lower() for part in self.per)]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Taken:
    """`wait` is how many seconds to wait; 0 where it may be done."""

    wait: int
    keys: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return max(1, -(-self.wait // 60))

    def give_back(self) -> None:
        """It was no misuse after all."""
        Brake.objects.filter(key__in=self.keys).update(count=Greatest(F("count") - 1, 0))


def take(request: HttpRequest, name: str, **who: object) -> Taken:
    """Count this once; where it is too much, the audit log learns of it."""
    keys: list[str] = []
    who = {"address": address_of(request), **who}
    for limit in limits(name):
        keys.append(limit.key(name, who))
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [keys[-1], limit.seconds])
            count, wait = cursor.fetchone()
        if count > limit.amount:
            note_braked(request, name)
            return Taken(max(wait, 1), tuple(keys))
    return Taken(0, tuple(keys))


def release(request: HttpRequest, name: str, **who: object) -> None:
    """For this account from here: its owner has just shown who they are."""
    who = {"address": address_of(request), **who}
    Brake.objects.filter(key__in=[limit.key(name, who) for limit in limits(name) if len(limit.per) > 1]).delete()


def clear() -> None:
    """Counters whose time is over."""
    Brake.objects.filter(until__lt=Now()).delete()


def limits(name: str) -> list[Limit]:
    return [Limit.read(text) for text in settings.BRAKES[name].split()]


def note_braked(request: HttpRequest, name: str) -> None:
    note_refusal(
        by=Actor.asking(request), action="audit.brake", label=str(WORDS[name]), source=address_of(request)
    )


def address_of(request: HttpRequest) -> str:
    """Where the request came from, by the proxy's word where there is one; of IPv6 one customer's network."""
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    address = said[-proxies] if 0 < proxies <= len(said) else request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
