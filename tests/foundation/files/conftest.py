"""A store that speaks S3, on this machine: moto's server, on the loopback."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from foundation.files.bucket import WholeObjects
from foundation.files.storage import WholeFiles

KEYS = {"access_key": "name", "secret_key": "secret"}


@pytest.fixture(scope="session")
def s3():
    """The address of the store."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(s3):
    """Past the portal: what lies there, and who may see it."""
    return boto3.client(
        "s3", endpoint_url=s3, aws_access_key_id="name", aws_secret_access_key="secret", region_name="us-east-1"
    )


@pytest.fixture
def bucket(s3, client, request):
    """A new bucket, below a prefix of the portal's own."""
    name = f"town-{abs(hash(request.node.nodeid))}"
    client.create_bucket(Bucket=name)
    return WholeObjects(bucket_name=name, endpoint_url=s3, region_name="us-east-1", location="dxbukai", **KEYS)


@pytest.fixture
def folder(tmp_path):
    return WholeFiles(tmp_path / "files")


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    return request.getfixturevalue(request.param)
