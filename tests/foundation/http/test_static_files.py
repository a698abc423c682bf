"""Two releases at once: while hosts are upgraded one by one, and in a browser whose page lay open meanwhile."""

import json
from contextlib import closing

import pytest
from django.core.management import call_command
from django.http import HttpResponseNotFound

from foundation.http.static_files import StaticFiles

OLD, NEW = "main { color: black }", "main { color: navy }"
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
FINDER = "django.contrib.staticfiles.finders.FileSystemFinder"


@pytest.fixture
def release(settings, tmp_path):
    """Collects what a release ships into a host's folder; tells the name under which its pages ask for it."""
    source = tmp_path / "shipped"
    (source / "css").mkdir(parents=True)
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = [source], [FINDER]
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}

    def collect(host, css):
        settings.STATIC_ROOT = str(tmp_path / host)
        (source / "css" / "base.css").write_text(css)
        call_command("collectstatic", interactive=False, verbosity=0)
        names = json.loads((tmp_path / host / "staticfiles.json").read_text())["paths"]
        return f"/static/{names['css/base.css']}"

    return collect


@pytest.fixture
def asked(rf):
    """What is served under a name, and how long it is kept."""

    def ask(name):
        with closing(StaticFiles(lambda _request: HttpResponseNotFound())(rf.get(name))) as answer:
            return b"".join(answer).decode(), answer.headers.get("Cache-Control")

    return ask


def test_a_page_of_before_finds_its_style_after_the_upgrade(release, asked):
    before, after = release("one", OLD), release("one", NEW)
    assert [asked(name)[0] for name in (before, after)] == [OLD, NEW]


def test_a_new_page_finds_a_style_where_the_release_before_still_runs_and_does_not_keep_it(release, asked):
    new = release("upgraded", NEW)
    release("not-yet", OLD)
    assert asked(new) == (OLD, "max-age=60, public")


def test_what_no_release_has_is_not_there(release, asked):
    release("one", OLD)
    assert asked("/static/css/other.0123456789ab.css") == ("", None)
