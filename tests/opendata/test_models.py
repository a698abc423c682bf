"""What the database promises about data sets, whoever writes to it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from opendata.models import Dataset, DatasetRow, DatasetVersion
from opendata.states import VersionState
from tests.members.test_models import refused


@pytest.fixture
def version(kimura, environment_section):
    dataset = Dataset.objects.create(slug="toilets", department=environment_section, created_by=kimura)
    return DatasetVersion.objects.create(
        dataset=dataset,
        number=1,
        original=ContentFile(b"", name="a.csv"),
        original_name="公衆トイレ.csv",
        original_sha256="0" * 64,
        uploaded_by=kimura,
    )


@pytest.fixture
def published(version, suzuki):
    DatasetRow.objects.create(version=version, row=2, cells=["中央公園"])
    version.state = VersionState.PUBLISHED
    version.head_name, version.head_checked_on = "環境 長", date(2026, 11, 20)
    version.published_at, version.published_by, version.public_sha256 = timezone.now(), suzuki, "0" * 64
    version.save()
    return version


def test_publication_needs_the_check_by_the_head_of_section(version, suzuki):
    version.state = VersionState.PUBLISHED
    version.published_at, version.published_by, version.public_sha256 = timezone.now(), suzuki, "0" * 64
    assert refused(version.save, "opendata_published_is_checked")


def test_a_return_gives_its_reason(version):
    version.state = VersionState.RETURNED
    assert refused(version.save, "opendata_returned_has_reason")


def test_a_data_set_has_one_version_in_work(version):
    second = DatasetVersion(
        dataset=version.dataset, number=2, original_name="b.csv", uploaded_by=version.uploaded_by
    )
    assert refused(second.save, "opendata_one_version_in_work")


def test_a_published_version_is_never_changed(published):
    published.original_name = "別.csv"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        published.save()


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM opendata_datasetrow", "UPDATE opendata_datasetrow SET cells = '[]'"],
)
def test_its_rows_are_never_changed(published, statement):
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)
