import pytest

from foundation.files.storage import WholeFiles


@pytest.fixture
def folder(tmp_path):
    return WholeFiles(tmp_path / "files")


@pytest.fixture
def bucket(s3, new_bucket):
    from tests.stores import store_of

    return store_of(s3, new_bucket)


@pytest.fixture
def client(s3):
    from tests.stores import client_of

    return client_of(s3)


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    return request.getfixturevalue(request.param)
