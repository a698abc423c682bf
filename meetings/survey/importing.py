"""Answers that came in by another form (LoGoフォーム, Google フォーム, Excel): who they are of, and what they say.

Pure reckoning: a table, what its columns and words are taken for, and the people who are asked, become a line for
each row. Nothing is stored here, and what is not understood is told and left out.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings.models import Reply
from meetings.states import Mode
from meetings.survey.headings import BY_SUBSTITUTE, COMES, HEADINGS, HONORIFIC, KANA, WORDS
from members import names
from members.models import Membership
from members.rostering.lines import digest
from members.rostering.reading import read_apart
from tablecheck import Checked, Unreadable

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2000, 60, 400
# Characters of a table that travels with its page.
MOST_CARRIED = 400_000
NO_ROWS = _("見出しだけで、回答の行がありません。")
TOO_MANY = _(
    "表が大きすぎるため、取り込めません（2,000行、60列、40万文字まで）。必要な行と列だけを新しいファイルに移してください。"
)


class Meaning(TextChoices):
    """What a word in the column of attendance is taken for."""

    VENUE = "venue", _("会場で出席")
    ONLINE = "online", _("オンラインで出席")
    ABSENT = "absent", _("欠席")
    VENUE_SUBSTITUTE = "venue_substitute", _("代理の方が会場で出席")
    ONLINE_SUBSTITUTE = "online_substitute", _("代理の方がオンラインで出席")


SUBSTITUTES = {Meaning.VENUE_SUBSTITUTE: Mode.VENUE, Meaning.ONLINE_SUBSTITUTE: Mode.ONLINE}


class RowOutcome(TextChoices):
    """What becomes of a row."""

    NEW = "new", _("取り込む")
    ANSWERED = "answered", _("既に回答あり")
    WITHDRAWN = "withdrawn", _("御本人が回答を取消し")
    SAME = "same", _("受付済みの回答と同じ")
    REPEATED = "repeated", _("同じ方の後の行を使う")
    STRANGER = "stranger", _("該当する方がいない")
    SEVERAL = "several", _("該当する方が複数いる")
    UNCLEAR = "unclear", _("出欠が分からない")
    NO_SUBSTITUTE = "no_substitute", _("代理の方の氏名がない")


# Only where the desk ticks them.
BY_TICK = {RowOutcome.ANSWERED, RowOutcome.WITHDRAWN}


@dataclass(frozen=True)
class SentTable:
    """A file as it was read: what its page carries from one press to the next."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def as_text(self) -> str:
        return json.dumps([self.header, self.rows], ensure_ascii=False)

    def column(self, index: int | None) -> list[str]:
        return [cells[index] if index is not None else "" for _at, cells in self.rows]


def read(data: bytes, name: str) -> SentTable:
    """Read in a child. Raises Unreadable with the sentence why not, and Busy."""
    return read_apart(data, name, "", _table)


def _table(checked: Checked) -> SentTable:
    header = checked.table.header
    if len(checked.table) > MOST_ROWS or len(header) > MOST_COLUMNS:
        raise Unreadable("too-many", str(TOO_MANY))
    rows = [(at, [_cell(cell) for cell in cells]) for at, cells in checked.table.rows()]
    if not rows:
        raise Unreadable("no-rows", str(NO_ROWS))
    sent = SentTable([_cell(cell) for cell in header], rows)
    if len(sent.as_text()) > MOST_CARRIED:
        raise Unreadable("too-many", str(TOO_MANY))
    return sent


def table_of(text: str) -> SentTable | None:
    """The table that a page carried; nothing where it is none."""
    try:
        header, rows = json.loads(text)
        table = SentTable(
            [str(cell) for cell in header], [(int(at), [str(c) for c in cells]) for at, cells in rows]
        )
    except (ValueError, TypeError):
        return None
    whole = all(len(cells) == len(table.header) for _at, cells in table.rows)
    return table if table.rows and whole and len(table.rows) <= MOST_ROWS else None


def _cell(cell: str) -> str:
    return " ".join(cell.split())[:LONGEST_CELL]


# What columns and words are taken for


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Field → column; a column stands for one thing."""
    found: dict[str, int] = {}
    for name, heading in HEADINGS.items():
        for index, said in enumerate(header):
            text = unicodedata.normalize("NFKC", said)
            if index not in found.values() and heading.search(text) and not KANA.search(text):
                found[name] = index
                break
    return found


def meaning_of(word: str) -> str:
    """What it is taken for, unless the desk says otherwise; nothing where it may mean two things."""
    text = unicodedata.normalize("NFKC", word).casefold()
    meant = {Meaning(meaning) for said, meaning in WORDS if said.search(text)}
    by_substitute = BY_SUBSTITUTE.search(text)
    if len(meant) > 1 or not (meant or by_substitute or COMES.search(text)):
        return ""
    (meaning,) = meant or {Meaning.VENUE}
    if not by_substitute:
        return meaning.value
    sent = [each for each, mode in SUBSTITUTES.items() if mode == meaning.value]
    return sent[0].value if sent else ""


# Row by row


@dataclass
class ImportLine:
    """One row, whose it is, and what becomes of it."""

    at: int
    said_name: str
    said_mode: str
    outcome: RowOutcome = RowOutcome.NEW
    person: Membership | None = None
    # Which version of their reply the page has seen.
    seen: int = 0
    now: str = ""
    meaning: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    is_ticked: bool = False

    @property
    def needs_a_tick(self) -> bool:
        return self.outcome in BY_TICK

    @property
    def meaning_label(self) -> str:
        return str(Meaning(self.meaning).label) if self.meaning else ""


@dataclass(frozen=True)
class ImportPlan:
    lines: list[ImportLine]

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(line.outcome for line in self.lines)
        return [(str(outcome.label), found[outcome]) for outcome in RowOutcome if found[outcome]]

    @property
    def shown(self) -> str:
        """The same as long as each row would do the same to the same reply."""
        told = [
            (line.at, line.outcome, line.person and line.person.pk, line.seen, line.values) for line in self.lines
        ]
        return digest(told)

    def chosen(self, ticked: Collection[str]) -> list[ImportLine]:
        """What is taken in: whoever has not answered, and of the others those that were ticked."""
        return [
            line
            for line in self.lines
            if line.person
            and (line.outcome == RowOutcome.NEW or (line.outcome in BY_TICK and str(line.person.pk) in ticked))
        ]


class AskedPeople:
    """Those who are asked, found by an address or by a name, whichever of its characters are typed."""

    def __init__(self, people: Sequence[Membership]) -> None:
        self.by_email: dict[str, set[Membership]] = {}
        self.by_name: dict[str, set[Membership]] = {}
        for person in people:
            for email in filter(None, (person.user.email, person.user.delivery_email)):
                self.by_email.setdefault(email.casefold(), set()).add(person)
            full = f"{person.user.family_name}{person.user.given_name}"
            for name in {names.same_to_search(full), names.same_to_search(str(person.user))}:
                self.by_name.setdefault(name, set()).add(person)

    def find(self, name: str, email: str) -> set[Membership]:
        """An address may be shared: then the name tells."""
        named = self.by_name.get(names.same_to_search(HONORIFIC.sub("", name)), set()) if name else set()
        mailed = self.by_email.get(unicodedata.normalize("NFKC", email).strip().casefold(), set())
        return (named & mailed) or (named if len(mailed) != 1 and named else mailed)


def plan(
    table: SentTable,
    columns: Mapping[str, int | None],
    meanings: Mapping[str, str],
    people: Sequence[Membership],
    replies: Mapping[int, Reply],
) -> ImportPlan:
    known = AskedPeople(people)
    told = {name: table.column(columns.get(name)) for name in HEADINGS}
    lines = []
    for place, (at, _cells) in enumerate(table.rows):
        said = {name: cells[place] for name, cells in told.items()}
        lines.append(_line(at, said, meanings, known.find(said["name"], said["email"]), replies))
    last = {line.person.pk: line.at for line in lines if line.person}
    for line in lines:
        if line.person and last[line.person.pk] != line.at:
            line.outcome = RowOutcome.REPEATED
    return ImportPlan(lines)


def _line(
    at: int,
    said: Mapping[str, str],
    meanings: Mapping[str, str],
    found: Collection[Membership],
    replies: Mapping[int, Reply],
) -> ImportLine:
    line = ImportLine(at, said["name"] or said["email"], said["mode"])
    line.meaning = meanings.get(said["mode"], "")
    if len(found) != 1:
        line.outcome = RowOutcome.SEVERAL if found else RowOutcome.STRANGER
        return line
    (line.person,) = found
    if not line.meaning:
        line.outcome = RowOutcome.UNCLEAR
        return line
    meaning = Meaning(line.meaning)
    by_substitute = meaning in SUBSTITUTES
    line.values = {
        "mode": str(SUBSTITUTES.get(meaning, meaning)),
        "is_substitute": by_substitute,
        "substitute_name": said["substitute"][:100] if by_substitute else "",
    }
    if said["note"]:
        line.values["note"] = said["note"]
    if by_substitute and not line.values["substitute_name"]:
        line.outcome = RowOutcome.NO_SUBSTITUTE
        return line
    _compare(line, replies.get(line.person.pk))
    return line


def _compare(line: ImportLine, reply: Reply | None) -> None:
    """What there is already of this person."""
    if reply is None:
        return
    line.seen = reply.version
    if not reply.stands:
        line.outcome = RowOutcome.WITHDRAWN
        return
    line.now = reply.get_mode_display()
    same = all(getattr(reply, name) == value for name, value in line.values.items())
    line.outcome = RowOutcome.SAME if same else RowOutcome.ANSWERED
