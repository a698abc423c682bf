"""What is public as a folder of plain files, for towns whose portal citizens cannot reach (docs/placement.md).

All addresses in it are relative and name a file: it works from a disk, from any folder of any server. It is made
beside the folder that is asked for and takes its place as a whole: what was withheld since is not left behind.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from foundation.db import clock
from foundation.documents.writers import WRITERS
from foundation.files import hashed
from members import senders
from members.licences import TERMS
from members.models import Municipality
from members.states import Licence
from opendata.catalogue import describing, files
from opendata.models import DatasetVersion
from reports import published
from reports.formats.as_page import page_of
from reports.models import PublicReport, ReportRevision

# Tells a folder of ours from one that holds anything else.
CHECKSUMS = "checksums-sha256.txt"
STYLES = {
    "style.css": ["vendor/dads-tokens/tokens.css", "css/base.css", "css/components.css", "css/report.css"],
    "print.css": ["css/print.css"],
}
PREVIEW = 20


def export(folder: Path) -> int:
    """Returns how many files there are. ValidationError says in a sentence why the folder is not taken."""
    _refuse_strange(folder)
    made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files_of_tree():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(content)
        count = _sum_up(made)
        made.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return count


def files_of_tree() -> Iterator[tuple[str, Iterable[bytes]]]:
    reports, versions = _reports(), list(_versions())
    withheld = _withheld()
    for name, parts in STYLES.items():
        yield name, [(settings.BASE_DIR / "static" / part).read_bytes() for part in parts]
    years = [(year, list(rows)) for year, rows in groupby(reports, lambda row: row.group.with_year)]
    yield "index.html", _page("index", "", years=years, versions=versions, withheld=withheld)
    for row in reports:
        yield from _report(row)
    for revision in withheld:
        yield from _gone(revision)
    for version in versions:
        yield from _dataset(version)


def _reports() -> list[PublicReport]:
    rows = PublicReport.objects.for_citizens().light().select_related("group__contact_department")
    return list(rows.order_by("-group__fiscal_year", "group__slug", "-number"))


def _withheld() -> list[ReportRevision]:
    """Those of public groups that stood in public once and do not now."""
    last = ReportRevision.objects.order_by("report", "-number").distinct("report").values("pk")
    gone = ReportRevision.objects.filter(pk__in=last, withheld_at__isnull=False)
    public = gone.filter(report__meeting__group__is_public=True).select_related("report__meeting__group")
    return list(public.order_by("report__meeting__group__slug", "report__meeting__number"))


def _versions() -> Iterable[DatasetVersion]:
    return DatasetVersion.objects.current().light().select_related("dataset__department").order_by("title", "pk")


def place_of(slug: str, number: int) -> str:
    """The same words as in the portal's own address."""
    return f"groups/{slug}/meetings/{number}/report"


def _report(row: PublicReport) -> Iterator[tuple[str, Iterable[bytes]]]:
    revisions = list(row.report.revisions.select_related("report__meeting__group", "filed"))
    place, document = place_of(row.group.slug, row.number), published.document(revisions)
    # What was lost is named and not led to.
    materials = [one for one in revisions[-1].materials.all() if hashed.is_whole(one.stored)]
    for one in materials:
        one.address = f"material-{one.place}.{one.extension}"
        with one.file.open() as file:
            yield f"{place}/{one.address}", file.chunks()
    addresses = {one.label: one.address for one in materials}
    context = {"report": page_of(published.tree(revisions, addresses)), "row": row, "revision": revisions[-1]}
    context["materials"] = materials
    formats = ["txt"]
    filed = getattr(revisions[-1], "filed", None)
    if filed and filed.file:
        context["original"] = f"original.{filed.extension}"
        with filed.file.open() as file:
            yield f"{place}/{context['original']}", file.chunks()
    yield f"{place}/report.txt", [published.text(revisions).encode()]
    for suffix, (write, _content_type) in WRITERS.items():
        try:
            yield f"{place}/report.{suffix}", [write(document, at=revisions[-1].published_at)]
        except ValidationError:
            continue  # the portal says so in its place too
        formats.insert(-1, suffix)
    yield f"{place}/index.html", _page("report", "../../../../../", formats=formats, **context)
    # It stands on a page of another system, from which nothing leads to these files.
    context["report"] = page_of(published.tree(revisions))
    yield f"{place}/fragment.html", _page("fragment", "", formats=[], **context)


def _gone(revision: ReportRevision) -> Iterator[tuple[str, Iterable[bytes]]]:
    meeting = revision.report.meeting
    place, context = place_of(meeting.group.slug, meeting.number), {"meeting": meeting, "revision": revision}
    yield f"{place}/index.html", _page("withheld", "../../../../../", **context)
    yield f"{place}/report.txt", [render_to_string("reports/withheld.txt", context).encode()]


def _dataset(version: DatasetVersion) -> Iterator[tuple[str, Iterable[bytes]]]:
    slug = version.dataset.slug
    assert version.published_at is not None  # it is a current one
    yield f"data/{slug}/{slug}.csv", files.csv_of(version)
    yield f"data/{slug}/{slug}.json", files.json_of(version, files.card_of(version, version.published_at))
    columns = describing.columns_of(version)
    shown = files.preview(version, PREVIEW)
    yield f"data/{slug}/index.html", _page("dataset", "../../", version=version, columns=columns, preview=shown)


def _page(name: str, root: str, **context: Any) -> Iterable[bytes]:
    """`root` leads from the page to the top of the tree."""
    town = Municipality.objects.first()
    house = {"root": root, "portal": senders.portal_name(), "municipality": town, "made_on": clock.today()}
    used = {"terms": TERMS[Licence(town.licence)]} if town else {}
    return [render_to_string(f"export/{name}.html", {**used, **context, **house}).encode()]


def _sum_up(folder: Path) -> int:
    """As `sha256sum -c` reads it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    return len(paths) + 1


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_strange(folder: Path) -> None:
    """Whatever is in the folder goes: so it must be one that we made, or empty."""
    if not folder.parent.is_dir():
        raise ValidationError(_("「%s」というフォルダーがありません。先に作成してください。") % folder.parent)
    if folder.exists() and not folder.is_dir():
        raise ValidationError(_("「%s」はフォルダーではありません。") % folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / CHECKSUMS).is_file():
        raise ValidationError(
            _(
                "「%s」には、このコマンドが書き出したものではないファイルがあります。別のフォルダーを指定してください。"
            )
            % folder
        )
