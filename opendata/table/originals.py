"""The uploaded bytes as they came. Kept in the private storage under their hash; no page serves them."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from foundation.files import hashed
from tablecheck import Unreadable

FOLDER = "originals"
LOST = _(
    "保管していた元のファイルが見つからないか、壊れています。お手元のファイルをもう一度アップロードしてください。"
)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store the bytes and return their name."""
    return hashed.keep(FOLDER, ContentFile(data)).name


def load(name: str) -> bytes:
    """The bytes that the name stands for. Raises Unreadable where they are not there or not those."""
    if not name:
        raise Unreadable("lost", str(LOST))
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except FileNotFoundError:
        raise Unreadable("lost", str(LOST)) from None
    if digest(data) != name.rpartition("/")[2]:
        raise Unreadable("lost", str(LOST))
    return data
