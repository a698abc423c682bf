"""Reports of the time before this portal: entered with their file, corrected; withheld like the others."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, write
from foundation.files import hashed
from meetings.actions import past
from meetings.models import Meeting
from meetings.models.material import FOLDER
from members.models import WorkingGroup
from reports import archive
from reports.actions._shared import hold_report, refuse_unseen
from reports.formats import as_text, blocks, filed, moments
from reports.formats.filed import Old
from reports.models import FiledReport, Report, ReportRevision, Style


@action
def file_report(*, group: WorkingGroup, by: Actor, old: Old, number: int, **held: Any) -> ReportRevision:
    """The meeting too is entered: its number is taken, its day is known."""
    meeting = past.enter_past_meeting(group=group, by=by, number=number, **held)
    report = hold_report(meeting, by)
    revision = _publish(report, by, old, None)
    record(by=by, action="reports.file_report", target=revision, sha256=revision.sha256)
    return revision


@action
def correct_filed(
    *, meeting: Meeting, by: Actor, shown: str, old: Old, correction: str, **held: Any
) -> ReportRevision:
    """Another revision that says what was corrected; without another file it keeps the one that it had."""
    report = hold_report(meeting, by)
    last = report.revisions.select_related("filed").last()
    if last is None or not hasattr(last, "filed"):
        raise ValidationError(_("この会議の結果報告は、ファイルで登録したものではありません。"))
    refuse_unseen(last.sha256, shown)
    report.meeting = past.correct_past_meeting(meeting=meeting, by=by, **held)
    revision = _publish(report, by, old, last, correction=correction)
    if revision.sha256 == last.sha256 and last.withheld_at is None:
        raise ValidationError(_("公開中の内容から変わったところがありません。"))
    record(by=by, action="reports.correct_filed", target=revision, sha256=revision.sha256)
    return revision


def _publish(
    report: Report, by: Actor, old: Old, last: ReportRevision | None, correction: str = ""
) -> ReportRevision:
    kept = _kept(old, last)
    if not (old.text or kept["file"]):
        raise ValidationError({"file": _("ファイルを選ぶか、本文を入力してください。")})
    tree = filed.tree(title=old.title, text=old.text, has_file=bool(kept["file"]), **_told(report.meeting))
    text = as_text.render(tree)
    revision = ReportRevision(report=report, published_by=by.user)
    write(
        revision,
        number=last.number + 1 if last else 1,
        blocks=blocks.to_json(tree),
        text=text,
        sha256=hashlib.sha256(f"{text}{kept['sha256']}".encode()).hexdigest(),
        correction=correction,
    )
    write(FiledReport(revision=revision), **kept)
    # The database says when.
    revision.refresh_from_db(fields=["published_at"])
    archive.enter(revision)
    return revision


def _kept(old: Old, last: ReportRevision | None) -> dict[str, Any]:
    if old.file:
        kept = hashed.keep(FOLDER, old.file)
        return {"file": kept.name, "name": str(old.file.name), "sha256": kept.sha256, "size": kept.size}
    if last:
        return {name: getattr(last.filed, name) for name in ("file", "name", "sha256", "size")}
    return {"file": "", "name": "", "sha256": "", "size": 0}


def _told(meeting: Meeting) -> dict[str, str]:
    assert meeting.held_from  # meetings_held_has_times
    assert meeting.held_to
    return {"day": moments.held(meeting.held_from, meeting.held_to, Style().dates), "place": meeting.place}
