"""The uploaded bytes as they came. Kept in the private storage under their hash; no page serves them."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "originals"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store the bytes and return their name; the same bytes twice are one file."""
    name = f"{FOLDER}/{digest(data)}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


def load(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()
