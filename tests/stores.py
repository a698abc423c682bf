"""A store that speaks S3, on this machine: moto's server, on the loopback. Loaded by the tests that want one."""

from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

from foundation.files.bucket import WholeObjects

KEYS = {"access_key": "name", "secret_key": "secret"}
REGION, PREFIX = "us-east-1", "dxbukai"


@contextmanager
def running():
    """Its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def client_of(address):
    """Past the portal: what lies there, and who may see it."""
    names = {"aws_access_key_id": KEYS["access_key"], "aws_secret_access_key": KEYS["secret_key"]}
    return boto3.client("s3", endpoint_url=address, region_name=REGION, **names)


def options_of(address, bucket):
    """As the settings would have them: below a prefix of the portal's own."""
    return {"bucket_name": bucket, "endpoint_url": address, "region_name": REGION, "location": PREFIX, **KEYS}


def store_of(address, bucket):
    return WholeObjects(**options_of(address, bucket))
