"""What goes into a backup comes back: counts and hashes are compared."""

import hashlib
import json
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from foundation.db.backup import BackupRefused, backup, restore, verified
from foundation.db.releases import shape_of_program, shape_of_tables
from foundation.files.storage import WholeFiles
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from members.models import User
from opendata.models import DatasetVersion
from opendata.table import originals
from tests import builders

# Emptying the database between the two needs real commits.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town_with_a_file():
    builders.make_municipality()
    builders.make_membership(group=builders.make_group(slug="dx"), user=builders.make_user(family="𠮷田"))
    default_storage.save("originals/abc", ContentFile("公衆トイレ\n".encode("cp932")))


@pytest.fixture
def published(town_with_a_file):
    """A version that nothing can be added to or changed in, with a repair in it."""
    clerk = builders.make_user()
    dataset = builders.make_dataset(department=builders.make_department(), by=clerk)
    version = builders.make_version(dataset=dataset)
    version.repairs.create(row=2, column=1, code="x", before="1", after="2")
    version.findings.create(row=2, column=1, code="x", level="error", message="x")
    builders.publish(version)
    return version


@pytest.fixture
def saved(town_with_a_file, tmp_path):
    backup(tmp_path / "saved")
    return tmp_path / "saved"


def empty():
    call_command("flush", interactive=False, verbosity=0)


def facts(manifest):
    return {key: manifest[key] for key in ("migrations", "tables", "files")}


def test_rows_and_files_come_back_to_the_byte(saved, tmp_path, settings):
    empty()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    restore(saved)
    again = backup(tmp_path / "again")
    assert facts(again) == facts(json.loads((saved / "manifest.json").read_text()))


def test_files_go_from_a_bucket_into_a_backup_and_from_there_into_a_folder(
    s3, in_a_bucket, town_with_a_file, tmp_path, settings
):
    backup(tmp_path / "saved")
    empty()
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "foundation.files.storage.WholeFiles"}}
    restore(tmp_path / "saved")
    assert (settings.MEDIA_ROOT / "originals/abc").read_text("cp932") == "公衆トイレ\n"


def test_files_go_from_a_folder_into_a_backup_and_from_there_into_a_bucket(saved, request):
    empty()
    request.getfixturevalue("in_a_bucket")
    restore(saved)
    with default_storage.open("originals/abc") as file:
        assert file.read().decode("cp932") == "公衆トイレ\n"


@pytest.mark.parametrize("there", ["公衆トイレ\n", "別の中身"])
def test_what_lies_where_a_file_comes_back_is_it_or_is_put_right(saved, settings, there):
    empty()
    (settings.MEDIA_ROOT / "originals/abc").write_text(there, "cp932")
    restore(saved)
    assert (settings.MEDIA_ROOT / "originals/abc").read_text("cp932") == "公衆トイレ\n"


def test_what_is_still_being_written_is_no_file_yet(town_with_a_file, tmp_path, settings):
    (settings.MEDIA_ROOT / "originals/.0123.part").write_bytes(b"half")
    assert list(backup(tmp_path / "saved")["files"]) == ["originals/abc"]


class WhilePeopleUpload(WholeFiles):
    """Somebody uploads a file after the backup has seen which there are."""

    def listdir(self, path):
        found = super().listdir(path)
        if path == "originals/" and not DatasetVersion.objects.filter(original_name="新しい").exists():
            dataset = builders.make_dataset(department=builders.make_department(), by=User.objects.get())
            fields = {"number": 1, "title": "x", "original_name": "新しい", "uploaded_by": dataset.created_by}
            with transaction.atomic():
                DatasetVersion.objects.create(dataset=dataset, original=originals.keep(b"new"), **fields)
        return found


def test_what_was_uploaded_after_the_snapshot_is_not_missed(town_with_a_file, tmp_path, settings):
    backend = f"{__name__}.WhilePeopleUpload"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    assert list(backup(tmp_path / "saved")["files"]) == ["originals/abc"]
    assert DatasetVersion.objects.filter(original_name="新しい").exists()


class WhileTheWorkerSweeps(WholeFiles):
    """A file that no row names is taken away after the backup has seen it."""

    def listdir(self, path):
        folders, files = super().listdir(path)
        return folders, [*files, "swept"] if path == "originals/" else files


def test_what_no_row_names_may_go_meanwhile(town_with_a_file, tmp_path, settings):
    backend = f"{__name__}.WhileTheWorkerSweeps"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    assert list(backup(tmp_path / "saved")["files"]) == ["originals/abc"]


def test_what_is_frozen_comes_back_and_is_frozen_again(published, tmp_path):
    backup(tmp_path / "saved")
    empty()
    restore(tmp_path / "saved")
    assert [published.rows.count(), published.repairs.count(), published.findings.count()] == [1, 1, 1]
    with pytest.raises(IntegrityError, match="never changed"):
        published.repairs.create(row=2, column=1, code="y", before="1", after="3")


def test_after_a_restore_new_rows_get_new_numbers(saved):
    last = User.objects.get().pk
    empty()
    restore(saved)
    assert builders.make_user(email="new@example.jp").pk == last + 1


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"cut")])
def test_a_backup_without_a_file_that_a_row_names_is_none(published, tmp_path, settings, harm):
    data = b"whole"
    name = default_storage.save(f"originals/{hashlib.sha256(data).hexdigest()}", ContentFile(data))
    type(published)._base_manager.create(
        dataset=builders.make_dataset(department=published.dataset.department, by=published.uploaded_by),
        number=1,
        title="x",
        original=name,
        uploaded_by=published.uploaded_by,
    )
    harm(settings.MEDIA_ROOT / name)
    with pytest.raises(BackupRefused, match="ファイル1個が、見つからないか壊れています"):
        backup(tmp_path / "new")
    with pytest.raises(BackupRefused, match="バックアップではありません"):
        verified(tmp_path / "new")


# ASVS V14.2.4
def test_nobody_else_on_the_machine_reads_it(saved):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in saved.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [saved, *filter(Path.is_dir, saved.rglob("*"))]}
    assert (modes, folders) == ({0o600}, {0o700})


def test_what_waited_for_the_post_is_held_after_a_restore(town_with_a_file, tmp_path, settings, capsys):
    """The real server may have sent it after the backup: a rehearsal would write to everybody again."""
    builders.make_email()
    builders.make_email(state=JobState.DONE)
    call_command("backup", tmp_path / "saved")
    empty()
    call_command("restore", tmp_path / "saved")
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "unclear"]
    Worker().run_once()
    assert not list(settings.MAIL_FOLDER.glob("*"))
    assert "送信待ちだったメール1通は" in capsys.readouterr().out


def test_a_backup_never_overwrites(saved):
    with pytest.raises(BackupRefused, match="空ではありません"):
        backup(saved)


def test_a_restore_never_overwrites(saved):
    with pytest.raises(BackupRefused, match="利用者が登録されています"):
        restore(saved)


@pytest.mark.parametrize("name", ["rows/members_user.tsv", "files/originals/abc"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(saved, name):
    with (saved / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(BackupRefused, match=f"壊れています：{name}"):
        verified(saved)


def test_a_table_of_which_rows_are_missing_takes_the_whole_restore_back(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["tables"]["members_user"]["rows"] += 1
    (saved / "manifest.json").write_text(json.dumps(manifest))
    empty()
    with pytest.raises(BackupRefused, match="members_user の行数がバックアップの記録と違います"):
        restore(saved)
    assert not User.objects.exists()


def test_a_backup_of_a_later_release_is_refused(saved):
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["migrations"].append("members.9999_later")
    (saved / "manifest.json").write_text(json.dumps(manifest))
    empty()
    with pytest.raises(BackupRefused, match="今のプログラムより新しい版"):
        restore(saved)


@pytest.mark.no_cover
def test_a_backup_of_an_earlier_release_comes_forward(published, tmp_path):
    """It knew no notes of what is taken back, and nobody who was named a reviewer. All tables go back and come."""
    try:
        for app, name in [("ledger", "zero"), ("members", "0001")]:
            call_command("migrate", app, name, verbosity=0)
        manifest = backup(tmp_path / "saved")
    finally:
        call_command("migrate", verbosity=0)
    assert {"ledger.0001_initial", "members.0003_reviewers_are_named"}.isdisjoint(manifest["migrations"])
    empty()
    restore(tmp_path / "saved")
    again = backup(tmp_path / "again")
    assert again["migrations"] == sorted(shape_of_program())
    rows = {name: facts["rows"] for name, facts in manifest["tables"].items() if name != "django_migrations"}
    assert {name: again["tables"][name]["rows"] for name in rows} == rows
    with pytest.raises(IntegrityError, match="never changed"):
        published.repairs.create(row=2, column=1, code="y", before="1", after="3")


def test_a_database_that_was_not_migrated_is_refused_in_words(saved):
    empty()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE django_migrations")
        with pytest.raises(BackupRefused, match=r"「manage\.py migrate」を実行してから"):
            restore(saved)
        transaction.set_rollback(True)


def test_a_restore_that_fails_leaves_the_shape_as_it_was(saved):
    """The tables had gone back already."""
    manifest = json.loads((saved / "manifest.json").read_text())
    manifest["migrations"].remove("ledger.0001_initial")
    (saved / "manifest.json").write_text(json.dumps(manifest))
    empty()
    with pytest.raises(ProgrammingError, match="ledger_restoration"):
        restore(saved)
    assert shape_of_tables() == shape_of_program()
    assert connection.introspection.table_names().count("ledger_restoration") == 1


def test_sessions_cache_and_counters_stay_behind(saved):
    tables = json.loads((saved / "manifest.json").read_text())["tables"]
    with connection.cursor() as cursor:
        everything = set(connection.introspection.table_names(cursor))
    behind = {"django_session", "foundation_brake", "foundation_cache", "usersessions_usersession"}
    assert everything - set(tables) == behind


def test_the_command_says_what_it_wrote(town_with_a_file, tmp_path, capsys):
    call_command("backup", tmp_path / "new")
    assert "ファイル1個" in capsys.readouterr().out


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="バックアップではありません"):
        call_command("restore", tmp_path)
