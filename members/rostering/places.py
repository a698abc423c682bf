"""Which section a row means."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from members.rostering.known import KnownSection, by_key, squeezed
from members.rostering.rows import Row

OPEN, CREATE = "open", "create"
MADE = "new:"


class Places:
    """The sections of the town by all their names, and what the person said of those that it does not have."""

    def __init__(self, sections: Mapping[int, KnownSection], decided: Mapping[str, str]) -> None:
        self.sections, self.decided = sections, decided
        self.known = by_key(sections.values())
        self.unknown: dict[str, str] = {}

    def find(self, row: Row, day: dt.date) -> tuple[int | str | None, str]:
        """(section, why not). A section that would be made with the rest is told by the way to it."""
        if not row.sections:
            return None, ""
        key = squeezed(text for _level, text in row.sections)
        found = self._candidates(key, row)
        now = [section for section in found if section.is_on(day)]
        if len(now) == 1 and key not in self.decided:
            return now[0].pk, ""
        self.unknown[key] = row.place
        return self._decided(key, row, day) or (None, self._why_not(row, day, found, now))

    def _decided(self, key: str, row: Row, day: dt.date) -> tuple[int | str | None, str] | None:
        decided = self.decided.get(key, "")
        if decided == OPEN:
            return None, ""
        if decided == CREATE:
            return MADE + "/".join(f"{level}:{text}" for level, text in row.sections), ""
        section = self.sections.get(int(decided)) if decided.isdecimal() else None
        return self._on(section, day) if section else None

    def _why_not(self, row: Row, day: dt.date, found: list[KnownSection], now: list[KnownSection]) -> str:
        if now:
            return _("「%s」に当たる組織が複数あります。「所属の対応」で選択してください。") % row.place
        if len(found) == 1:
            return self._on(found[0], day)[1]
        return _("「%s」は登録されていない組織です。「所属の対応」で選択してください。") % row.place

    def _candidates(self, key: str, row: Row) -> list[KnownSection]:
        """By all that the list says; where the town registers no 部局, its 課 is found by itself."""
        found = self.known.get(key, [])
        if not found and len(row.sections) > 1:
            alone = self.known.get(squeezed([row.sections[-1][1]]), [])
            found = [section for section in alone if section.parent is None]
        return found

    def _on(self, section: KnownSection, day: dt.date) -> tuple[int | None, str]:
        if section.is_on(day):
            return section.pk, ""
        said = {"section": section.label, "day": wareki.date(day)}
        return None, _("「%(section)s」は、%(day)sの時点では存在しない組織です。") % said

    def name(self, section: int | str | None) -> str:
        if isinstance(section, str):
            names = (part.partition(":")[2] for part in section.removeprefix(MADE).split("/"))
            return _("%s（新しく登録）") % " ".join(names)
        return self.sections[section].label if section and section in self.sections else ""

    def choices(self, day: dt.date) -> Iterable[tuple[str, str]]:
        """What a form offers for those that are not known."""
        return [(str(section.pk), section.label) for section in self.sections.values() if section.is_on(day)]
