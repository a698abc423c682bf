"""A bucket is private, is told apart from one that is away, and is shared by hosts that share nothing else."""

import os
import socket
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile

from foundation.files.storage import StoreAway
from tests.repository import ROOT
from tests.stores import KEYS, PREFIX, REGION, store_of

# Keeps, or reads, what an upload is: as a host does that knows only its environment.
HOST = """
import sys
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from opendata.table import originals
if sys.argv[1] == "keep":
    data = sys.stdin.buffer.read()
    print(default_storage.save(f"{originals.FOLDER}/{originals.digest(data)}", ContentFile(data)))
else:
    sys.stdout.buffer.write(originals.load(sys.argv[2]))
"""


@pytest.fixture
def away():
    """A store at whose address nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return store_of("http://127.0.0.1:{1}".format(*probe.getsockname()), "town")


@pytest.mark.parametrize(("address", "style"), [("http://127.0.0.1:9000", "path"), (None, "auto")])
def test_a_store_of_ones_own_has_no_name_for_each_bucket(address, style):
    assert store_of(address, "town").client_config.s3 == {"addressing_style": style}


def test_objects_lie_below_the_prefix_and_nobody_else_is_granted_anything(bucket, client):
    bucket.save("originals/a", ContentFile(b"x"))
    place = {"Bucket": bucket.bucket_name, "Key": "dxbukai/originals/a"}
    assert [each["Key"] for each in client.list_objects_v2(Bucket=bucket.bucket_name)["Contents"]] == [
        place["Key"]
    ]
    grants = client.get_object_acl(**place)["Grants"]
    assert [(grant["Grantee"]["Type"], grant["Permission"]) for grant in grants] == [
        ("CanonicalUser", "FULL_CONTROL")
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.save("a", ContentFile(b"x")),
        lambda store: store.open("a"),
        lambda store: store.exists("a"),
        lambda store: store.delete("a"),
        lambda store: store.size("a"),
        lambda store: store.mark("a"),
        lambda store: store.listdir(""),
        lambda store: store.part("a", 0, 1).read(),
    ],
)
def test_a_store_that_is_away_is_not_taken_for_one_without_the_file(away, ask):
    with pytest.raises(StoreAway):
        ask(away)


def test_a_store_that_is_away_or_has_no_such_bucket_is_told_to_who_watches(away, bucket, s3):
    missing = store_of(s3, "no-such-town")
    assert [store.condition() for store in (away, missing, bucket)] == [
        {"files": "away", "disk_free_mb": None},
        {"files": "away", "disk_free_mb": None},
        {"files": "ok", "disk_free_mb": None},
    ]


def host(bucket, s3, var, *arguments, given=b""):
    environment = {
        "DXBUKAI_MODE": "test",
        "DXBUKAI_VAR": str(var),
        "DXBUKAI_STORAGE": "s3",
        "DXBUKAI_STORAGE_BUCKET": bucket.bucket_name,
        "DXBUKAI_STORAGE_ENDPOINT": s3,
        "DXBUKAI_STORAGE_REGION": REGION,
        "DXBUKAI_STORAGE_PREFIX": PREFIX,
        "DXBUKAI_STORAGE_ACCESS_KEY": KEYS["access_key"],
        "DXBUKAI_STORAGE_SECRET_KEY": KEYS["secret_key"],
        "DJANGO_SETTINGS_MODULE": "dxbukai.settings",
    }
    command = [sys.executable, "-c", HOST, *arguments]
    done = subprocess.run(
        command, input=given, env=os.environ | environment, cwd=ROOT, capture_output=True, check=True
    )
    return done.stdout


def test_what_one_host_was_given_another_reads(bucket, s3, tmp_path):
    """Two processes start here, each loading boto3: a few seconds."""
    name = host(bucket, s3, tmp_path / "one", "keep", given=b"from the first").decode().strip()
    assert host(bucket, s3, tmp_path / "two", "load", name) == b"from the first"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and path.name != "secret-key"] == []


def test_two_hosts_that_keep_the_same_file_at_once_keep_one(bucket, client):
    """The second looked before the first had written."""
    second = store_of(bucket.endpoint_url, bucket.bucket_name)
    assert not second.exists("originals/a")
    bucket.save("originals/a", ContentFile(b"same"))
    with pytest.raises(FileExistsError):
        second.save("originals/a", ContentFile(b"same"))
    found = client.list_objects_v2(Bucket=bucket.bucket_name)["Contents"]
    assert [each["Size"] for each in found] == [4]
