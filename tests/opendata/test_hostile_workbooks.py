"""A file that would end its reader is refused in words, and neither the server nor anybody else notices.

Half a second each and more: the child really takes the memory it is allowed before it is refused.
"""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.actions import Actor
from foundation.apart.places import a_place
from foundation.jobs.worker import Worker
from opendata import actions
from opendata.models import DatasetVersion
from opendata.table import reading
from tests.opendata.conftest import CLEAN
from tests.tablecheck.hostile import hostile_books

pytestmark = pytest.mark.real_children

BOOKS = dict(hostile_books())


def test_there_are_sixteen():
    assert len(BOOKS) == 16


# ASVS V15.2.2
@pytest.mark.parametrize("name", BOOKS)
def test_it_is_refused_in_words_and_kept(as_, kimura, settings, name):
    settings.READER_MEMORY_MB = 600
    file = SimpleUploadedFile("一覧.xls" if name.startswith("xls") else "一覧.xlsx", BOOKS[name])
    sent = {"file": file}
    page = as_(kimura).post(reverse("opendata:upload"), sent, follow=True)
    version = DatasetVersion.objects.get()
    assert (page.status_code, version.is_read, version.rows.count()) == (200, False, 0)
    assert version.unreadable.endswith("。")
    assert version.unreadable in page.content.decode()
    assert "もう一度読み込む" not in page.content.decode()


@pytest.fixture
def died(as_, kimura, settings):
    """The page of a file whose reader died."""
    settings.READER_MEMORY_MB = 600
    file = SimpleUploadedFile("一覧.xlsx", BOOKS["lower case"])
    as_(kimura).post(reverse("opendata:upload"), {"file": file})
    return DatasetVersion.objects.get()


def test_a_file_that_ended_its_reader_is_not_read_the_same_way_again(as_, kimura, died):
    page = as_(kimura).post(reverse("opendata:read_again", args=[died.dataset.slug]), follow=True)
    assert "同じ読み込みを繰り返せません" in page.content.decode()
    with pytest.raises(ValidationError, match="同じ読み込みを繰り返せません"):
        actions.read_later(version=died, by=Actor(kimura))


def test_another_sheet_of_it_may_be_lighter(died):
    reading.refuse_what_died(died, {"sheet": "別のシート"})


def test_a_better_file_takes_its_place(as_, kimura, died):
    file = SimpleUploadedFile("一覧.csv", CLEAN.encode())
    sent = {"file": file, "seen": died.version}
    as_(kimura).post(reverse("opendata:replace", args=[died.dataset.slug]), sent)
    died.refresh_from_db()
    assert (died.is_read, died.unreadable) == (True, "")


def test_when_all_places_are_taken_the_file_waits_for_its_turn(as_, kimura, settings, tmp_path):
    """Three seconds, as long as the page waits."""
    settings.VAR_DIR = tmp_path
    with a_place(tmp_path / "readers", of=2, wait=0), a_place(tmp_path / "readers", of=2, wait=0):
        file = SimpleUploadedFile("一覧.csv", CLEAN.encode())
        sent = {"file": file}
        page = as_(kimura).post(reverse("opendata:upload"), sent, follow=True)
    assert "読み込みの順番を待っています" in page.content.decode()
    Worker().run_once()
    assert DatasetVersion.objects.get().is_read
