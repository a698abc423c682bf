"""The same bytes are one file, whoever brings them at the same moment; a damaged one is known as such."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from foundation.files import hashed
from foundation.files.storage import WholeFiles

pytestmark = pytest.mark.django_db


class LooksTooEarly(WholeFiles):
    """Asked before the other had written."""

    def exists(self, name):
        return False


def test_who_was_slower_with_the_same_bytes_finds_them_there(settings):
    first = hashed.keep("x", ContentFile(b"same"))
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.LooksTooEarly"}}
    assert hashed.keep("x", ContentFile(b"same")) == first


@pytest.fixture
def kept():
    return hashed.keep("x", ContentFile(b"whole"))


def test_a_file_is_what_its_name_says(kept):
    assert (hashed.is_whole(kept.name), hashed.hash_of(kept.name)) == (True, kept.sha256)


def test_a_file_that_is_gone_is_not(kept):
    default_storage.delete(kept.name)
    assert (hashed.is_whole(kept.name), hashed.hash_of(kept.name)) == (False, "")


def test_a_file_that_was_seen_whole_is_read_again_when_it_was_touched(kept, settings):
    path = settings.MEDIA_ROOT / kept.name
    assert hashed.is_whole(kept.name)
    path.write_bytes(b"other")
    os.utime(path, ns=(1, 1))
    assert not hashed.is_whole(kept.name)
