"""How long the town keeps what, and the decisions by which it goes. Administrators record, the worker acts."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from foundation import retention
from foundation.actions import SYSTEM, Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from foundation.files.hashed import measured
from foundation.retention import RecordKind, Unit
from meetings.models import Meeting
from members.filing import pack
from members.models import WorkingGroup
from members.policy import ADMINISTRATORS_ONLY, DESK_ONLY, can_administrate, can_run_desk
from retention import due, policy
from retention.archive import of_meeting, of_year
from retention.letting_go import let_go
from retention.models import PROPOSED, Archive, Disposal, Hold, Period
from retention.taken_back import note_disposal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In so many days it goes, unless another day is chosen: time to think again.
USUAL_WAIT = timedelta(days=7)


@action
def set_period(*, kind: RecordKind, by: Actor, seen: int, years: int | None, basis: str = "") -> Period:
    """The town's own; decisions that were made by another period stand."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    period = Period.objects.select_for_update(no_key=True).filter(kind=kind.name).first()
    period = period or Period(kind=kind.name, version=PROPOSED)
    refuse_stale(period, seen)
    if period.pk is None:
        period.version = 1
    changes = write(period, years=years, basis=basis)
    record(by=by, action="retention.set_period", target=period, **changes)
    return period


@action
def place_hold(*, by: Actor, reason: str, group: WorkingGroup | None = None) -> Hold:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    held = Hold(placed_by=by.user)
    write(held, group=group, reason=reason)
    record(by=by, action="retention.place_hold", target=held, group=str(group or ""))
    return held


@action
def lift_hold(*, held: Hold, by: Actor) -> Hold:
    """What was decided meanwhile, and is due, goes the night after."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    held = hold(Hold.objects.all(), held.pk)
    if held.lifted_at is None:
        write(held, lifted_at=clock.now(), lifted_by=by.user)
        record(by=by, action="retention.lift_hold", target=held)
    return held


@action
def decide(
    *,
    kind: RecordKind,
    unit: Unit,
    by: Actor,
    shown: str,
    decided_on: date,
    decided_by: str,
    due_on: date,
    document_number: str = "",
) -> Disposal:
    """Record the decision on exactly the rows that the page showed (`shown`: their digest)."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    kept = due.one(kind, unit)
    if kept is None:
        raise ValidationError(_("廃棄する記録はありません。何も変更していません。"))
    if reason := policy.against(kept):
        raise ValidationError(str(reason))
    if (now := retention.digest(kind, unit)) != shown:
        raise Conflict(now)
    refuse_impossible_days(decided_on, due_on)
    disposal = Disposal(kind=kind.name, group=kept.group, fiscal_year=unit.year, digest=now, recorded_by=by.user)
    write(
        disposal,
        counts=retention.counts(kind, unit),
        decided_on=decided_on,
        decided_by=decided_by,
        document_number=document_number,
        due_on=due_on,
    )
    record(by=by, action="retention.decide", target=disposal, number=document_number, due_on=due_on)
    return disposal


def refuse_impossible_days(decided_on: date, due_on: date) -> None:
    today = clock.today()
    if decided_on > today:
        raise ValidationError({"decided_on": _("決裁の年月日は、今日までの日付にしてください。")})
    if due_on <= today:
        raise ValidationError({"due_on": _("廃棄する日は、明日以後の日付にしてください。")})


@action
def cancel(*, disposal: Disposal, by: Actor, seen: int) -> Disposal:
    """Until it is carried out."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    disposal = hold(Disposal.objects.select_related("group"), disposal.pk)
    refuse_stale(disposal, seen)
    write(disposal, cancelled_at=clock.now(), cancelled_by=by.user)
    record(by=by, action="retention.cancel", target=disposal)
    return disposal


@action
def carry_out(*, disposal: Disposal, by: Actor = SYSTEM) -> bool:
    """On its day or later, unless a hold stands. Says whether anything went.

    Where something speaks against it nothing goes, and a person decides again.
    """
    disposal = hold(Disposal.objects.select_related("group"), disposal.pk)
    kind, unit = disposal.of_kind, disposal.unit
    if not disposal.is_open or disposal.due_on > clock.today() or disposal.stopped_because:
        return False
    wait_for_holds()
    if due.in_the_way(unit, Hold.objects.standing()):
        return False
    retention.keep_others_out(kind, unit)
    if reason := against(disposal):
        write(disposal, stopped_because=str(reason))
        record(by=by, action="retention.stop", target=disposal)
        return False
    let_go(disposal, on=clock.today())
    record(by=by, action="retention.carry_out", target=disposal, counts=disposal.counts)
    note_disposal(disposal)
    return True


def against(disposal: Disposal) -> "StrOrPromise":
    """Why what was decided does not go: a person reads it on the page, and decides again."""
    kind, unit = disposal.of_kind, disposal.unit
    if retention.digest(kind, unit) != disposal.digest:
        return _("廃棄の決定の後に、対象となる記録に増減又は変更がありました。")
    return kind.against(unit)


def wait_for_holds() -> None:
    """Until this transaction is over nobody places one: whoever does is told after what went."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE retention_hold IN SHARE MODE")


@action
def archive(*, group: WorkingGroup, meeting: Meeting | None, by: Actor) -> tuple[Archive, bytes]:
    """Make the ZIP now; what is handed out is noted with its hash, so that a copy of it is known as such later."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    content = pack(of_meeting(meeting) if meeting else of_year(group))
    sha256, size = measured([content])
    row = Archive(group=group, made_by=by.user)
    write(row, meeting_number=meeting.number if meeting else None, sha256=sha256, size=size)
    record(by=by, action="retention.archive", target=row, sha256=sha256)
    return row, content
