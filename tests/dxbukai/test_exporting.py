"""What is public as a folder of files: nothing else, with links that work from a disk."""

import hashlib
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from members.models import WorkingGroup
from reports.models import ReportRevision
from tests.world import World

LINK = re.compile(r'(?:href|src)="([^"#]+)"')
REPORT = "groups/dx-own/meetings/2/report"


@pytest.fixture
def world(town):
    return World(town)


@pytest.fixture
def exported(world, tmp_path):
    """`exported()`: the folder after another call."""

    def exported_():
        call_command("export_public", str(tmp_path / "public"))
        return tmp_path / "public"

    return exported_


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_there_is_what_citizens_may_read_and_nothing_else(exported, world):
    """A data set is the town's own, whichever group asked for it."""
    slugs = [place.dataset.slug for place in (world.own, world.foreign)]
    assert names(exported()) == sorted(
        [
            "checksums-sha256.txt",
            *(f"data/{slug}/{name}" for slug in slugs for name in ("index.html", f"{slug}.csv", f"{slug}.json")),
            *(f"{REPORT}/{name}" for name in ("fragment.html", "index.html")),
            *(f"{REPORT}/report.{suffix}" for suffix in ("docx", "pdf", "txt")),
            "index.html",
            "print.css",
            "style.css",
        ]
    )


def test_every_link_leads_to_a_file_of_the_folder(exported):
    folder = exported()
    links = [(page, link) for page in folder.rglob("*.html") for link in LINK.findall(page.read_text())]
    assert len(links) > 10
    assert [(page, link) for page, link in links if not (page.parent / link).is_file()] == []


def test_the_sums_are_those_of_the_files(exported):
    folder = exported()
    lines = (folder / "checksums-sha256.txt").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert sums == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names(folder)
        if name != "checksums-sha256.txt"
    }


def test_all_formats_say_what_the_portal_says(exported, client):
    folder = exported()
    for suffix in ("txt", "pdf", "docx"):
        served = client.get(f"/{REPORT}.{suffix}").content
        assert (folder / REPORT / f"report.{suffix}").read_bytes() == served
    fragment = (folder / REPORT / "fragment.html").read_text()
    assert ("<html" in fragment, "<h1" in fragment) == (False, False)


def test_what_was_withheld_is_gone_at_the_next_call(exported, world):
    exported()
    said = {"withheld_at": timezone.now(), "withheld_by": world.own.desk, "withheld_reason": "誤りがあったため"}
    ReportRevision.objects.filter(report__meeting=world.own.held).update(**said)
    folder = exported()
    assert names(folder / REPORT) == ["index.html", "report.txt"]
    for name in ("index.html", "report.txt"):
        assert "誤りがあったため" in (folder / REPORT / name).read_text()
    assert "公開した部会の結果報告" not in "".join(page.read_text() for page in folder.rglob("*.html"))


def test_what_is_in_work_does_not_leave_the_house(exported, world):
    world.own.dataset.versions.filter(number=2).update(title="提出中の一覧")
    WorkingGroup.objects.filter(pk=world.own.group.pk).update(is_public=False)
    told = "".join(page.read_text() for page in exported().rglob("*.html"))
    assert [words in told for words in ("提出中の一覧", "の結果報告", "閉じた部会")] == [False, False, False]


def test_a_folder_of_anything_else_is_left_alone(world, tmp_path):
    (tmp_path / "letter.txt").write_text("手紙")
    with pytest.raises(CommandError, match="このコマンドが書き出したものではないファイル"):
        call_command("export_public", str(tmp_path))
    assert names(tmp_path) == ["letter.txt"]


@pytest.mark.parametrize(
    ("folder", "said"),
    [("none/public", "というフォルダーがありません"), ("letter.txt", "はフォルダーではありません")],
)
def test_it_says_why_it_cannot(world, tmp_path, folder, said):
    (tmp_path / "letter.txt").write_text("手紙")
    with pytest.raises(CommandError, match=said):
        call_command("export_public", str(tmp_path / folder))
