"""Everything the portal keeps, rows and files, into one folder and back.

    manifest.json     when, which migrations, and for each table and file its count and sha256
    rows/<table>.tsv  PostgreSQL's COPY text format, UTF-8
    files/…           the uploads, as they lie in MEDIA_ROOT

The rows come from one snapshot of the database; uploads are named by their content and never change, so copying
them after the rows misses nothing that a row names, and one that is not there makes the backup fail. Sessions and
the cache stay behind: after a restore everybody logs in again. The secret key is not in it either: without
the same key, personal links in mails already sent no longer open.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

# Who is logged in where, and what is remembered for a moment.
LEFT_BEHIND = ["django_session", "foundation_cache", "usersessions_usersession"]
FORMAT = 1
Manifest = dict[str, Any]


class BackupRefused(Exception):
    """Nothing was changed; the sentence says why and what to do."""


def backup(folder: Path) -> Manifest:
    """Write a backup into `folder`, which must be new or empty; return the manifest."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupRefused(f"{folder} は空ではありません。新しいフォルダーを指定してください。")
    # Names, addresses and waiting emails are in it: the other accounts of the machine see neither folder nor file.
    usual = os.umask(0o077)
    try:
        return _write(folder)
    finally:
        os.umask(usual)


def _write(folder: Path) -> Manifest:
    (folder / "rows").mkdir(parents=True)
    folder.chmod(0o700)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        manifest: Manifest = {
            "format": FORMAT,
            "created_at": timezone.now().isoformat(),
            "migrations": _migrations(cursor),
            "tables": {name: _write_table(cursor, name, folder / "rows") for name in _tables(cursor)},
        }
    manifest["files"] = _copy_files(Path(settings.MEDIA_ROOT), folder / "files")
    _refuse_incomplete(manifest["files"])
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def restore(folder: Path) -> Manifest:
    """Fill a migrated, empty database and MEDIA_ROOT from `folder`, rows all or nothing; return the manifest."""
    manifest = verified(folder)
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_unless_fitting(cursor, manifest)
        # What is left behind too: its rows point at those that go.
        cursor.execute("TRUNCATE " + ", ".join(map(_quoted, [*manifest["tables"], *LEFT_BEHIND])))
        with _frozen_rows_let_in(cursor, list(manifest["tables"])):
            for name, facts in manifest["tables"].items():
                _read_table(cursor, name, facts, folder / "rows")
        _copy_files(folder / "files", Path(settings.MEDIA_ROOT))
    return manifest


def verified(folder: Path) -> Manifest:
    """Read the manifest and see that every table and file is there, to the byte."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError) as error:
        raise BackupRefused(f"{folder} はバックアップではありません（manifest.json が読めません）。") from error
    expected = {f"rows/{name}.tsv": facts["sha256"] for name, facts in manifest["tables"].items()}
    expected |= {f"files/{name}": facts["sha256"] for name, facts in manifest["files"].items()}
    damaged = [name for name, sha256 in expected.items() if _sha256(folder / name) != sha256]
    if damaged:
        raise BackupRefused(
            f"バックアップが壊れています：{'、'.join(damaged[:5])}。別のバックアップを使ってください。"
        )
    return manifest


def _refuse_unless_fitting(cursor: CursorWrapper, manifest: Manifest) -> None:
    if _migrations(cursor) != manifest["migrations"]:
        raise BackupRefused(
            "バックアップを取った版とデータベースの版が違います。バックアップと同じ版のプログラムで"
            "「manage.py migrate」を実行してから、復元してください。"
        )
    if get_user_model().objects.exists():
        raise BackupRefused("データベースに利用者が登録されています。空のデータベースに復元してください。")


# Tables


def _tables(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> ALL(%s)"
        " ORDER BY tablename",
        [LEFT_BEHIND],
    )
    return [name for (name,) in cursor.fetchall()]


def _migrations(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def _write_table(cursor: CursorWrapper, name: str, folder: Path) -> dict[str, Any]:
    columns = [column.name for column in connection.introspection.get_table_description(cursor, name)]
    path = folder / f"{name}.tsv"
    with path.open("wb") as out:
        cursor.copy_expert(f"COPY {_quoted(name)} ({', '.join(map(_quoted, columns))}) TO STDOUT", out)
    return {"columns": columns, "rows": cursor.rowcount, "sha256": _sha256(path)}


def _read_table(cursor: CursorWrapper, name: str, facts: dict[str, Any], folder: Path) -> None:
    columns = ", ".join(map(_quoted, facts["columns"]))
    with (folder / f"{name}.tsv").open("rb") as rows:
        cursor.copy_expert(f"COPY {_quoted(name)} ({columns}) FROM STDIN", rows)
    if cursor.rowcount != facts["rows"]:
        raise BackupRefused(f"{name} の行数がバックアップの記録と違います。復元は取り消しました。")
    for sequence in connection.introspection.get_sequences(cursor, name):
        last = f"(SELECT max({_quoted(sequence['column'])}) FROM {_quoted(name)})"
        cursor.execute(f"SELECT setval(%s, coalesce({last}, 1), {last} IS NOT NULL)", [sequence["name"]])


@contextmanager
def _frozen_rows_let_in(cursor: CursorWrapper, tables: list[str]) -> Iterator[None]:
    """What was published comes back as it was: the triggers that freeze it are for those who change it."""
    for name in tables:
        cursor.execute(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
    yield
    # No table with a foreign key still to be judged can be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in tables:
        cursor.execute(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


# Files


def _copy_files(source: Path, target: Path) -> dict[str, Any]:
    """Copy what lies below `source`; return {relative name: {sha256}}."""
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    return {
        name.as_posix(): {"size": (target / name).stat().st_size, "sha256": _sha256(target / name)}
        for name in names
    }


def _refuse_incomplete(files: dict[str, Any]) -> None:
    """Without its manifest, which is written after this, the folder is no backup."""
    lost = [name for name in sorted(_named_by_rows()) if not _is_whole(name, files.get(name))]
    if lost:
        raise BackupRefused(
            f"バックアップを作成できませんでした。データベースに記録のあるファイル{len(lost)}個が、見つからないか"
            f"壊れています：{'、'.join(lost[:5])}。ファイルの置き場（DXBUKAI_VAR）を確認してください。"
        )


def _named_by_rows() -> set[str]:
    """Every file that a row says is there."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
        for name in model._meta.base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
    }


def _is_whole(name: str, copied: dict[str, Any] | None) -> bool:
    """Uploads are named by their hash."""
    return copied is not None and copied["sha256"] == name.rpartition("/")[2]


def _sha256(path: Path) -> str:
    """Return the file's hash, or an empty text if it is missing."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
