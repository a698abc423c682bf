"""A file, or what was pasted, read by tablecheck in a child of its own (foundation/apart)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy

from foundation.apart import Died, work
from members.rostering.rows import rows_of
from tablecheck import Checked, Unreadable, apart

STANDARD = "roster"
MOST_ROWS = 10_000
CELLS, COLUMNS, SECONDS = 1_000_000, 100, 20
# Seconds that a page waits for its turn.
PATIENCE = 10
NO_NAMES = gettext_lazy(
    "氏名の列が見つかりませんでした。「氏名」又は「姓」と「名」の見出しがある行から下を、見出しの行も含めて取り込んでください。"
)
# Of a file as a whole, and of its columns; what is said of a row stands at its line of the plan.
TOLD = {"encoding", "sheets", "header-row", "header-guess", "header-duplicate", "column-unknown", "header-again"}


T = TypeVar("T")


def read(data: bytes, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """(rows, sentences about the file). Raises Unreadable with the sentence why not, and Busy."""
    return read_apart(data, name, STANDARD, _people)


def read_apart(data: bytes, name: str, standard: str, use: Callable[[Checked], T]) -> T:
    """What `use` makes of the table; its rows are there only as long as the child's answer is open."""
    given = apart.question(
        data,
        name=name,
        standard=standard,
        sheet=None,
        municipality=None,
        boundary=None,
        limits={"bytes": settings.MAX_UPLOAD_BYTES, "cells": CELLS, "columns": COLUMNS, "seconds": SECONDS},
    )
    try:
        with given, work("tablecheck.apart", "table", given, wait=PATIENCE) as answer:
            return use(apart.table_told(answer))
    except Died as death:
        raise apart.died(death.reason) from death


def _people(checked: Checked) -> tuple[list[dict[str, Any]], list[str]]:
    fields = {column.field for column in checked.columns}
    if not fields & {"name", "family"}:
        raise Unreadable("no-names", str(NO_NAMES))
    if len(checked.table) > MOST_ROWS:
        raise Unreadable(
            "too-many-rows", _("一度に取り込めるのは%s行までです。名簿を分けてください。") % f"{MOST_ROWS:,}"
        )
    rows = rows_of(checked)
    if not rows:
        raise Unreadable("no-rows", _("見出しだけで、名簿の行がありません。"))
    return rows, [finding.message for finding in checked.findings if finding.code in TOLD]
