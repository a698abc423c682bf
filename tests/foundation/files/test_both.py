"""What a folder and a bucket promise alike."""

import io
from contextlib import closing

import pytest
from django.core.files.base import ContentFile

NAME = "originals/a"


def read(storage, name=NAME):
    with storage.open(name) as file:
        return file.read()


class BrokenOff(io.BytesIO):
    """Half of it comes, and then no more."""

    def read(self, _size=-1):
        raise ConnectionResetError


class BrokenOffFile(ContentFile):
    def __init__(self):
        super().__init__(b"half of it")
        self.file = BrokenOff(b"half of it")

    def chunks(self, _size=None):
        yield b"half"
        raise ConnectionResetError


def test_what_was_saved_is_read_back_under_the_very_name(storage):
    assert storage.save(NAME, ContentFile(b"whole")) == NAME
    assert (read(storage), storage.size(NAME)) == (b"whole", 5)


def test_a_name_that_is_taken_is_not_written_over(storage):
    storage.save(NAME, ContentFile(b"first"))
    with pytest.raises(FileExistsError):
        storage.save(NAME, ContentFile(b"second"))
    assert read(storage) == b"first"


def test_a_write_that_breaks_off_leaves_nothing(storage):
    with pytest.raises(ConnectionResetError):
        storage.save(NAME, BrokenOffFile())
    assert (storage.exists(NAME), storage.listdir("originals")[1] if storage.exists("originals") else []) == (
        False,
        [],
    )


def test_a_file_that_is_not_there_is_said_to_be_missing(storage):
    for ask in (storage.open, storage.size, storage.mark, lambda name: storage.part(name, 0, 1).read()):
        with pytest.raises(FileNotFoundError):
            ask(NAME)


@pytest.mark.parametrize(("start", "length"), [(0, 10), (0, 1), (3, 4), (9, 1)])
def test_a_part_is_those_bytes_however_they_are_read(storage, start, length):
    data = b"0123456789"
    storage.save(NAME, ContentFile(data))
    expected = data[start : start + length]
    with closing(storage.part(NAME, start, length)) as part:
        assert part.read() == expected
    with closing(storage.part(NAME, start, length)) as part:
        assert b"".join(iter(lambda: part.read(3), b"")) == expected


def test_the_mark_of_a_file_is_another_when_it_was_written_anew(storage):
    storage.save(NAME, ContentFile(b"first"))
    before = storage.mark(NAME)
    storage.delete(NAME)
    storage.save(NAME, ContentFile(b"other"))
    assert storage.mark(NAME) != before


def test_what_lies_there_is_listed(storage):
    for name in (NAME, "public/b", "public/c"):
        storage.save(name, ContentFile(b"x"))
    folders, files = storage.listdir("")
    assert (sorted(folders), files, sorted(storage.listdir("public")[1])) == (
        ["originals", "public"],
        [],
        ["b", "c"],
    )


# ASVS V5.3.1
def test_no_address_leads_to_a_file(storage):
    storage.save(NAME, ContentFile(b"x"))
    with pytest.raises(ValueError, match="no address"):
        storage.url(NAME)


def test_it_says_that_it_is_there(storage):
    assert storage.condition()["files"] == "ok"
