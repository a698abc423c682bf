"""COPY keeps every value as it is."""

import pytest

from foundation.db import copying
from foundation.db.copying import Lines
from opendata.models import DatasetRow, Finding
from tests import builders


@pytest.fixture
def version(kimura, environment_section):
    return builders.make_version(dataset=builders.make_dataset(department=environment_section, by=kimura), rows=())


@pytest.mark.parametrize("value", [None, "", "\\N", "NULL", 'a"b', "a,b", "a\nb", "a\r\nb", " a ", "\\.", "𠮷野"])
def test_a_text_and_the_absence_of_one(version, value):
    row = (version.pk, "code", "error", "文", value)
    copying.copy(Finding, ("version", "code", "level", "message", "value"), [row])
    assert Finding.objects.get().value == value


def test_lists_are_kept_as_json(version):
    cells = ['"', "", "a,b", "改\n行", "\\"]
    copying.copy(DatasetRow, ("version", "row", "cells"), [(version.pk, 2, cells)])
    assert DatasetRow.objects.get().cells == cells


def test_more_than_one_block(version, monkeypatch):
    monkeypatch.setattr(copying, "BLOCK", 40)
    copying.copy(DatasetRow, ("version", "row", "cells"), ((version.pk, n, ["公園"]) for n in range(1, 30)))
    assert list(DatasetRow.objects.values_list("row", flat=True)) == list(range(1, 30))


def test_no_rows_at_all(version):
    copying.copy(DatasetRow, ("version", "row", "cells"), [])
    assert not DatasetRow.objects.exists()


def test_a_block_is_handed_on_as_soon_as_it_is_long(monkeypatch):
    monkeypatch.setattr(copying, "BLOCK", 40)
    assert [len(block) for block in copying.made(iter(["a" * 30] * 4))] == [60, 60, 0]


@pytest.mark.parametrize("size", [None, -1])
def test_who_asks_for_everything_gets_it_once(size):
    lines = Lines([["a"], ["b"]])
    assert (lines.read(size), lines.read(size)) == ('"a"\n"b"\n', "")


def test_who_asks_piece_by_piece_gets_every_piece():
    lines = Lines([["a"], ["b"]])
    assert list(iter(lambda: lines.read(3), "")) == ['"a"', '\n"b', '"\n']
