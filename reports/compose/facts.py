"""The parts of a report that are a label and what stands beside it, each from its rows.

Missing says what is not there: nothing is printed of a roll that was not taken, or of observers nobody counted.
"""

from collections.abc import Callable, Iterable, Iterator

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from meetings.models import AttendanceRecord
from meetings.models.material import MaterialVersion
from meetings.quorum import standing
from meetings.states import WITH_REASON, MaterialKind, Method, Mode, Openness
from members import names
from members.models import Municipality
from members.states import COUNTED, Category
from reports.compose.lines import japanese
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows
from reports.formats import moments, sentences
from reports.formats.blocks import generated, read_as, typed
from reports.formats.sentences import Spans
from reports.states import NamesLook

NOBODY = "なし"
BETWEEN = "、"


def name(rows: Rows) -> Spans:
    return (generated(f"第{rows.meeting.number}回{rows.meeting.group.name}"),)


def held(rows: Rows) -> Spans:
    begun, ended = rows.meeting.held_from, rows.meeting.held_to
    if not (rows.meeting.snapshot and begun and ended):
        if rows.meeting.is_written:
            raise Missing(_("書面による議決の結果がまだ決定されていません。"), Fix.IN_WRITING)
        raise Missing(_("会議がまだ「開催済み」になっていません。開会と閉会の時刻を記録してください。"), Fix.ROLL)
    if rows.meeting.is_written:
        return (generated(moments.day(begun, rows.style.dates)),)
    return (generated(moments.held(begun, ended, rows.style.dates)),)


def place(rows: Rows) -> Spans:
    if rows.meeting.is_written:
        return (generated(japanese(Method.WRITTEN.label)),)
    if not rows.meeting.place:
        raise Missing(_("会議の場所が入力されていません。"), Fix.MEETING)
    spans = [read_as(words, reading) for words, reading in rows.meeting.place_parts]
    return tuple(span for one in spans for span in (one, generated(" ")))[:-1]


def openness(rows: Rows) -> Spans:
    found = rows.meeting.openness
    if not found:
        raise Missing(_("会議の公開の別が入力されていません。"), Fix.OPENNESS)
    said = japanese(Openness(found).label)
    apart = any(part.kind == "closed_reason" for part in rows.style.parts_list)
    reason = f"（理由：{_reason(rows)}）" if found in WITH_REASON and not apart else ""
    return (generated(said + reason),)


def closed_reason(rows: Rows) -> Spans:
    if rows.meeting.openness not in WITH_REASON:
        return (generated("－"),)
    return (typed(_reason(rows)),)


def _reason(rows: Rows) -> str:
    if not rows.meeting.openness_reason:
        raise Missing(_("会議を公開しなかった理由が入力されていません。"), Fix.OPENNESS)
    return rows.meeting.openness_reason


def present(rows: Rows) -> Spans:
    if rows.meeting.is_written:
        return (generated(f"{rows.outcome.people}名中{rows.outcome.answered}名"),)
    return (generated(_by_category(rows, [one for one in _counted(rows) if one.mode != Mode.ABSENT])),)


def absent(rows: Rows) -> Spans:
    return (generated(_by_category(rows, [one for one in _counted(rows) if one.mode == Mode.ABSENT])),)


def desk(rows: Rows) -> Spans:
    """事務局の職氏名"""
    came = [one for one in rows.people if one.category == Category.SECRETARIAT and one.mode != Mode.ABSENT]
    if not came:
        raise Missing(_("出席した事務局の職員が、出席の記録にありません。"), Fix.ROLL)
    return (generated("\n".join(f"{one.title}　{one.name}".strip() for one in came)),)


def speakers(rows: Rows) -> Spans:
    people = {item.presenter_id: item.presenter for item in rows.items if item.presenter}
    titles = [(rows.terms.get(person.pk), person) for person in people.values()]
    told = [
        f"{term.house_title if term else ''}　{names.roster(person.user)}".strip("　") for term, person in titles
    ]
    return (generated("\n".join(told) or NOBODY),)


def observers(rows: Rows) -> Spans:
    came = rows.meeting.observers
    if came is None:
        raise Missing(_("傍聴者の数が入力されていません。いなかったときは「0」と入力してください。"), Fix.ROLL)
    return (generated(f"{came}名" if came else NOBODY),)


def chair(rows: Rows) -> Spans:
    """Who was written down as chairing, else the chair if they came themselves."""
    one = rows.chaired or rows.chair
    if one is None or one.mode == Mode.ABSENT or one.is_substitute:
        raise Missing(_("議長を務めた方が記録されていません。"), Fix.ROLL)
    office = rows.offices.get(one.membership_id or 0, "")
    return (generated(f"{one.name}（{office}）" if office else one.name),)


def quorum(rows: Rows) -> Spans:
    if rows.meeting.is_written:
        told = rows.outcome
        if not told.is_met:
            raise Missing(_("書面による回答が足りず、成立していません。"), Fix.IN_WRITING)
        rule = japanese(told.rule)
        return sentences.quorum_in_writing(
            people=told.people, answered=told.answered, rule=rule, needed=told.needed
        )
    group = rows.meeting.group
    people = [(one.mode, one.is_substitute) for one in _counted(rows) if one.membership_id]
    found = standing(group, people)
    if found is None:
        return (generated("定めなし"),)
    return sentences.quorum(
        people=f"{found.people}名",
        present=found.present,
        rule=japanese(found.rule),
        needed=found.needed,
        is_met=found.is_met,
    )


def agenda(rows: Rows) -> Spans:
    if not rows.items:
        raise Missing(_("議題が登録されていません。"), Fix.MEETING)
    return (typed("\n".join(f"（{number}）{item.title}" for number, item in enumerate(rows.items, start=1))),)


def materials(rows: Rows) -> Spans:
    listed = [_material(rows, version) for version in rows.handouts]
    return (generated("\n".join(listed) or NOBODY),)


def _material(rows: Rows, version: MaterialVersion) -> str:
    """資料1　施設の一覧（PDF・120 KB）"""
    words = f"{version.label}　{version.material.title}"
    if not (rows.style.has_sizes and version.kind == MaterialKind.FILE):
        return words
    return f"{words}（{version.extension.upper()}・{filesizeformat(version.size)}）".replace("\xa0", " ")


def decisions(rows: Rows) -> Spans:
    if not rows.report.decisions and rows.meeting.is_written and rows.outcome.votes:
        return _decided(rows)
    if not rows.report.decisions:
        raise Missing(
            _("決定事項が入力されていません。決定がなかったときは「なし」と入力してください。"), Fix.REPORT
        )
    return (typed(rows.report.decisions),)


def _decided(rows: Rows) -> Spans:
    """Nobody need type what was counted."""
    settled = [vote for vote in rows.outcome.votes if vote.carried is not None]
    lines = [f"{vote.item.title}　{'可決' if vote.carried else '否決'}" for vote in settled]
    return (generated("\n".join(lines)),)


def recording(rows: Rows) -> Spans:
    if rows.report.was_recorded is None:
        raise Missing(_("録音の有無が入力されていません。"), Fix.REPORT)
    return (generated("有" if rows.report.was_recorded else "無"),)


def signers(rows: Rows) -> Spans:
    if not rows.report.signers:
        raise Missing(_("署名する方の氏名が入力されていません。"), Fix.REPORT)
    return (typed("\n".join(f"{one}　　　　　　　　　　" for one in rows.report.signers.splitlines())),)


def department(rows: Rows) -> Spans:
    section = rows.meeting.group.contact_department
    if section is None:
        raise Missing(_("事務局の課が登録されていません。管理者に、会議体の登録を依頼してください。"), Fix.REPORT)
    return (generated(str(section)),)


def contact(rows: Rows) -> Spans:
    section = rows.meeting.group.contact_department
    number = section.phone if section else ""
    town = Municipality.objects.first()
    dialled = town.phone(number) if town and number else number
    called = f"　電話　{dialled}" if dialled else ""
    return (generated(department(rows)[0].text + called),)


def following(rows: Rows) -> Spans:
    upcoming = rows.next
    if upcoming is None:
        return (generated("未定"),)
    day = (
        moments.day(upcoming.starts_at, rows.style.dates)
        if upcoming.starts_at
        else upcoming.date_note or "日程未定"
    )
    return (generated(f"第{upcoming.number}回　{day}"),)


def _counted(rows: Rows) -> list[AttendanceRecord]:
    if not rows.roll_taken:
        raise Missing(_("出席の記録がまだありません。"), Fix.ROLL)
    return [one for one in rows.people if one.category in COUNTED]


def _by_category(rows: Rows, people: Iterable[AttendanceRecord]) -> str:
    """委員：例田　花子（会長）、試山　二郎; with titles one person a line."""
    titled = rows.style.names_look == NamesLook.TITLES
    told: dict[str, list[str]] = {}
    for one in people:
        told.setdefault(one.category, []).append(_person(rows, one, titled=titled))
    between = "\n" if titled else BETWEEN
    group = rows.meeting.group
    lines = [
        f"{group.category(category)}{between if titled else '：'}{between.join(told[category])}"
        for category in COUNTED
        if category in told
    ]
    return "\n".join(lines) or NOBODY


def _person(rows: Rows, one: AttendanceRecord, *, titled: bool) -> str:
    name, title = one.name, one.title
    chaired = "議長" if one is rows.chaired else ""
    notes = [_office(rows, one), chaired]
    if one.is_substitute:
        notes = [f"{one.name}の代理"]
        name, title = one.substitute_name, one.substitute_title
    return _named(title if titled else "", name, *notes, *_how(one))


def _office(rows: Rows, one: AttendanceRecord) -> str:
    return rows.offices.get(one.membership_id, "") if one.membership_id else ""


def _how(one: AttendanceRecord) -> tuple[str, str]:
    return ("オンライン" if one.mode == Mode.ONLINE else "", one.was_there)


def _named(title: str, name: str, *notes: str) -> str:
    """市民課長　試山　二郎（会長・オンライン）"""
    noted = "・".join(note for note in notes if note)
    return f"{title}　{name}".strip("　") + (f"（{noted}）" if noted else "")


def marks(rows: Rows) -> Iterator[tuple[int, str, str]]:
    """Everybody of the roll with 出 or 欠: the line's key, who, and how."""
    titled = rows.style.names_look == NamesLook.TITLES
    for one in _counted(rows):
        who = _named(one.title if titled else "", one.name, _office(rows, one))
        stood_in = f"{one.substitute_title}　{one.substitute_name}".strip("　") if one.is_substitute else ""
        notes = (f"代理　{stood_in}" if stood_in else "", *_how(one))
        yield one.pk, who, "欠" if one.mode == Mode.ABSENT else _named("", "出", *notes)


FACTS: dict[str, Callable[[Rows], Spans]] = {
    fact.__name__: fact
    for fact in (
        name,
        held,
        place,
        openness,
        closed_reason,
        present,
        absent,
        desk,
        speakers,
        observers,
        chair,
        quorum,
        agenda,
        materials,
        decisions,
        recording,
        signers,
        department,
        contact,
        following,
    )
}
