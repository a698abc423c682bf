"""Who a row is: by the number, else by the login address, else by name and reading in the same section.

What is left open is asked. Nobody is taken for somebody else because it is likely.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from members.rostering.known import KnownPerson
from members.rostering.lines import NEW, SKIP, USE
from members.rostering.rows import Row


@dataclass(slots=True)
class Who:
    """A person, nobody yet (`is_new`), or a question."""

    person: KnownPerson | None = None
    is_new: bool = False
    skipped: bool = False
    question: str = ""
    choices: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class People:
    def __init__(self, people: Mapping[int, KnownPerson], places: Mapping[int, str]) -> None:
        self.people, self.places = people, places
        self.by_number = {person.number: person for person in people.values() if person.number}
        self.by_mail = {person.email: person for person in people.values() if person.email}
        self.by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in people.values():
            for name in person.names:
                self.by_name[name].append(person)

    def who(self, row: Row, section: int | str | None, answer: str) -> Who:
        if answer == SKIP:
            return Who(skipped=True)
        if answer.isdecimal() and int(answer) in self.people:
            return self._known(self.people[int(answer)])
        if answer == NEW:
            return Who(is_new=True, notes=self._twins(row, None))
        found = self._by_number(row) or self._by_mail(row) or self._by_name(row, section)
        if found.person:
            found.notes += self._twins(row, found.person)
        return found

    def _known(self, person: KnownPerson) -> Who:
        if not person.is_active:
            question = _("利用を停止している方です。システム管理者に確認してください。")
            return Who(question=question, choices=[[SKIP, _("この行は登録しない")]])
        return Who(person)

    def _by_number(self, row: Row) -> Who | None:
        person = self.by_number.get(row.number) if row.number else None
        return self._known(person) if person else None

    def _by_mail(self, row: Row) -> Who | None:
        person = self.by_mail.get(row.email) if row.email else None
        if person is None:
            return None
        fits = row.key[0] in person.names and not (row.number and person.number)
        if fits:
            return self._known(person)
        question = _("「%(mail)s」は、登録済みの%(person)sさんのログイン用メールアドレスです。同じ方ですか。")
        return self._ask(row, question % {"mail": row.email, "person": person.name}, [person])

    def _by_name(self, row: Row, section: int | str | None) -> Who:
        alike = [person for person in self.by_name[row.key[0]] if self._may_be(row, person)]
        here = [person for person in alike if section and section in self._sections(person)]
        if len(here) == 1 and (row.family_kana or len(alike) == 1):
            return self._known(here[0])
        if alike:
            question = _("同じ氏名の方が登録されています。同じ方ですか。")
            return self._ask(row, question, alike)
        return Who(is_new=True, notes=self._twins(row, None))

    def _may_be(self, row: Row, person: KnownPerson) -> bool:
        """Two numbers are two people, and so are two readings."""
        if row.number and person.number and row.number != person.number:
            return False
        return not row.family_kana or row.key[1] in person.readings

    @staticmethod
    def _sections(person: KnownPerson) -> set[int | None]:
        return {person.department, *(post.department for post in person.posts)}

    def _ask(self, row: Row, question: str, candidates: list[KnownPerson]) -> Who:
        choices = [[str(person.pk), self._told(person)] for person in candidates if person.is_active]
        choices += [[NEW, _("別の方として、新しく登録する")], [SKIP, _("この行は登録しない")]]
        return Who(question=question, choices=choices)

    def _told(self, person: KnownPerson) -> str:
        post = " ".join(
            filter(None, [self.places.get(person.department or 0, person.affiliation), person.job_title])
        )
        return _("登録済みの%(person)sさん（%(post)s）") % {
            "person": person.name,
            "post": post or _("所属の登録なし"),
        }

    def _twins(self, row: Row, own: KnownPerson | None) -> list[str]:
        twins = [
            person for person in self.by_name[row.key[0]] if person is not own and row.key[1] in person.readings
        ]
        told = (self.places.get(person.department or 0) or person.affiliation for person in twins)
        names = _("、").join(dict.fromkeys(place or _("所属の登録なし") for place in told))
        return [_("氏名とふりがなが同じ方が、ほかに登録されています（%s）。") % names] if twins else []


def repeated(rows: list[Row], whos: dict[int, Who], answers: Mapping[str, str]) -> dict[int, Who]:
    """A person who stands on the list twice: rows that say the same are one, others are asked about."""
    groups: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        who = whos[row.at]
        if who.person:
            groups[who.person.pk].append(row)
        elif who.is_new:
            groups[("number", row.number) if row.number else ("name", row.key)].append(row)
    changed: dict[int, Who] = {}
    for several in groups.values():
        if len(several) > 1:
            changed |= _settled(several, whos, answers)
    return changed


def _settled(several: list[Row], whos: dict[int, Who], answers: Mapping[str, str]) -> dict[int, Who]:
    first, *others = several
    if all(_said(row) == _said(first) for row in others) and (first.number or first.email):
        notes = [_("%s行目と同じ内容です。") % first.at]
        return {row.at: Who(skipped=True, notes=notes) for row in others}
    used = [row for row in several if answers.get(str(row.at)) == USE]
    apart = whos[first.at].person is None and not first.number
    if apart and len(used) == len(several):
        return {}
    if not apart and len(used) == 1:
        notes = [_("%s行目の内容を登録します。") % used[0].at]
        return {row.at: Who(skipped=True, notes=notes) for row in several if row is not used[0]}
    return {row.at: _asked(row, several, apart=apart) for row in several}


def _asked(row: Row, several: list[Row], *, apart: bool) -> Who:
    others = _("、").join(_("%s行目") % other.at for other in several if other is not row)
    if apart:
        question = _("%sにも、氏名とふりがなが同じ方がいます。別の方ですか。") % others
        choices = [[USE, _("別の方として登録する")], [SKIP, _("この行は登録しない")]]
    else:
        question = _("%sも同じ方で、内容が異なります。どちらを登録しますか。") % others
        choices = [[USE, _("この行の内容を登録する")], [SKIP, _("この行は登録しない")]]
    return Who(question=question, choices=choices)


def _said(row: Row) -> list[object]:
    return [value for name, value in row.as_json().items() if name not in {"at", "notes"}]
