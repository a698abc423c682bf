"""The file as it came: whole under its hash, or said to be lost; a stump is never taken for it."""

import errno
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.actions import Actor
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from opendata.table import originals
from tablecheck import Unreadable
from tests.opendata.conftest import CLEAN

pytestmark = pytest.mark.django_db
DATA = CLEAN.encode()


def cut(name):
    """What a full disk or a power cut left under the name in former times."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(DATA[:20]))


def test_the_same_bytes_are_one_file():
    assert originals.keep(DATA) == originals.keep(DATA)
    assert originals.load(originals.keep(DATA)) == DATA


def test_a_stump_is_put_right_by_the_next_upload_of_the_file():
    name = originals.keep(DATA)
    cut(name)
    assert (originals.keep(DATA), originals.load(name)) == (name, DATA)


@pytest.mark.parametrize("harm", [cut, default_storage.delete])
def test_what_is_damaged_or_gone_is_said_to_be_lost(harm):
    name = originals.keep(DATA)
    harm(name)
    with pytest.raises(Unreadable, match="もう一度アップロードしてください") as refused:
        originals.load(name)
    assert refused.value.code == "lost"


def test_a_lost_original_is_told_on_its_page_and_comes_back_with_the_same_file(
    as_, kimura, environment_section, monkeypatch
):
    version = actions.upload(
        department=environment_section, standard="public_toilet", name="a.csv", data=DATA, by=Actor(kimura)
    )
    cut(version.original.name)
    section, slug = as_(kimura), version.dataset.slug
    page = section.post(reverse("opendata:read_again", args=[slug]), follow=True)
    assert "元のファイルが見つからないか、壊れています" in page.content.decode()
    file = SimpleUploadedFile("a.csv", DATA)
    section.post(reverse("opendata:replace", args=[slug]), {"file": file, "seen": version.version + 1})
    version.refresh_from_db()
    assert (version.is_read, version.rows.count()) == (True, 1)


def test_a_full_disk_is_said_and_nothing_is_kept(as_, kimura, client, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    section = as_(kimura)
    section.raise_request_exception = False
    sent = {"file": SimpleUploadedFile("a.csv", DATA)}
    answer = section.post(reverse("opendata:upload"), sent)
    assert (answer.status_code, Dataset.objects.count(), DatasetVersion.objects.count()) == (507, 0, 0)
    assert "サーバーの保存場所に空きがないため" in answer.content.decode()
