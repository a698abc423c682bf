"""A name in the storage stands for a whole file, whatever happened while it was written."""

import errno
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from foundation.files.storage import WholeFiles


@pytest.fixture
def storage(tmp_path):
    return WholeFiles(tmp_path / "files")


class BrokenOff(ContentFile):
    """Half of it comes, and then no more."""

    def chunks(self, _size=None):
        yield b"half"
        raise ConnectionResetError


def names_in(storage):
    return sorted(path.name for path in Path(storage.path("originals")).iterdir())


def test_what_was_saved_is_read_back(storage):
    assert Path(storage.path(storage.save("originals/a", ContentFile(b"whole")))).read_bytes() == b"whole"
    assert names_in(storage) == ["a"]


def test_a_write_that_breaks_off_leaves_nothing(storage):
    with pytest.raises(ConnectionResetError):
        storage.save("originals/a", BrokenOff(b""))
    assert names_in(storage) == []


def test_a_full_disk_leaves_nothing(storage, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        storage.save("originals/a", ContentFile(b"whole"))
    assert names_in(storage) == []


def test_a_name_that_was_taken_meanwhile_is_not_written_over(storage):
    storage.save("originals/a", ContentFile(b"first"))
    with pytest.raises(FileExistsError):
        storage.save("originals/a", ContentFile(b"second"))
    assert Path(storage.path("originals/a")).read_bytes() == b"first"


def test_the_other_accounts_of_the_machine_see_neither_folder_nor_file(storage):
    path = Path(storage.path(storage.save("originals/a", ContentFile(b"x"))))
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path.parent, path)]
    assert modes == [0o700, 0o600]


def test_a_server_may_send_a_part_by_itself_from_where_it_stands(storage):
    storage.save("originals/a", ContentFile(b"0123456789"))
    with closing(storage.part("originals/a", 3, 4)) as part:
        assert os.read(part.fileno(), 2) == b"34"


def test_a_part_that_nobody_read_was_never_opened(storage):
    """HEAD asks of a file and wants none of it."""
    part = storage.part("originals/gone", 0, 1)
    part.close()
    with pytest.raises(FileNotFoundError):
        part.read()
