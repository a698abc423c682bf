"""The worker looks after the public files: it makes those of former times, and mends what is damaged."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.actions import SYSTEM, Actor
from foundation.audit.models import Event
from foundation.files import hashed
from foundation.jobs.models import Job
from foundation.jobs.worker import Worker
from opendata import actions
from opendata.catalogue import kept
from opendata.models import PublicFile
from opendata.states import FileKind
from tests import builders
from tests.opendata.conftest import CLEAN
from tests.opendata.test_downloads import CSV, HARMS, noted, stored


@pytest.fixture
def old(kimura, environment_section):
    """Published as before there were public files."""
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    return builders.make_version(dataset=dataset, state="published")


def all_whole(version):
    return kept.lacking(version) == [] and all(hashed.is_whole(file.name) for file in version.files.all())


def made():
    return Job.objects.filter(kind="opendata.make_files").count()


def test_what_was_published_before_gets_its_files_as_soon_as_a_worker_runs(client, old):
    before = client.get(CSV).getvalue()
    Worker().run_once()
    assert (old.files.count(), all_whole(old)) == (4, True)
    answer = client.get(CSV)
    assert (answer.getvalue(), answer["Content-Length"]) == (before, str(len(before)))
    assert Event.objects.get(action="opendata.make_files").target_label == str(old)


def test_what_is_all_there_is_left_alone(published):
    Worker().run_once()
    assert (made(), actions.make_files(version=published, by=SYSTEM)) == (0, [])
    assert not Event.objects.filter(action="opendata.make_files").exists()


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_file_that_is_damaged_is_mended(published, harm, coding):
    file = noted(published, coding=coding)
    harm(file)
    Worker().run_once()
    assert hashed.measured([stored(file)])[0] == file.sha256
    assert (made(), all_whole(published)) == (1, True)
    assert Event.objects.filter(action="opendata.make_files").count() == 1


def test_only_the_kind_that_is_damaged_is_made_anew(published):
    default_storage.delete(noted(published, "json").name)
    assert actions.make_files(version=published, by=SYSTEM) == [FileKind.JSON]


def test_what_was_withdrawn_needs_no_files(old, kimura):
    actions.withdraw(dataset=old.dataset, by=Actor(kimura), reason="誤り")
    Worker().run_once()
    assert (made(), PublicFile.objects.count()) == (0, 0)


def test_a_json_that_was_made_under_another_publisher_stays_what_it_is_noted_as(client, published, town):
    """It cannot be made again; what was approved is not replaced by what would be written today."""
    before = noted(published, "json")
    default_storage.delete(before.name)
    type(town).objects.update(name="新見本市")
    actions.make_files(version=published, by=SYSTEM)
    assert noted(published, "json").sha256 == before.sha256
    assert not default_storage.exists(before.name)
    assert "新見本市" in client.get("/data/public-toilet.json").getvalue().decode()


def test_no_file_of_a_published_version_is_another_than_was_approved(old):
    other = {"kind": "csv", "file": f"public/{'0' * 64}", "sha256": "0" * 64, "size": 9}
    with pytest.raises(IntegrityError, match="the one that was approved"), transaction.atomic():
        old.files.create(**other)


def test_files_in_a_bucket_are_sent_like_those_in_a_folder(in_a_bucket, client, published):
    whole = client.get(CSV)
    assert hashed.measured([whole.getvalue()]) == (published.public_sha256, int(whole["Content-Length"]))
    part = client.get(CSV, headers={"Range": "bytes=3-12"})
    assert (part.status_code, len(part.getvalue())) == (206, 10)
    default_storage.delete(noted(published).name)
    assert client.get(CSV)["Accept-Ranges"] == "none"


def test_where_the_bucket_is_away_readers_get_their_file_all_the_same(published, client, request):
    expected = client.get(CSV).getvalue()
    request.getfixturevalue("files_away")
    assert client.get(CSV).getvalue() == expected


def test_where_the_bucket_is_away_an_upload_is_refused_in_words(as_, kimura, files_away):
    section = as_(kimura)
    section.raise_request_exception = False
    sent = {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}
    answer = section.post(reverse("opendata:upload"), sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "この操作の内容は、まだ保存されていません。" in answer.content.decode()


def test_where_the_bucket_is_away_a_kept_file_is_read_as_soon_as_it_is_back(
    as_, kimura, environment_section, request
):
    file = {"standard": "public_toilet", "name": "a.csv", "data": CLEAN.encode()}
    version = actions.upload(department=environment_section, by=Actor(kimura), **file)
    request.getfixturevalue("files_away")
    page = as_(kimura).post(reverse("opendata:read_again", args=[version.dataset.slug]), follow=True)
    assert "読み込みの順番を待っています" in page.content.decode()
