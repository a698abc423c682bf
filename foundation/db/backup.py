"""Everything the portal keeps, rows and files, into one folder and back.

    manifest.json     its id, when, which migrations, and for each table and file its count and sha256
    rows/<table>.tsv  PostgreSQL's COPY text format, UTF-8
    files/…           the uploads and public files, as they lie in the storage, folder or bucket

The rows come from one snapshot of the database; files are named by their content and never change, so copying
them after the rows misses nothing that a row names, and one that is not there makes the backup fail. Sessions and
the cache stay behind: after a restore everybody logs in again. The secret key is not in it either: without
the same key, personal links in mails already sent no longer open.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from foundation.db.releases import in_the_shape_of, shape_of_program, shape_of_tables

# Who is logged in where, and what is remembered for a moment.
LEFT_BEHIND = ["django_session", "foundation_brake", "foundation_cache", "usersessions_usersession"]
# What was taken back is noted there; an old copy of the notes would say that nothing was (foundation/ledger).
NOTES = "ledger"
FORMAT = 2
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
        # The first question is the moment of the snapshot; its clock is that of all hosts.
        cursor.execute("SELECT clock_timestamp()")
        manifest: Manifest = {
            "format": FORMAT,
            "id": uuid4().hex,
            "created_at": cursor.fetchone()[0].isoformat(),
            "migrations": sorted(shape_of_tables()),
            "tables": {name: _write_table(cursor, name, folder / "rows") for name in _tables(cursor)},
        }
        named = named_by_rows()
    manifest["files"] = dict(_fetched(sorted(_stored()), folder / "files"))
    _refuse_incomplete(named, manifest["files"])
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def restore(folder: Path) -> Manifest:
    """Fill a migrated, empty database and the storage from `folder`, rows all or nothing; return the manifest.

    The backup may be of an earlier release: its rows come forward with the migrations that were made since.
    """
    manifest = verified(folder)
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_unless_fitting(manifest)
        with in_the_shape_of(manifest["migrations"]):
            _fill(cursor, manifest["tables"], folder / "rows")
        for name, facts in manifest["files"].items():
            _store_file(name, facts["sha256"], folder / "files")
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


def _refuse_unless_fitting(manifest: Manifest) -> None:
    program = shape_of_program()
    if shape_of_tables() != program:
        raise BackupRefused(
            "データベースの準備ができていません。「manage.py migrate」を実行してから、復元してください。"
        )
    if not program.issuperset(manifest["migrations"]):
        raise BackupRefused(
            "このバックアップは、今のプログラムより新しい版で作られています。同じ版か、より新しい版の"
            "プログラムで復元してください。"
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


def _write_table(cursor: CursorWrapper, name: str, folder: Path) -> dict[str, Any]:
    columns = [column.name for column in connection.introspection.get_table_description(cursor, name)]
    path = folder / f"{name}.tsv"
    with path.open("wb") as out:
        cursor.copy_expert(f"COPY {_quoted(name)} ({', '.join(map(_quoted, columns))}) TO STDOUT", out)
    return {"columns": columns, "rows": cursor.rowcount, "sha256": _sha256(path)}


def _fill(cursor: CursorWrapper, tables: dict[str, Any], folder: Path) -> None:
    # What is left behind goes too: its rows point at those that go.
    cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))} CASCADE")
    with _frozen_rows_let_in(cursor, list(tables)):
        for name, facts in tables.items():
            _read_table(cursor, name, facts, folder)


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


def _stored(folder: str = "") -> Iterator[str]:
    """The names of all files but the notes. What is being written has a dot in front, and may soon be gone."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        # Nobody has uploaded anything yet.
        return
    yield from (f"{folder}{name}" for name in files if not name.startswith("."))
    for name in folders:
        if f"{folder}{name}" != NOTES:
            yield from _stored(f"{folder}{name}/")


def _fetched(names: list[str], folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in names:
        # What no row names may be taken away meanwhile (opendata.jobs); the rest is asked for in the end.
        with suppress(FileNotFoundError):
            yield name, _fetch_file(name, folder)


def _fetch_file(name: str, folder: Path) -> dict[str, Any]:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as file, target.open("wb") as out:
        shutil.copyfileobj(file, out)
    return {"size": target.stat().st_size, "sha256": _sha256(target)}


def _store_file(name: str, sha256: str, folder: Path) -> None:
    """Unless it is there: what lies under its name is it, or is damaged and put right."""
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return
        default_storage.delete(name)
    with (folder / name).open("rb") as file:
        default_storage.save(name, File(file))


def _refuse_incomplete(named: set[str], files: dict[str, Any]) -> None:
    """Without its manifest, which is written after this, the folder is no backup."""
    lost = [name for name in sorted(named) if not _is_whole(name, files.get(name))]
    if lost:
        raise BackupRefused(
            f"バックアップを作成できませんでした。データベースに記録のあるファイル{len(lost)}個が、見つからないか"
            f"壊れています：{'、'.join(lost[:5])}。ファイルの置き場（DXBUKAI_VAR、DXBUKAI_STORAGE）を確認してください。"
        )


def named_by_rows() -> set[str]:
    """Every file that a row says is there. A table that the next migration makes has none yet."""
    tables = set(connection.introspection.table_names())
    return {
        name
        for model in apps.get_models()
        if model._meta.db_table in tables
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
        for name in model._meta.base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
    }


def _is_whole(name: str, copied: dict[str, Any] | None) -> bool:
    """Files that a row names are named by their hash."""
    return copied is not None and copied["sha256"] == name.rpartition("/")[2]


def _sha256(path: Path) -> str:
    """Return the file's hash, or an empty text if it is missing."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
