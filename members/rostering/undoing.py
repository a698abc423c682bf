"""What an import wrote is taken back, as far as nothing was built on it: line by line all, or nothing and told."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from foundation.retention import rows_of
from members.models import User
from members.models.job_title import UNRANKED, rank_of, ranks
from members.models.user import KEYS
from members.rostering.rowsets import TABLES, values_of
from members.rostering.writing import BATCH, Entry, used

# What hangs on others goes first.
ORDER = ("term", "posting", "membership", "user", "department")


class Undoer:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.rows = {table: self._load(table) for table in TABLES}
        self.added: dict[str, set[int]] = {table: set() for table in TABLES}
        for entry in entries:
            for table, pk, _values in entry["added"]:
                self.added[table].add(pk)
        self.in_use = {table: self._used(table) for table in ORDER if table != "department"}
        self.deleted: dict[str, list[int]] = defaultdict(list)
        self.restored: list[tuple[str, Any]] = []
        self.readdressed: list[User] = []

    def gone(self, table: str) -> list[Any]:
        """The rows that are there no more, as they were."""
        return [self.rows[table][pk] for pk in self.deleted[table]]

    def undo(self) -> list[str]:
        """Sentences about what stays."""
        people = [entry for entry in self.entries if not _makes_section(entry)]
        left = [(entry, why) for entry in people if (why := self._why_not(entry))]
        stays = {id(entry) for entry, _why in left}
        self._take_back([entry for entry in people if id(entry) not in stays])
        made = [entry for entry in self.entries if _makes_section(entry)]
        left += self._take_back_sections(made)
        return [f"{entry['name']}：{why}" for entry, why in left]

    def _load(self, table: str) -> dict[int, Any]:
        parts = [part for entry in self.entries for part in (*entry["added"], *entry["changed"])]
        pks = {pk for name, pk, _said in parts if name == table}
        return rows_of(TABLES[table]).select_for_update(no_key=True).order_by("pk").in_bulk(list(pks))

    def _used(self, table: str) -> set[int]:
        by_model = {TABLES[name]: pks for name, pks in self.added.items()}
        return used(table, sorted(self.added[table]), lambda model: by_model.get(model, set()))

    def _why_not(self, entry: Entry) -> str:
        for table, pk, values in entry["added"]:
            row = self.rows[table].get(pk)
            if row is None:
                return _("取り込んだ後に削除されています。")
            if pk in self.in_use.get(table, ()):
                return _(
                    "取り込んだ後に使われているため、残しました（回答、自己紹介シート、出席の記録、ログインなど）。"
                )
            if values_of(row) != values:
                return _("取り込んだ後に変更されているため、残しました。")
        for table, pk, changes in entry["changed"]:
            row = self.rows[table].get(pk)
            now = values_of(row) if row else {}
            if any(now.get(name) != after for name, (_before, after) in changes.items()):
                return _("取り込んだ後に変更されているため、残しました。")
        return ""

    def _take_back(self, entries: Sequence[Entry]) -> None:
        gone: dict[str, list[int]] = defaultdict(list)
        for entry in entries:
            for table, pk, _values in entry["added"]:
                gone[table].append(pk)
        EmailAddress.objects.filter(user__in=gone["user"]).delete()
        for table in ("term", "posting"):
            self._delete(table, gone[table])
        self._put_back(entries)
        for table in ("membership", "user"):
            self._delete(table, gone[table])

    def _put_back(self, entries: Sequence[Entry]) -> None:
        known = ranks()
        written: dict[str, dict[int, Any]] = defaultdict(dict)
        fields: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for table, pk, changes in entry["changed"]:
                row = self.rows[table][pk]
                for name, (before, _after) in changes.items():
                    setattr(row, name, parse_date(before) if name.startswith("valid_") and before else before)
                    fields[table].add(name)
                written[table][pk] = row
                self._finish(table, row, changes, known)
        for table, rows in written.items():
            own = {field.name for field in TABLES[table]._meta.concrete_fields}
            more = {"version", "title_rank", *KEYS} & own
            rows_of(TABLES[table]).bulk_update(rows.values(), sorted(fields[table] | more), batch_size=BATCH)

    def _finish(self, table: str, row: Any, changes: dict[str, Any], known: dict[str, int]) -> None:
        if table == "user":
            row.set_keys()
            row.version += 1
            if "email" in changes:
                self.readdressed.append(row)
        elif table in {"term", "posting"}:
            row.title_rank = rank_of(row.job_title, known) if row.job_title else UNRANKED
            self.restored.append((table, row))
            if table == "term":
                row.version = F("version") + 1

    def _take_back_sections(self, made: Sequence[Entry]) -> list[tuple[Entry, str]]:
        """Those below first; a section in which somebody stayed stays too."""
        left = []
        for entry in reversed(made):
            ((_table, pk, _values),) = entry["added"]
            if used("department", [pk], lambda _model: set()):
                left.append((entry, _("この組織の方がいるため、残しました。")))
            else:
                self._delete("department", [pk])
        return left

    def _delete(self, table: str, pks: Sequence[int]) -> None:
        self.deleted[table] += pks
        rows_of(TABLES[table]).filter(pk__in=pks).delete()


def _makes_section(entry: Entry) -> bool:
    return any(table == "department" for table, _pk, _values in entry["added"])
