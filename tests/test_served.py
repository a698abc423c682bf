"""What lies beside the portal has no address: the checkout, its settings and keys, uploads, folders as such."""

from pathlib import PurePath

import pytest
from django.conf import settings
from django.test import Client

from tests.repository import ROOT

# What somebody would try who knows how such software is made.
BESIDE = [
    ".git/HEAD",
    ".git/config",
    ".gitignore",
    ".svn/entries",
    ".hg/store",
    ".env",
    ".venv/pyvenv.cfg",
    "manage.py",
    "pyproject.toml",
    "requirements.lock",
    "Makefile",
    "Dockerfile",
    "dxbukai/settings.py",
    "docs/security.md",
    "tests/conftest.py",
    "var/secret-key",
    "var/files/ledger/",
    "var/static/staticfiles.json",
    "backup/manifest.json",
    "wsgi.py",
    "admin/",
    "server-status",
    "debug/",
    "api/",
    "swagger.json",
    "openapi.json",
    "graphql",
    "metrics",
    "phpinfo.php",
]
FOLDERS = [
    "static/",
    "static/css/",
    "static/js/",
    "static/img/",
    "static/vendor/",
    "media/",
    "files/",
    "files/originals/",
]
# Ways past a folder, as browsers would not send them.
AROUND = [
    "static/../manage.py",
    "static/%2e%2e/manage.py",
    "static/..%2fmanage.py",
    "static//etc/passwd",
    "static/css/..",
]


@pytest.fixture
def known_places(settings, tmp_path):
    """Something lies where one would look for it."""
    (tmp_path / "files" / "originals").mkdir(parents=True)
    (tmp_path / "files" / "originals" / "list.csv").write_text("x")
    settings.MEDIA_ROOT = tmp_path / "files"
    assert (ROOT / "manage.py").exists()


# ASVS V13.4.1, V13.4.3, V13.4.5
@pytest.mark.parametrize("who", ["nobody", "abe"])
def test_nothing_beside_the_portal_is_served_and_no_folder_is_listed(known_places, town, request, who):
    client, below = Client(), [f"static/{path}" for path in BESIDE]
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    found = {path: client.get(f"/{path}").status_code for path in [*BESIDE, *FOLDERS, *AROUND, *below]}
    assert {path: status for path, status in found.items() if status not in {400, 404}} == {}


# ASVS V13.4.1
def test_what_is_served_as_a_file_is_of_the_static_folders_alone():
    """Of ours and of the packages, whose names production collects."""
    from django.contrib.staticfiles.finders import get_finders

    found = [path for finder in get_finders() for path, _storage in finder.list([])]
    assert [path for path in found if path.startswith(".") or "/." in path] == []
    assert {PurePath(path).suffix for path in found} == {"", ".css", ".js", ".md", ".svg", ".webp"}
    assert settings.STATICFILES_DIRS == [ROOT / "static"]
