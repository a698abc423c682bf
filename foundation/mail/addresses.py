"""One answer for the whole house to what is an email address, and how one is written on its way.

Some carriers gave out addresses that no standard allows bare (taro..yamada.@docomo.ne.jp); mail servers take them
in quotation marks. People get emails there, and log in by none of them.
"""

import re
import unicodedata
from email.errors import MessageError
from email.headerregistry import Address
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CARRIERS = re.compile(r"@(?:[a-z0-9-]+\.)?(?:docomo|ezweb)\.ne\.jp\Z", re.IGNORECASE)
# As they gave them out; a header of 78 characters still holds one without being folded.
OF_A_CARRIER = re.compile(r"[A-Za-z0-9._/?+-]{1,40}")
IRREGULAR = re.compile(r"^\.|\.\.|\.$")
LONGEST = 254

PLAIN = EmailValidator(
    message=_("メールアドレスの形になっていません。「name@example.jp」のような形で入力してください。")
)
REASONS: "list[tuple[re.Pattern[str], StrOrPromise]]" = [
    (re.compile(r"[\s\x00-\x1f\x7f]"), _("メールアドレスの途中に空白が入っています。空白を消してください。")),
    (
        re.compile(r"[<>,;]"),
        _("メールアドレスは一つだけ、氏名や記号「< >」「,」「;」を付けずに入力してください。"),
    ),
    (re.compile(r"^[^@]*$"), _("メールアドレスに「@」がありません。入力し直してください。")),
    (re.compile(r"@.*@"), _("メールアドレスに「@」が二つ以上あります。入力し直してください。")),
    (re.compile(r"^@|@$"), _("メールアドレスの「@」の前か後が空です。入力し直してください。")),
    (
        re.compile(r"@(?:[^.]*$|\.|.*\.\.|.*\.$)"),
        _("メールアドレスの「@」より後ろが正しくありません。入力し直してください。"),
    ),
    (re.compile(r"[^\x00-\x7f].*@"), _("メールアドレスの「@」より前に、日本語などの文字は使えません。")),
    (
        re.compile(r"^\.|\.\..*@|\.@"),
        _("メールアドレスの「@」より前で、「.」が先頭や末尾にあるか、続いています。"),
    ),
]


def half_width(text: str) -> str:
    """As it was meant: with letters, signs and dots of half width."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


def refuse_wrong(address: str) -> None:
    """An address by which one may log in, or that is shown to others."""
    for pattern, sentence in REASONS:
        if pattern.search(address):
            raise ValidationError(sentence, code="invalid")
    PLAIN(address)


def refuse_undeliverable(address: str) -> None:
    """An address to which emails go: also what carriers gave out before there was a rule."""
    if not is_irregular(address):
        refuse_wrong(address)


@lru_cache
def is_usable(address: str) -> bool:
    """Whether it may stand in a header of every email: told of an address that a row has held for years."""
    try:
        refuse_wrong(address)
        Address(addr_spec=on_its_way(address))
    except (ValidationError, MessageError, ValueError):
        return False
    return len(address) <= LONGEST


def is_irregular(address: str) -> bool:
    local, _at, _domain = address.rpartition("@")
    known = CARRIERS.search(address) and OF_A_CARRIER.fullmatch(local)
    return bool(known and IRREGULAR.search(local) and local.strip("."))


def on_its_way(address: str) -> str:
    """As mail servers want it: the domain in ASCII, and what stands before it quoted where it has to be."""
    local, _at, domain = address.rpartition("@")
    return f'"{local}"@{domain}' if is_irregular(address) else f"{local}@{domain.encode('idna').decode()}"
