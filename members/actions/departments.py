"""Sections come, are renamed every April, and hand over to a successor."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.actions import Actor, action, demand, hold, record, refuse_stale, write
from foundation.retention import rows_of
from members.actions._dated import shorten
from members.models import Department, JobTitle, MembershipTerm, Posting
from members.models.job_title import rank_anew
from members.models.terms import Dated
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from members.states import DepartmentLevel
from members.taken_back import note_never

DIVISIONS_LEFT = _(
    "この部局には、廃止日より後も続く課があります。先に、それらの課を廃止するか、別の部局に移してください。"
)

PARENT_IS_CLOSED = _("「%s」が廃止になっています。先に、そちらの廃止を取り消してください。")
DATED_AS: dict[type[Dated], str] = {Posting: "posting", MembershipTerm: "term"}


@action
def add_department(*, by: Actor, **fields: Any) -> Department:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    department = Department()
    write(department, **fields)
    record(by=by, action="members.add_department", target=department)
    return department


@action
def edit_department(*, department: Department, by: Actor, seen: int, **fields: Any) -> Department:
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    department = hold(Department.objects.all(), department.pk)
    refuse_stale(department, seen)
    changes = write(department, **fields)
    record(by=by, action="members.edit_department", target=department, **changes)
    return department


@action
def end_department(
    *,
    department: Department,
    by: Actor,
    valid_to: date,
    successor: Department | None = None,
    move_people: bool = False,
) -> Department:
    """Close a section on a day, a 課 with its 係. Its people move to the successor on the next day, in their posts
    and groups.
    """
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    department = hold(Department.objects.all(), department.pk)
    units = list(Department.objects.below(department).filter(_outliving(valid_to)).order_by("-path"))
    if any(unit.level != DepartmentLevel.UNIT for unit in units):
        raise ValidationError(DIVISIONS_LEFT)
    moved, changed = 0, False
    for ended in [*units, department]:
        changed |= bool(shorten(ended, to=valid_to, successor=successor))
        moved += _move(ended, successor, valid_to) if successor and move_people else 0
    if not changed and not moved:
        return department
    record(
        by=by,
        action="members.end_department",
        target=department,
        valid_to=valid_to,
        successor=successor and str(successor),
        moved=moved,
    )
    return department


@action
def reopen_department(*, department: Department, by: Actor, seen: int) -> int:
    """It was closed by a slip, and goes on. Says how many posts and parts in groups came back to it."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    department = hold(Department.objects.all(), department.pk)
    refuse_stale(department, seen)
    last_day, successor = department.valid_to, department.successor
    if last_day is None:
        return 0
    if department.parent and department.parent.valid_to:
        raise ValidationError(PARENT_IS_CLOSED % department.parent)
    closed_with_it = Department.objects.below(department).filter(valid_to=last_day, successor=successor)
    came_back = 0
    for again in [department, *closed_with_it.order_by("path")]:
        came_back += _bring_back(again, successor, last_day) if successor else 0
        write(again, valid_to=None, successor=None)
    record(by=by, action="members.reopen_department", target=department, came_back=came_back)
    return came_back


def _bring_back(department: Department, successor: Department, last_day: date) -> int:
    """Whoever went over on the next day and has stayed as they were: what was ended goes on instead."""
    count = 0
    for model in (Posting, MembershipTerm):
        rows = model.objects.select_for_update(of=("self",))
        for ended in rows.filter(department=department, valid_to=last_day):
            following = _same_in(successor, ended, last_day + timedelta(days=1))
            if following is None:
                continue
            note_never(following, DATED_AS[model])
            following.delete()
            write(ended, valid_to=following.valid_to)
            count += 1
    return count


def _same_in(successor: Department, ended: Posting | MembershipTerm, first_day: date) -> Any:
    """What `_go_on` made of it, as long as nobody has changed it."""
    different = {"department", "valid_from", "valid_to", "version"}
    same = {
        field.attname: field.value_from_object(ended)
        for field in ended._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in different
    }
    rows = rows_of(type(ended)).select_for_update(of=("self",))
    return rows.filter(**same, department=successor, valid_from=first_day).first()


def _outliving(last_day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)


def _move(department: Department, successor: Department, last_day: date) -> int:
    """Every post and every part in a group that would outlive the section goes on in its successor."""
    outliving = _outliving(last_day)
    there = successor.postings.filter(outliving).values("user")
    postings = department.postings.filter(outliving).exclude(user__in=there)
    terms = MembershipTerm.objects.filter(outliving, department=department)
    rows = [*postings.select_for_update(), *terms.select_for_update()]
    for row in rows:
        _go_on(row, successor, last_day)
    department.postings.filter(outliving, valid_from__lte=last_day).update(valid_to=last_day)
    return len(rows)


def _go_on(row: Dated, successor: Department, last_day: date) -> None:
    if row.valid_from > last_day:
        write(row, department=successor)
        return
    following = {
        field.attname: field.value_from_object(row) for field in row._meta.concrete_fields if not field.primary_key
    }
    write(row, valid_to=last_day)
    write(type(row)(**following), department=successor, valid_from=last_day + timedelta(days=1))


@action
def edit_job_titles(*, by: Actor, titles: Sequence[str]) -> int:
    """The whole order, the highest first; every post is ranked by it from now on."""
    demand(can_administrate(by.user), ADMINISTRATORS_ONLY)
    before = list(JobTitle.objects.select_for_update().values_list("name", flat=True))
    if before == list(titles):
        return 0
    JobTitle.objects.all().delete()
    ranked = [JobTitle(name=title, rank=rank) for rank, title in enumerate(titles, 1)]
    JobTitle.objects.bulk_create(ranked)
    rank_anew([Posting.objects.all(), MembershipTerm.objects.all()])
    record(by=by, action="members.edit_job_titles", target=ranked[0], titles=[before, list(titles)])
    return len(titles)
