"""Personal links: token and code are derived from the link's id and nonce and stored nowhere."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from members.models import PersonalLink, User

SALT = "members.link"
# Crockford's alphabet: no I, L, O, U, so that a code survives the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def token(link: PersonalLink) -> str:
    return _signer().sign(f"{link.pk}.{link.nonce}")


def code(link: PersonalLink) -> str:
    """Eight characters for those whose mail gateway strips links.

    While a key is being replaced (docs/operations.md), the ones that were told under the old key go on opening.
    """
    return next(_told(link), _derived(link, settings.SECRET_KEY))


def is_told(link: PersonalLink) -> bool:
    """Whether the code whose hash is kept can still be derived: not after its key was taken out."""
    return next(_told(link), None) is not None


def code_hash(typed: str, key: str | None = None) -> str:
    """Of a code as typed: lower case, full width and look-alikes (O, I, L) are forgiven."""
    key = settings.SECRET_KEY if key is None else key
    return hmac.new(key.encode(), _normal(typed).encode(), hashlib.sha256).hexdigest()


def find_by_token(typed: str) -> PersonalLink | None:
    """The live link, or None for a forged, damaged or revoked token."""
    try:
        pk, nonce = _signer().unsign(typed).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return _links().filter(pk=int(pk), nonce=int(nonce)).first()


def find_by_code(typed: str) -> PersonalLink | None:
    return _links().filter(code_hash__in=[code_hash(typed, key) for key in signing_keys()]).first()


def address_of(pk: int, reader: User) -> str | None:
    """The whole address, for an email that is leaving: to the person of the link and to nobody else."""
    link = _of_reader(pk, reader)
    return slip(link)["address"] if link else None


def code_of(pk: int, reader: User) -> str | None:
    link = _of_reader(pk, reader)
    return slip(link)["code"] if link else None


def _of_reader(pk: int, reader: User) -> PersonalLink | None:
    return PersonalLink.objects.filter(pk=pk, membership__user=reader).first()


def code_page() -> str:
    """Where a code is typed."""
    return settings.SITE_URL + reverse("enter_code")


def slip(link: PersonalLink) -> dict[str, str]:
    """What is printed for somebody whom no mail reaches."""
    plain = code(link)
    return {"address": settings.SITE_URL + path_of(link), "code": f"{plain[:4]}-{plain[4:]}"}


def path_of(link: PersonalLink) -> str:
    return reverse("personal", args=[token(link)])


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def signing_keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _told(link: PersonalLink) -> Iterator[str]:
    derived = ((_derived(link, key), key) for key in signing_keys())
    return (plain for plain, key in derived if code_hash(plain, key) == link.code_hash)


def _derived(link: PersonalLink, key: str) -> str:
    numbers = f"{link.pk}.{link.nonce}"
    digest = salted_hmac(f"{SALT}.code", numbers, secret=key, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:8])


def _links() -> QuerySet[PersonalLink]:
    """Live ones: a person who left the town hall has no door any more."""
    links = PersonalLink.objects.filter(membership__user__is_active=True)
    return links.select_related("membership__user", "membership__group__contact_department")


def _normal(typed: str) -> str:
    """Only letters and figures count: hyphens of every kind and blanks are the reader's."""
    text = "".join(re.findall(r"[A-Z0-9]", unicodedata.normalize("NFKC", typed).upper()))
    return text.translate(str.maketrans("OIL", "011"))
