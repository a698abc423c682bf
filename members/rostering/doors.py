"""The two ways in: a desk puts people into its group, an administrator keeps the register of the town."""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from members.models import WorkingGroup
from members.rostering.known import KnownPerson
from members.rostering.lines import USE, Options
from members.rostering.places import Places
from members.rostering.rows import Row
from members.rostering.steps import PostStep
from members.states import Category

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Changes = list[list[str]]
# A section, or the way to one that would be made.
Place = int | str | None
# The category, and what the group calls it.
Chosen = tuple[str, str]
NAMES = ("family", "given", "family_kana", "given_kana")
COLUMNS = {
    "family": "family_name",
    "given": "given_name",
    "family_kana": "family_kana",
    "given_kana": "given_kana",
    "number": "employee_number",
    "email": "email",
    "phone": "phone",
}


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    return {
        "family": _("姓"),
        "given": _("名"),
        "family_kana": _("姓（ふりがな）"),
        "given_kana": _("名（ふりがな）"),
        "number": _("職員番号"),
        "email": _("ログイン用メールアドレス"),
        "phone": _("内線・電話"),
    }


def others(row: Row, person: KnownPerson) -> list[str]:
    """What the list says otherwise. A name in one piece, or as it is used at work, is no other name."""
    same = set()
    if row.family + row.given in person.names:
        same |= {"family", "given"}
        if person.shown_family != person.family:
            same |= {"family_kana"}
    if row.family_kana + row.given_kana == person.family_kana + person.given_kana:
        same |= {"family_kana", "given_kana"}
    return [
        name
        for name in COLUMNS
        if name not in same and (own := getattr(row, name)) and own != getattr(person, name)
    ]


class Door:
    table = ""
    # Whether sections may be made, and what is kept of existing people changed.
    keeps_register = False

    def category(self, row: Row, person: KnownPerson | None, options: Options, answer: str) -> tuple[Chosen, str]:
        return ("", ""), ""

    def said(
        self, row: Row, person: KnownPerson | None, section: int | str | None, category: str
    ) -> dict[str, Any]:
        raise NotImplementedError

    def can_begin(self, said: dict[str, Any]) -> bool:
        """Whether this is enough for a first post."""
        return True

    def differing(self, row: Row, person: KnownPerson, notes: list[str]) -> list[str]:
        """The fields of a person that the list may change."""
        raise NotImplementedError

    def fields(
        self, row: Row, person: KnownPerson | None, notes: list[str], *, shared_mail: bool
    ) -> tuple[dict[str, Any], Changes]:
        said = {name: getattr(row, name) for name in COLUMNS}
        shared = said.pop("email") if shared_mail else ""
        names = labels()
        if person is None:
            values = {COLUMNS[name]: value for name, value in said.items() if value}
            changes = [[names[name], "", value] for name, value in said.items() if value and name not in NAMES]
            reading = f"{row.family_kana} {row.given_kana}".strip()
            changes.insert(0, [_("ふりがな"), "", reading])
            if shared:
                values["delivery_email"] = shared
                notes.append(_("「%s」は複数の方の共用アドレスのため、通知先として登録します。") % shared)
            return values, changes
        wanted = [name for name in self.differing(row, person, notes) if name in said]
        return (
            {COLUMNS[name]: said[name] for name in wanted},
            [[names[name], getattr(person, name), said[name]] for name in wanted],
        )

    def told(self, step: PostStep, places: Places) -> Changes:
        """Before and after, in words."""
        if not step.do:
            return []
        changes = [
            [words, self._shown(name, getattr(step.before, name, None), places), self._shown(name, value, places)]
            for name, words in self._words().items()
            if (value := step.values.get(name)) or name in step.values
        ]
        if step.first_day and step.do in {"add", "split"}:
            changes.append([_("開始日"), "", wareki.date(step.first_day)])
        if last_day := step.values.get("valid_to"):
            changes.append([_("終了日"), "", wareki.date(dt.date.fromisoformat(last_day))])
        return changes

    def _words(self) -> dict[str, str]:
        return {"department": _("所属"), "job_title": _("職名")}

    def _shown(self, name: str, value: Any, places: Places) -> str:
        return places.name(value) if name == "department" else str(value or "")


class RegisterDoor(Door):
    table, keeps_register = "posting", True

    def said(
        self, row: Row, person: KnownPerson | None, section: int | str | None, category: str
    ) -> dict[str, Any]:
        values: dict[str, Any] = {"department": section, "job_title": row.title}
        return {name: value for name, value in values.items() if value}

    def differing(self, row: Row, person: KnownPerson, notes: list[str]) -> list[str]:
        return others(row, person)

    def can_begin(self, said: dict[str, Any]) -> bool:
        """Somebody from outside is registered without a posting."""
        return "department" in said


class DeskDoor(Door):
    table = "term"

    def __init__(self, group: WorkingGroup) -> None:
        self.group = group
        spoken: list[tuple[str, StrOrPromise]] = [*group.categories, *Category.choices]
        self.categories = {"".join(str(words).split()): value for value, words in reversed(spoken)}

    def category(self, row: Row, person: KnownPerson | None, options: Options, answer: str) -> tuple[Chosen, str]:
        """By the list in the group's own words; what it does not know is asked, not passed over."""
        preset = options.category, str(self.group.category(options.category))
        if not row.category:
            return (("", "") if person and person.posts else preset), ""
        found = self.categories.get("".join(row.category.split()))
        if found:
            return (found, str(self.group.category(found))), ""
        if answer == USE:
            return preset, ""
        return preset, _("区分「%s」は、この会議体の区分にありません。") % row.category

    def said(
        self, row: Row, person: KnownPerson | None, section: int | str | None, category: str
    ) -> dict[str, Any]:
        """Who is new to the group comes with what is known of them elsewhere."""
        values: dict[str, Any] = {
            "category": category,
            "department": section,
            "affiliation": row.affiliation,
            "job_title": row.title,
        }
        if person and not person.posts and not section and not row.affiliation:
            values["department"], values["affiliation"] = person.department, person.affiliation
            values["job_title"] = row.title or person.job_title
        return {name: value for name, value in values.items() if value}

    def differing(self, row: Row, person: KnownPerson, notes: list[str]) -> list[str]:
        """What is empty may be filled, as far as it opens no door and leads no email elsewhere."""
        other = others(row, person)
        filling = [name for name in other if name in {"number", "phone"} and not getattr(person, name)]
        kept = [labels()[name] for name in other if name not in filling]
        if kept:
            notes.append(
                _("%sは登録と異なりますが、変更しません。システム管理者が変更できます。") % _("・").join(kept)
            )
        return filling

    def _words(self) -> dict[str, str]:
        return {"category": _("区分"), **super()._words(), "affiliation": _("所属団体")}

    def _shown(self, name: str, value: Any, places: Places) -> str:
        if name == "category":
            return str(self.group.category(value)) if value else ""
        return super()._shown(name, value, places)


def door_of(group: WorkingGroup | None) -> Door:
    return DeskDoor(group) if group else RegisterDoor()
