"""A bucket of a store that speaks S3, where several hosts share what one of them keeps.

It keeps the promise of the folder (storage.py): one PUT is a whole object or none, and a name that is taken is not
written over. Objects are private, and no address leads to them. boto3 is loaded with this module alone.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from foundation.files.storage import NO_ADDRESS, Mark, Part, StoreAway

# Of an object that is opened so much is held in memory; the rest waits on the disk.
IN_MEMORY = 1 << 20
SECONDS_TO_CONNECT, SECONDS_TO_ANSWER = 5, 30


class WholeObjects(S3Storage):
    """Bucket, keys and the rest come from `settings.STORAGES`."""

    def get_default_settings(self) -> dict[str, Any]:
        endpoint = {"addressing_style": "path" if self._asked_for_endpoint else "auto"}
        limits = {"connect_timeout": SECONDS_TO_CONNECT, "read_timeout": SECONDS_TO_ANSWER}
        config = Config(signature_version="s3v4", s3=endpoint, **limits)
        return super().get_default_settings() | {
            "client_config": config,
            "default_acl": None,
            "querystring_auth": False,
            "file_overwrite": False,
        }

    def __init__(self, **options: Any) -> None:
        self._asked_for_endpoint = bool(options.get("endpoint_url"))
        super().__init__(**options)

    @cached_property
    def connection(self) -> Any:
        """One for all threads: its client may be used by several, and each takes its time and its megabytes."""
        return super().connection

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name that a row will have, or none."""
        return name

    def mark(self, name: str) -> Mark:
        with told(name):
            found = self._client.head_object(**self._place(name))
        return found["ContentLength"], found["LastModified"], found["ETag"]

    def part(self, name: str, start: int, length: int) -> Part:
        def opened() -> IO[bytes]:
            with told(name):
                asked = f"bytes={start}-{start + length - 1}"
                return cast("IO[bytes]", self._client.get_object(**self._place(name), Range=asked)["Body"])

        return Part(opened, length)

    def condition(self) -> dict[str, Any]:
        """How much room a bucket has nobody knows."""
        try:
            with told(self.bucket_name):
                self._client.head_bucket(Bucket=self.bucket_name)
        except OSError:
            return {"files": "away", "disk_free_mb": None}
        return {"files": "ok", "disk_free_mb": None}

    def exists(self, name: str) -> bool:
        with told(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with told(name):
            super().delete(name)

    def size(self, name: str) -> int:
        with told(name):
            return int(self._client.head_object(**self._place(name))["ContentLength"])

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with told(path):
            folders, files = super().listdir(path)
        return folders, files

    def url(self, name: str | None, *_args: Any, **_options: Any) -> str:
        raise ValueError(NO_ADDRESS)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        """All of it or nothing: what breaks off on its way is no file."""
        with told(name), ExitStack() as unless_whole:
            body = self._client.get_object(**self._place(name))["Body"]
            file = unless_whole.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            shutil.copyfileobj(body, file)
            file.seek(0)
            unless_whole.pop_all()
        return File(file, name)

    def _save(self, name: str, content: "File[Any]") -> str:
        content.seek(0)
        with told(name):
            self._client.put_object(**self._place(name), Body=content, IfNoneMatch="*")
        return name

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}


@contextmanager
def told(name: str) -> Iterator[None]:
    """The words of a folder for what the store answers."""
    try:
        yield
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        raise ANSWERS.get(status, StoreAway)(f"{name}: {error}") from error
    except BotoCoreError as error:
        raise StoreAway(f"{name}: {error}") from error


ANSWERS = {404: FileNotFoundError, 412: FileExistsError}
