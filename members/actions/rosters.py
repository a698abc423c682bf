"""A list of people comes in: read, shown with what it would do, done in one transaction, and taken back."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.audit.log import record_all
from foundation.db import clock
from foundation.jobs.models import Job
from foundation.jobs.queue import enqueue
from members import emails
from members.addresses import keep_in_step
from members.models import Department, Membership, Municipality, RosterImport, User, WorkingGroup
from members.policy import ADMINISTRATORS_ONLY, DESK_ONLY, can_administrate, can_run_desk
from members.rostering.doors import door_of
from members.rostering.known import known
from members.rostering.lines import Line, Options, RosterPlan, digest, promised
from members.rostering.places import CREATE, MADE
from members.rostering.plan import plan, sections_to_make
from members.rostering.rows import read_back
from members.rostering.rowsets import values_of
from members.rostering.undoing import Undoer
from members.rostering.writing import Entry, Writer
from members.states import PREVIEW_JOB, Category, DepartmentLevel, RosterState
from members.taken_back import note_days, note_never, note_person

Tell = Callable[[int, int], None]
# More rows are compared by a worker, with the progress on the page.
AT_ONCE = 300
NOT_READY = gettext_lazy(
    "この名簿は、登録できる状態ではありません。名簿の取込みのページから状況を確認してください。"
)
NOTHING_TO_DO = gettext_lazy("登録する行が選ばれていません。登録する方にチェックを入れてください。")


@action
def read_roster(
    *, group: WorkingGroup | None, by: Actor, source: str, rows: list[dict[str, Any]], findings: list[str]
) -> RosterImport:
    """What was read of a list is kept until it is registered; what of it would be done is worked out next."""
    _demand(by, group)
    roster = RosterImport(group=group, by=by.user, source=source[-255:], rows=rows, findings=findings)
    roster.digest = digest(rows)
    roster.options = usual(group).as_json()
    roster.save()
    record(by=by, action="members.read_roster", target=roster, rows=len(rows))
    return roster


def usual(group: WorkingGroup | None) -> Options:
    """Who is new to a group is so from the beginning of its year; what changes, changes today."""
    today = clock.today()
    first_day = date(group.fiscal_year, 4, 1) if group else today
    moved_on = max(today, first_day)
    return Options(Category.MEMBER, first_day.isoformat(), moved_on.isoformat(), move_terms=group is None)


@action
def preview_roster(*, roster: RosterImport, by: Actor, progress: Tell | None = None) -> RosterImport:
    """What the list would do as things stand now."""
    roster = _hold(roster, by, RosterState.READ, RosterState.PREVIEWED)
    roster.plan = _plan(roster, progress).as_json()
    write_state(roster, RosterState.PREVIEWED)
    record(by=by, action="members.preview_roster", target=roster)
    return roster


@action
def preview_roster_later(*, roster: RosterImport, by: Actor) -> Job:
    roster = _hold(roster, by, RosterState.READ, RosterState.PREVIEWED)
    write_state(roster, RosterState.READ)
    payload = {"roster": roster.pk, "seen": roster.version, "by": by.user.pk, "via": by.via}
    return enqueue(kind=PREVIEW_JOB, key=f"{roster.pk}:{roster.version}", payload=payload)


@action
def settle_roster(*, roster: RosterImport, by: Actor, seen: int, options: Options) -> bool:
    """Keep what the person decided. Whether it makes another plan, which then has to be shown."""
    roster = _hold(roster, by, RosterState.PREVIEWED)
    refuse_stale(roster, seen)
    demand(roster.group is None or CREATE not in options.sections.values(), ADMINISTRATORS_ONLY)
    before = Options(**roster.options)
    if before == options:
        return False
    roster.options = options.as_json()
    write_state(roster, RosterState.PREVIEWED)
    ticked = before.unticked != options.unticked
    record(by=by, action="members.settle_roster", target=roster, ticked=ticked)
    before.unticked = options.unticked
    return before != options


@action
def apply_roster(*, roster: RosterImport, by: Actor) -> RosterImport:
    """All ticked lines, or none: where the town is no longer what the page showed, nothing is done."""
    roster = _hold(roster, by, RosterState.PREVIEWED)
    # All imports pass through the town's one row: nobody is registered by two of them.
    Municipality.objects.select_for_update().get()
    shown = RosterPlan.from_json(roster.plan).chosen(roster.options["unticked"])
    if not shown:
        raise ValidationError(NOTHING_TO_DO)
    people = sorted(line.person for line in shown if line.person)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    lines = _plan(roster).chosen(roster.options["unticked"])
    if promised(lines) != promised(shown):
        raise Conflict(roster)
    made, sections = _make_sections(sections_to_make(lines), lines)
    writer = Writer(lines, roster.group, made)
    roster.done = [*sections, *writer.write()]
    roster.applied_at = Now()
    write_state(roster, RosterState.APPLIED)
    _tell(writer, by)
    record(by=by, action="members.apply_roster", target=roster, lines=len(lines))
    return roster


@action
def undo_roster(*, roster: RosterImport, by: Actor) -> RosterImport:
    """While nothing was built on it. What was used or changed meanwhile stays, and is named."""
    roster = _hold(roster, by, RosterState.APPLIED)
    Municipality.objects.select_for_update().get()
    undoer = Undoer(roster.done)
    taken_back = {(table, pk) for entry in roster.done for table, pk, _values in entry["added"]}
    roster.left = undoer.undo()
    roster.undone_at = Now()
    write_state(roster, RosterState.UNDONE)
    for person in undoer.readdressed:
        keep_in_step(person)
        note_person(person, {"email": True})
    for table, row in undoer.restored:
        row.refresh_from_db()
        note_days(row, table)
    for table in ("term", "posting"):
        for row in undoer.gone(table):
            note_never(row, table)
    record(by=by, action="members.undo_roster", target=roster, left=len(roster.left), added=len(taken_back))
    return roster


# What they share


def _demand(by: Actor, group: WorkingGroup | None) -> None:
    if group:
        demand(can_run_desk(by.user, group), DESK_ONLY)
    else:
        demand(can_administrate(by.user), ADMINISTRATORS_ONLY)


def _hold(roster: RosterImport, by: Actor, *states: RosterState) -> RosterImport:
    _demand(by, roster.group)
    roster = hold(RosterImport.objects.select_related("group"), roster.pk)
    if roster.state not in states:
        raise ValidationError(NOT_READY)
    return roster


def write_state(roster: RosterImport, state: RosterState) -> None:
    roster.state = state
    roster.version += 1
    roster.save()
    roster.refresh_from_db(fields=["applied_at", "undone_at"])


def _plan(roster: RosterImport, progress: Tell | None = None) -> RosterPlan:
    rows = read_back(roster.rows)
    now = known(rows, roster.group, clock.today())
    return plan(rows, now, Options(**roster.options), door_of(roster.group), progress)


def _make_sections(ways: Sequence[str], lines: Sequence[Line]) -> tuple[dict[str, int], list[Entry]]:
    """Sections that the administrator chose to make, from above; what stands above is made with them."""
    first_day = min(
        (step["first_day"] for line in lines for step in line.steps if step["first_day"]), default=None
    )
    begins = date.fromisoformat(first_day) if first_day else clock.today()
    made: dict[str, int] = {}
    entries: list[Entry] = []
    for way in ways:
        above: Department | None = None
        for level, name in (part.split(":", 1) for part in way.removeprefix(MADE).split("/")):
            above = _section(level or DepartmentLevel.DIVISION, name, above, begins, entries)
        assert above
        made[way] = above.pk
    return made, entries


def _section(level: str, name: str, above: Department | None, begins: date, entries: list[Entry]) -> Department:
    found = Department.objects.on(begins).filter(name=name, level=level, parent=above).first()
    if found:
        return found
    section = Department()
    write(section, level=level, name=name, parent=above, valid_from=begins)
    entries.append(
        {"key": "", "name": str(section), "added": [["department", section.pk, values_of(section)]], "changed": []}
    )
    return section


def _tell(writer: Writer, by: Actor) -> None:
    """The trail of each person, the notes of what ended, and to whom a login moved."""
    for person, before in writer.readdressed:
        keep_in_step(person)
        note_person(person, {"email": True})
        emails.tell_of_new_address(person, before)
    for table, row in writer.ended:
        note_days(row, table)
    people = User.objects.in_bulk(writer.users)
    memberships = {}
    if writer.group:
        found = Membership.objects.filter(group=writer.group, user__in=people).select_related("user")
        memberships = {membership.user_id: membership for membership in found}
    told = [
        (memberships.get(pk) or people[pk], {name: [before, after] for name, before, after in line.changes})
        for line, pk in zip(writer.lines, writer.users, strict=True)
    ]
    record_all(by=by, action="members.apply_roster", told=told)
