"""The uploaded bytes as they came. Kept in the private storage under their hash; no page serves them."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from tablecheck import Unreadable

FOLDER = "originals"
LOST = _(
    "保管していた元のファイルが見つからないか、壊れています。お手元のファイルをもう一度アップロードしてください。"
)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store the bytes and return their name; the same bytes twice are one file.

    A file that is there is believed only if it holds these bytes: one that was cut or damaged is put right.
    """
    name = f"{FOLDER}/{digest(data)}"
    if default_storage.exists(name):
        if _is_whole(name):
            return name
        default_storage.delete(name)
    try:
        return default_storage.save(name, ContentFile(data))
    except FileExistsError:
        # Another request was faster with the same bytes.
        return name


def load(name: str) -> bytes:
    """The bytes that the name stands for. Raises Unreadable where they are not there or not those."""
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except FileNotFoundError:
        raise Unreadable("lost", str(LOST)) from None
    if digest(data) != name.rpartition("/")[2]:
        raise Unreadable("lost", str(LOST))
    return data


def _is_whole(name: str) -> bool:
    try:
        load(name)
    except Unreadable:
        return False
    return True
