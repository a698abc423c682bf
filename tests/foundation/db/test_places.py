"""Folders that only the embedded server's user may enter."""

import os
import stat
from pathlib import Path

import pytest

from foundation.db.places import CannotStart, claim, may_enter


def test_a_folder_is_made_for_one_user_alone(tmp_path):
    claim(tmp_path / "own")
    claim(tmp_path / "own")
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700


def a_file(place):
    place.touch(mode=0o600)


def open_to_others(place):
    place.mkdir(mode=0o700)
    place.chmod(0o750)


def somebody_elses(place):
    place.mkdir(mode=0o700)
    os.chown(place, 12_345, 12_345)


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="gives a folder away")


@pytest.mark.parametrize("found", [a_file, open_to_others, pytest.param(somebody_elses, marks=needs_root)])
def test_what_somebody_else_put_there_is_refused(tmp_path, found):
    found(tmp_path / "own")
    with pytest.raises(CannotStart, match="安全に使えません"):
        claim(tmp_path / "own")


@pytest.mark.parametrize(("uid", "may"), [(0, False), (1000, True)])
def test_only_root_has_to_ask_whether_another_user_may_pass(tmp_path, monkeypatch, uid, may):
    """Anybody else's server runs as they do themselves."""
    (tmp_path / "closed").mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: uid)
    assert may_enter(tmp_path / "closed" / "new") is may


@pytest.mark.parametrize("uid", [0, 1000])
def test_what_everybody_may_pass_the_server_may_too(monkeypatch, uid):
    monkeypatch.setattr(os, "getuid", lambda: uid)
    assert may_enter(Path("/tmp/new")) is True
