"""Personal links: token and code are derived from the link's id and nonce and stored nowhere."""

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from members.models import PersonalLink, User

SALT = "members.link"
# Crockford's alphabet: no I, L, O, U, so that a code survives the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_signer = signing.Signer(salt=SALT, sep=".")


def token(link: PersonalLink) -> str:
    return _signer.sign(f"{link.pk}.{link.nonce}")


def code(link: PersonalLink) -> str:
    """Eight characters for those whose mail gateway strips links."""
    digest = salted_hmac(SALT + ".code", f"{link.pk}.{link.nonce}", algorithm="sha256").digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:8])


def code_hash(typed: str) -> str:
    """Of a code as typed: lower case, full width and look-alikes (O, I, L) are forgiven."""
    return hmac.new(settings.SECRET_KEY.encode(), _normal(typed).encode(), hashlib.sha256).hexdigest()


def find_by_token(typed: str) -> PersonalLink | None:
    """The live link, or None for a forged, damaged or revoked token."""
    try:
        pk, nonce = _signer.unsign(typed).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return _links().filter(pk=int(pk), nonce=int(nonce)).first()


def find_by_code(typed: str) -> PersonalLink | None:
    return _links().filter(code_hash=code_hash(typed)).first()


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


def _links() -> QuerySet[PersonalLink]:
    """Live ones: a person who left the town hall has no door any more."""
    links = PersonalLink.objects.filter(membership__user__is_active=True)
    return links.select_related("membership__user", "membership__group__contact_department")


def _normal(typed: str) -> str:
    """Only letters and figures count: hyphens of every kind and blanks are the reader's."""
    text = "".join(re.findall(r"[A-Z0-9]", unicodedata.normalize("NFKC", typed).upper()))
    return text.translate(str.maketrans("OIL", "011"))
