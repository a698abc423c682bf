"""Where uploads and public files lie: in a folder of this machine, or in a bucket that several hosts share."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from dxbukai import connections, keys

FOLDER = {"BACKEND": "foundation.files.storage.WholeFiles"}


def chosen(env: Env, *, mode: str) -> dict[str, Any]:
    """The entry "default" of STORAGES. Uploads are private: no URL, served by views only."""
    store = env.str("DXBUKAI_STORAGE", "folder")
    if store not in {"folder", "s3"}:
        raise ImproperlyConfigured(f"DXBUKAI_STORAGE は folder・s3 のいずれかです（現在の値：{store}）。")
    return _bucket(env, mode) if store == "s3" else FOLDER


def _bucket(env: Env, mode: str) -> dict[str, Any]:
    """Without keys boto3 asks the machine it runs on (a role)."""
    if mode == "demo":
        raise ImproperlyConfigured("デモはファイルをこのパソコンに置きます。DXBUKAI_STORAGE を外してください。")
    if not all(map(find_spec, ("boto3", "storages"))):
        raise ImproperlyConfigured(
            "DXBUKAI_STORAGE=s3 には boto3 と django-storages が必要です。"
            "requirements-extras.lock にある版で「pip install 'dxbukai[s3]'」を実行してください。"
        )
    options = {
        "bucket_name": env.str("DXBUKAI_STORAGE_BUCKET", ""),
        "endpoint_url": env.str("DXBUKAI_STORAGE_ENDPOINT", "") or None,
        "region_name": env.str("DXBUKAI_STORAGE_REGION", "") or None,
        "location": env.str("DXBUKAI_STORAGE_PREFIX", "").strip("/"),
        "access_key": keys.secret(
            env.str("DXBUKAI_STORAGE_ACCESS_KEY_FILE", ""), env.str("DXBUKAI_STORAGE_ACCESS_KEY", "")
        ),
        "secret_key": keys.secret(
            env.str("DXBUKAI_STORAGE_SECRET_KEY_FILE", ""), env.str("DXBUKAI_STORAGE_SECRET_KEY", "")
        ),
    }
    if options["endpoint_url"]:
        connections.refuse_plain(
            "DXBUKAI_STORAGE_ENDPOINT", options["endpoint_url"], production=mode == "production"
        )
    if not options["bucket_name"]:
        raise ImproperlyConfigured("DXBUKAI_STORAGE_BUCKET に、ファイルを置くバケットの名前を指定してください。")
    if bool(options["access_key"]) != bool(options["secret_key"]):
        raise ImproperlyConfigured(
            "DXBUKAI_STORAGE_ACCESS_KEY と DXBUKAI_STORAGE_SECRET_KEY は、両方を指定するか、両方を外してください。"
        )
    return {"BACKEND": "foundation.files.bucket.WholeObjects", "OPTIONS": options}
