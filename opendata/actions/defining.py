"""A section says what its own list is held to, from now on and in each later version."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale
from opendata.actions._shared import hold_to_change, keep
from opendata.actions.repairing import look_at_all
from opendata.models import DatasetVersion
from opendata.table import definition, rows
from tablecheck import OwnColumn


@action
def define(
    *,
    version: DatasetVersion,
    by: Actor,
    seen: int,
    kinds: Mapping[int, str],
    required: Collection[int],
    unique: Collection[int],
    reason: str = "",
) -> DatasetVersion:
    """Confirm of each column (by its index) what it holds; judge the table by it.

    What is done otherwise than in the version that citizens read needs a reason, which the reviewer reads.
    """
    version = hold_to_change(version, by)
    refuse_stale(version, seen)
    if version.standard:
        raise ValidationError(_("標準の列で確認しているデータには、列の定義は要りません。"))
    titles = {column["index"]: column["header"] for column in version.columns if column["header"]}
    columns = [
        OwnColumn(title, kinds.get(index, "text"), index in required, index in unique)
        for index, title in titles.items()
    ]
    told = definition.changes(definition.published_before(version), columns)
    if told and not reason:
        raise ValidationError({"reason": [_("公開中の版と異なる点があります。理由を入力してください。"), *told]})
    before = version.definition.get("columns", [])
    version.definition = definition.as_kept(columns, reason if told else "")
    look_at_all(version, rows.header_of(version))
    keep(version, "columns", "profile", "definition")
    after = version.definition["columns"]
    record(by=by, action="opendata.define", target=version, before=before, after=after, reason=reason)
    return version
