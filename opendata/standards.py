"""The kinds of data that are known: what the national standard calls them, and in which editions."""

from django.utils.translation import gettext as _

import tablecheck
from tablecheck import Standard


def kinds() -> dict[str, str]:
    """Name → title of each standard in its present edition; the older editions are found by their columns."""
    return {present.name: present.title for present, *_older in tablecheck.kinds()}


def kept_by(words: str) -> list[Standard]:
    """The kinds of data that a section with these duties keeps, the likeliest first."""
    hits = [(sum(word in words for word in present.sections), present) for present, *_older in tablecheck.kinds()]
    return [kind for count, kind in sorted(hits, key=lambda hit: (-hit[0], hit[1].title)) if count]


def standard_named(name: str) -> Standard | None:
    return tablecheck.load(name) if name in tablecheck.names() else None


def title_of(name: str) -> str:
    standard = standard_named(name)
    return standard.title if standard else ""


def title_from(file_name: str) -> str:
    """What a list is called before anybody gave it a name."""
    return file_name.rpartition(".")[0][:100] or _("名称未設定")


def present(name: str) -> str:
    """The name of the present edition of the same kind."""
    return next((edition.name for edition in editions(name) if edition.name in kinds()), name)


def file_slug_of(name: str) -> str:
    standard = standard_named(name)
    return (standard.file_slug or standard.name).replace("_", "-") if standard else ""


def editions(name: str) -> tuple[Standard, ...]:
    """All editions of the same kind of data."""
    standard = standard_named(name)
    return tablecheck.editions_of(standard) if standard else ()
