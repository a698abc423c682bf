"""The rows of a list as one person each: what tablecheck read, in the shape in which the register keeps it."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _, gettext_lazy

from foundation.calendar import wareki
from foundation.ui.fields import refuse_out_of_reach
from members import names
from members.rostering import checks
from members.states import DepartmentLevel
from tablecheck import Checked

HEADER_AGAIN = "header-again"
# What Excel, or a person, leaves behind a number that was kept as text.
# What people write where there is none.
NO_ADDRESS = ["", "-", "\u2015", "\u30fc", "×", gettext_lazy("なし"), gettext_lazy("無し"), gettext_lazy("無")]
NUMBER_LENGTH, TITLE_LENGTH, PHONE_LENGTH, BODY_LENGTH, MAIL_LENGTH = 20, 50, 50, 100, 254


@dataclass(slots=True)
class Row:
    """`at` is the number that Excel shows. `wrong` keeps the row out, `notes` are told."""

    at: int
    number: str = ""
    family: str = ""
    given: str = ""
    family_kana: str = ""
    given_kana: str = ""
    sections: list[list[str]] = field(default_factory=list)
    title: str = ""
    email: str = ""
    phone: str = ""
    category: str = ""
    affiliation: str = ""
    valid_from: str = ""
    valid_to: str = ""
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.family} {self.given}".strip()

    @property
    def key(self) -> tuple[str, str]:
        """Equal for those who are called and read alike."""
        return self.family + self.given, names.sort_key(self.family_kana, self.given_kana)

    @property
    def place(self) -> str:
        """As the list has it: 市民部 市民課 窓口係"""
        return " ".join(text for _level, text in self.sections)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def rows_of(checked: Checked) -> list[dict[str, Any]]:
    """Every row that is one of a person, in JSON; a header that is repeated is none."""
    again = {finding.row for finding in checked.findings if finding.code == HEADER_AGAIN}
    places = {column.field: column.index - 1 for column in checked.columns if column.field}
    rows = []
    for number, cells in checked.table.rows():
        if number not in again:
            rows.append(row_of(number, {name: cells[at] for name, at in places.items()}).as_json())
    return rows


def row_of(at: int, cells: Mapping[str | None, str]) -> Row:
    said = {name: " ".join(cell.split()) for name, cell in cells.items()}
    row = Row(at)
    _name(row, said)
    _reading(row, said)
    row.sections = _sections(said)
    row.number = _narrow(row, said.get("number", ""), NUMBER_LENGTH, _("職員番号"))
    row.phone = _narrow(row, said.get("phone", ""), PHONE_LENGTH, _("内線・電話"))
    row.title = _short(row, said.get("title", ""), TITLE_LENGTH, _("職名"))
    row.affiliation = _short(row, said.get("affiliation", ""), BODY_LENGTH, _("所属団体"))
    row.category = said.get("category", "")
    row.email = _email(row, said.get("email", ""))
    for day in ("valid_from", "valid_to"):
        setattr(row, day, _day(row, said.get(day, "")))
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        row.wrong.append(_("終了日が開始日より前です。"))
    return row


def _name(row: Row, said: Mapping[str | None, str]) -> None:
    """The parts in columns of their own, or divided at the first blank: where there is none, nobody can know."""
    row.family, row.given = checks.name(said.get("family", "")), checks.name(said.get("given", ""))
    if not row.family:
        whole = checks.name(said.get("name", "")) or row.given
        row.family, _blank, row.given = whole.partition(" ")
        if whole and not row.given:
            row.notes.append(_("姓と名の間に空白がないため、全体を姓として登録します。"))
    if not row.family:
        row.wrong.append(_("氏名がありません。"))
    for part in (row.family, row.given):
        row.wrong += filter(None, [checks.wrong_with_name(part)])
        row.notes += filter(None, [checks.doubtful_in_name(part)])


def _reading(row: Row, said: Mapping[str | None, str]) -> None:
    row.family_kana = checks.reading(said.get("family_kana", ""))
    row.given_kana = checks.reading(said.get("given_kana", ""))
    if not row.family_kana:
        row.family_kana, _blank, row.given_kana = checks.reading(said.get("kana", "")).partition(" ")
    problems = [checks.wrong_with_reading(part) for part in (row.family_kana, row.given_kana)]
    row.wrong += filter(None, problems)


def _sections(said: Mapping[str | None, str]) -> list[list[str]]:
    """[level, name] from above; one column for all of it has no level."""
    own = [
        [str(level), said[name]]
        for name, level in (
            ("bureau", DepartmentLevel.BUREAU),
            ("division", DepartmentLevel.DIVISION),
            ("unit", DepartmentLevel.UNIT),
        )
        if said.get(name)
    ]
    whole = said.get("section", "")
    return own or ([["", whole]] if whole else [])


def _narrow(row: Row, text: str, most: int, label: str) -> str:
    return _short(row, unicodedata.normalize("NFKC", text).strip(), most, label)


def _short(row: Row, text: str, most: int, label: str) -> str:
    if len(text) > most:
        row.wrong.append(_("%(label)sは%(most)s文字以内で入力してください。") % {"label": label, "most": most})
    return text[:most]


def _email(row: Row, text: str) -> str:
    """What is none is not kept, and told: without it the person is still on the list."""
    address = unicodedata.normalize("NFKC", text).strip().lower()
    if address in NO_ADDRESS:
        return ""
    try:
        if address:
            MaxLengthValidator(MAIL_LENGTH)(address)
            validate_email(address)
    except ValidationError:
        row.notes.append(_("「%s」はメールアドレスの形ではないため、登録しません。") % text[:50])
        return ""
    return address


def _day(row: Row, text: str) -> str:
    try:
        if not text:
            return ""
        day = wareki.parse_date(text)
        refuse_out_of_reach(day)
    except (ValueError, ValidationError) as reason:
        row.wrong.append(reason.messages[0] if isinstance(reason, ValidationError) else str(reason))
        return ""
    return day.isoformat()


def read_back(kept: Iterable[Mapping[str, Any]]) -> list[Row]:
    return [Row(**row) for row in kept]


def filled_down(rows: Iterable[Row]) -> Iterator[Row]:
    """Of merged cells only the first has a text: those below are of the same section, where a person says so."""
    above = Row(0)
    for row in rows:
        sections = _taken_over(row, above)
        affiliation = above.affiliation if not (row.sections or row.affiliation) else row.affiliation
        if (sections, affiliation) != (row.sections, row.affiliation):
            row.sections, row.affiliation = sections, affiliation
            row.notes.append(_("所属が空欄のため、上の行と同じ所属としました。"))
        above = row
        yield row


def _taken_over(row: Row, above: Row) -> list[list[str]]:
    """All of the section above, or of it what stands above the first level that the row names itself."""
    if row.affiliation:
        return row.sections
    if not row.sections:
        return above.sections
    levels = ["", *DepartmentLevel.values]
    first = levels.index(row.sections[0][0])
    return [*(part for part in above.sections if 0 < levels.index(part[0]) < first), *row.sections]


def gaps(rows: Sequence[Row]) -> int:
    """How many rows would be filled so."""
    copies = (replace(row, notes=[]) for row in rows)
    return sum(bool(filled.notes) for filled in filled_down(copies))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
