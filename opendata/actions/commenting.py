"""What the reviewer says of single cells, so that the section reads it where it is to be mended."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record, refuse_stale
from opendata import policy
from opendata.actions._shared import hold_version, keep
from opendata.actions.repairing import value_in
from opendata.models import DatasetVersion
from opendata.table import rows
from tablecheck import letter

MOST = 200


@action
def comment_cell(
    *, version: DatasetVersion, by: Actor, seen: int, row: int, column: int, text: str
) -> DatasetVersion:
    version = _hold(version, by, seen)
    cell = f"{letter(column)}{row}"
    if value_in(rows.standing(version, {row}), row, column) is None:
        raise ValidationError({"cell": _("この表に、%sのセルはありません。") % cell})
    if len(version.comments) >= MOST:
        raise ValidationError(_("コメントは%s件までです。差し戻す理由に、まとめて記入してください。") % MOST)
    number = max((comment["id"] for comment in version.comments), default=0) + 1
    said = {"id": number, "row": row, "column": column, "text": text, "by": by.user.pk}
    keep(version, comments=[*version.comments, said])
    record(by=by, action="opendata.comment_cell", target=version, cell=cell, text=text)
    return version


@action
def drop_comment(*, version: DatasetVersion, by: Actor, seen: int, comment: int) -> DatasetVersion:
    """Taken away by any reviewer: what was mended needs no word any more."""
    version = _hold(version, by, seen)
    left = [said for said in version.comments if said["id"] != comment]
    if len(left) < len(version.comments):
        gone = next(said for said in version.comments if said["id"] == comment)
        keep(version, comments=left)
        cell = f"{letter(gone['column'])}{gone['row']}"
        record(by=by, action="opendata.drop_comment", target=version, cell=cell, text=gone["text"])
    return version


def _hold(version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    version = hold_version(version)
    demand(policy.can_decide(by.user, version), policy.NOT_TO_DECIDE)
    refuse_stale(version, seen)
    return version
