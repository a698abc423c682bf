"""A store that speaks S3, in the process of the drill: what the portal takes for a file is measured in its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings

BUCKET, REGION, KEY = "town", "us-east-1", "drill"


@contextmanager
def files_in_a_bucket() -> Iterator[dict[str, str]]:
    """Here, and in every process with this environment."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        address = "http://{}:{}".format(*server.get_host_and_port())
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": KEY}
        boto3.client("s3", endpoint_url=address, region_name=REGION, **keys).create_bucket(Bucket=BUCKET)
        options = {
            "bucket_name": BUCKET,
            "endpoint_url": address,
            "region_name": REGION,
            "access_key": KEY,
            "secret_key": KEY,
        }
        backend = {"BACKEND": "foundation.files.bucket.WholeObjects", "OPTIONS": options}
        with override_settings(STORAGES=settings.STORAGES | {"default": backend}):
            yield {
                "DXBUKAI_STORAGE": "s3",
                "DXBUKAI_STORAGE_BUCKET": BUCKET,
                "DXBUKAI_STORAGE_ENDPOINT": address,
                "DXBUKAI_STORAGE_REGION": REGION,
                "DXBUKAI_STORAGE_ACCESS_KEY": KEY,
                "DXBUKAI_STORAGE_SECRET_KEY": KEY,
            }
    finally:
        server.stop()
