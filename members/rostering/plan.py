"""Rows and what is known → a plan. The same rows, options and town make the same plan."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from members.rostering import places as sections
from members.rostering.doors import Door, Place
from members.rostering.identity import People, Who, repeated
from members.rostering.known import KnownPerson, Registered
from members.rostering.lines import SKIP, USE, Line, LineKind, Options, RosterPlan
from members.rostering.places import Places
from members.rostering.rows import Row, day, filled_down, gaps
from members.rostering.steps import EVE, MOVING, PostStep, ended, step_of

Tell = Callable[[int, int], None]
SOME = 200


def plan(
    rows: Sequence[Row], known: Registered, options: Options, door: Door, tell: Tell | None = None
) -> RosterPlan:
    return _Planner(known, options, door).plan(rows, tell or (lambda _done, _total: None))


class _Planner:
    def __init__(self, known: Registered, options: Options, door: Door) -> None:
        self.known, self.options, self.door = known, options, door
        self.places = Places(known.sections, options.sections)
        labels = {pk: section.label for pk, section in known.sections.items()}
        self.people = People(known.people, labels)
        self.spoken_of: set[int] = set()
        self.mails: dict[str, int] = {}

    def plan(self, rows: Sequence[Row], tell: Tell) -> RosterPlan:
        open_rows = gaps(rows)
        rows = list(
            filled_down(replace(row, notes=[*row.notes]) for row in rows) if self.options.fill_down else rows
        )
        self._count_mails(rows)
        whos = {row.at: self._who(row) for row in rows}
        whos |= repeated([row for row in rows if not row.wrong], whos, self.options.answers)
        lines = []
        for done, row in enumerate(rows, 1):
            lines.append(self._line(row, whos[row.at]))
            if done % SOME == 0:
                tell(done, len(rows))
        tell(len(rows), len(rows))
        notes = self._notes(open_rows)
        if self.options.complete:
            lines += self._leaving(lines, notes)
        return RosterPlan(lines, [[key, words] for key, words in self.places.unknown.items()], notes)

    def _notes(self, open_rows: int) -> list[str]:
        if not open_rows or self.options.fill_down:
            return []
        return [
            _(
                "所属の全部又は一部が空欄の行が%s行あります。結合したセルの場合は「空欄の所属は、上の行と同じとする」を選択してください。"
            )
            % open_rows
        ]

    def _count_mails(self, rows: Sequence[Row]) -> None:
        """An address of several people is where emails go, and nobody's login."""
        owners: dict[str, set[object]] = {}
        for row in rows:
            if row.email:
                owners.setdefault(row.email, set()).add(row.number or row.key)
        self.mails = {mail: len(own) for mail, own in owners.items()}

    def _who(self, row: Row) -> Who:
        section, _why = self.places.find(row, day(row.valid_from) or self.options.moving_day)
        return self.people.who(row, section, self.options.answers.get(str(row.at), ""))

    # A row of the list

    def _line(self, row: Row, who: Who) -> Line:
        notes = [*row.notes, *who.notes]
        if who.person:
            self.spoken_of.add(who.person.pk)
        self.spoken_of |= {int(value) for value, _words in who.choices if value.isdecimal()}
        if who.skipped:
            said = [] if who.notes else [_("この行は登録しません。")]
            return Line(row.at, LineKind.SAME, row.name, notes=[*notes, *said])
        if row.wrong:
            return self._asked(row, "".join(row.wrong), [], notes)
        if who.question:
            return self._asked(row, who.question, who.choices, notes)
        if who.is_new and not row.family_kana:
            return self._asked(
                row, _("新しい方ですが、ふりがながありません。名簿にふりがなを入れてください。"), [], notes
            )
        return self._decided(row, who.person, notes)

    def _asked(self, row: Row, question: str, choices: list[list[str]], notes: list[str]) -> Line:
        choices = choices or [[SKIP, _("この行は登録しない")]]
        return Line(row.at, LineKind.ASK, row.name or "―", question=question, choices=choices, notes=notes)

    def _decided(self, row: Row, person: KnownPerson | None, notes: list[str]) -> Line:
        first = day(row.valid_from) or (
            self.options.moving_day if person and person.posts else self.options.first_day
        )
        section, why = self.places.find(row, first)
        category, odd = self.door.category(row, person, self.options, self.options.answers.get(str(row.at), ""))
        if why or odd:
            preset = [[USE, _("「%s」として登録する") % category[1]], [SKIP, _("この行は登録しない")]]
            return self._asked(row, why or odd, [] if why else preset, notes)
        if person and (hindered := self._beside(person, section, first)):
            return self._asked(row, hindered, [], notes)
        said = self.door.said(row, person, section, category[0])
        if not self.door.can_begin(said) and not (person and person.posts):
            return self._written(row, person, PostStep(LineKind.SAME if person else LineKind.ADD), notes)
        step = step_of(
            person.posts if person else [],
            said,
            given=day(row.valid_from),
            last_day=day(row.valid_to),
            first_day=self.options.first_day,
            moving_day=self.options.moving_day,
        )
        return self._written(row, person, step, notes)

    def _beside(self, person: KnownPerson, section: Place, first: dt.date) -> str:
        """Two posts in one section at a time are one too many."""
        if not any(post.department == section and (post.valid_to or first) >= first for post in person.beside):
            return ""
        question = _(
            "「%s」には、既に併任の配属があります。職員等のページで併任を終了してから、取り込んでください。"
        )
        return question % self.places.name(section)

    def _written(self, row: Row, person: KnownPerson | None, step: PostStep, notes: list[str]) -> Line:
        is_shared = self.mails.get(row.email, 0) > 1
        owner = self.people.by_mail.get(row.email)
        if owner and owner is not person:
            notes.append(_("「%s」は別の方のログイン用メールアドレスのため、登録しません。") % row.email)
            row = replace(row, email="")
        fields, changes = self.door.fields(row, person, notes, shared_mail=is_shared)
        kind = step.kind if step.do or person is None else LineKind.CHANGE if fields else LineKind.SAME
        line = Line(row.at, kind, row.name, notes=notes, fields=fields)
        line.person, line.seen = (person.pk, person.version) if person else (None, 0)
        if step.do:
            membership = person.membership if person else None
            line.steps = [step.as_json(self.door.table, membership=membership)]
        line.changes = [*changes, *self.door.told(step, self.places)]
        if self.options.move_terms and person and step.do in {"split", "correct"}:
            self._move_terms(line, person, step)
        return line

    def _move_terms(self, line: Line, person: KnownPerson, step: PostStep) -> None:
        """Where the person takes part for the section that is left, they do for the new one from the same day."""
        before, day = step.before, step.first_day
        assert before
        assert day
        moved: dict[str, Any] = {name: step.values[name] for name in MOVING & step.values.keys()}
        there = [term for term in person.terms if term.department == before.department]
        for term in there if moved else ():
            if not (term.is_on(day) or term.valid_from > day):
                continue
            own = step_of([term], moved, given=None, last_day=None, first_day=day, moving_day=day)
            if own.do:
                line.steps.append(own.as_json("term"))
                line.changes.append([_("%sでの所属") % term.group, "", _("同じ日から、新しい所属・職名とする")])

    # Who is not on it

    def _leaving(self, lines: list[Line], notes: list[str]) -> list[Line]:
        missing = sorted(self.known.present - self.spoken_of)
        if any(line.kind == LineKind.ASK for line in lines):
            notes.append(_("確認が必要な行があるため、名簿にない方の退任は、まだ計算していません。"))
            return []
        last_day = self.options.moving_day - EVE
        leaving = []
        for pk in missing:
            person = self.known.people[pk]
            post = next((post for post in person.posts if post.is_on(self.options.moving_day)), None)
            if post is None:
                continue
            step = ended(post, last_day)
            line = Line(0, LineKind.LEAVE, person.name, pk, person.version)
            line.steps = [step.as_json(self.door.table, membership=person.membership)]
            line.changes = self.door.told(step, self.places)
            leaving.append(line)
        return leaving


def sections_to_make(lines: Sequence[Line]) -> list[str]:
    """The ways to sections that do not exist yet, each once, those above before those below."""
    found = {
        step["values"]["department"]
        for line in lines
        for step in line.steps
        if isinstance(step["values"].get("department"), str)
    }
    return sorted(found, key=lambda way: (way.removeprefix(sections.MADE).count("/"), way))
