"""What a list of the section's own is held to, as each version keeps it; and what a newer one does otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from opendata.models import DatasetVersion
from opendata.standards import standard_named
from tablecheck import OwnColumn, Standard, held_to, infer

# As many rows as a guess looks at.
SAMPLE = 1000
KINDS = {
    "text": gettext_lazy("文字"),
    "integer": gettext_lazy("整数"),
    "number": gettext_lazy("数値"),
    "date": gettext_lazy("日付"),
    "time": gettext_lazy("時刻"),
    "weekdays": gettext_lazy("曜日"),
    "latitude": gettext_lazy("緯度"),
    "longitude": gettext_lazy("経度"),
    "phone": gettext_lazy("電話番号"),
    "postal_code": gettext_lazy("郵便番号"),
    "uri": gettext_lazy("URL"),
    "email": gettext_lazy("メールアドレス"),
    "municipality_code": gettext_lazy("全国地方公共団体コード"),
    "corporate_number": gettext_lazy("法人番号"),
    "kana": gettext_lazy("カタカナ"),
    "spelling": gettext_lazy("読み（かな・カナ）"),
}


def standard_of(version: DatasetVersion) -> Standard | None:
    """By what its table is judged: a standard, or what the section said of its own list."""
    columns = own_columns(version)
    return standard_named(version.standard) or (held_to(columns) if columns else None)


def own_columns(version: DatasetVersion) -> list[OwnColumn]:
    """None of a list in the columns of a standard: that tells."""
    if standard_named(version.standard):
        return []
    return [OwnColumn(**column) for column in version.definition.get("columns", [])]


def as_kept(columns: Iterable[OwnColumn], reason: str) -> dict[str, Any]:
    return {"columns": [column._asdict() for column in columns], "reason": reason}


def proposed(version: DatasetVersion) -> dict[int, OwnColumn]:
    """Of each column with a title, by its index, what was said of it, or what it looks like."""
    header = [column["header"] for column in version.columns]
    sample = list(version.rows.order_by("row").values_list("cells", flat=True)[:SAMPLE])
    said = {column.title: column for column in own_columns(version)}
    found = infer(header, sample, version.profile, version.detected["rows"])
    columns = {index: said.get(column.title, column) for index, column in enumerate(found, 1) if column.title}
    return columns if not said else {index: _not_unique(column, said) for index, column in columns.items()}


def _not_unique(column: OwnColumn, said: dict[str, OwnColumn]) -> OwnColumn:
    """Where somebody has said which column tells rows apart, a new one does not."""
    return column if column.title in said else column._replace(unique=False)


def samples(version: DatasetVersion, most: int = 3) -> dict[int, list[str]]:
    """The commonest values of each column, by its index."""
    return {
        column["index"]: [value for value, _times in column["top"] if value][:most] for column in version.profile
    }


# What changed since the version that citizens read


def unsaid(version: DatasetVersion) -> list[str]:
    """Titles of published columns that the definition does not know."""
    said = {column.title for column in own_columns(version)}
    return [column["header"] for column in version.public_columns if column["header"] not in said]


def published_before(version: DatasetVersion) -> list[OwnColumn]:
    before = DatasetVersion.objects.published().filter(dataset=version.dataset_id, number__lt=version.number)
    last = before.light().order_by("-number").first()
    return own_columns(last) if last else []


def changes(before: Sequence[OwnColumn], after: Sequence[OwnColumn]) -> list[str]:
    """In sentences; nothing where there was no definition before."""
    if not before:
        return []
    old, new = ({column.title: column for column in columns} for columns in (before, after))
    gone = [_("「%s」の列がなくなりました。") % title for title in old if title not in new]
    come = [_("「%s」の列が加わりました。") % title for title in new if title not in old]
    other = [text for title in old if title in new for text in _differs(old[title], new[title])]
    return [*gone, *come, *other]


def _differs(old: OwnColumn, new: OwnColumn) -> Iterable[str]:
    if old.kind != new.kind:
        values = {"title": old.title, "old": KINDS[old.kind], "new": KINDS[new.kind]}
        yield _("「%(title)s」の内容が、%(old)sから%(new)sに変わりました。") % values
    if old.required != new.required:
        text = _("「%s」を必須にしました。") if new.required else _("「%s」を必須でなくしました。")
        yield text % old.title
    if old.unique != new.unique:
        text = (
            _("「%s」の重複を認めないことにしました。")
            if new.unique
            else _("「%s」の重複を認めることにしました。")
        )
        yield text % old.title


# For pages


@dataclass(frozen=True)
class DefinitionWords:
    """What the reviewer reads: each column in words, what changed since the version that is public, and why."""

    columns: list[tuple[str, str]]
    changes: list[str]
    reason: str


def told(version: DatasetVersion) -> DefinitionWords | None:
    columns = own_columns(version)
    if not columns:
        return None
    lines = [(column.title, _words(column)) for column in columns]
    return DefinitionWords(lines, changes(published_before(version), columns), version.definition["reason"])


def _words(column: OwnColumn) -> str:
    said = [str(KINDS[column.kind])]
    said += [_("必須")] if column.required else []
    said += [_("重複なし")] if column.unique else []
    return _("・").join(said)
