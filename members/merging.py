"""One person who was registered twice: what of the one registration goes over to the other, and what does not.

Whatever points at the other registration, or at its part in a group, goes over, whichever floor it stands on. What
a person has once only (a reply to a survey, a sheet, a post on a day) stays where it is if both have it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.retention import rows_of
from members.models import DeskGrant, Membership, MembershipTerm, OfficeTerm, Posting, User
from members.models.terms import Dated
from members.states import PostingKind

CONTACTS = ("email", "delivery_email", "phone", "employee_number")


@dataclass(frozen=True)
class Move:
    row: Model
    name: str
    to: Model


@dataclass
class MergePlan:
    """What would be done; with `refusals` nothing is."""

    kept: User
    other: User
    moves: list[Move] = field(default_factory=list)
    # Gone, for `kept` has the same on those days; what hangs on others stands first.
    dropped: list[Model] = field(default_factory=list)
    # Each with the part in a group on which it stays.
    left: list[tuple[Membership, Model]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def over(self) -> list[str]:
        """In words."""
        own = [in_words(move.row) for move in self.moves if isinstance(move.to, User)]
        return own + _counted((move.to, move.row) for move in self.moves if isinstance(move.to, Membership))

    @property
    def not_over(self) -> list[str]:
        """In words."""
        return [in_words(row) for row in self.dropped if not isinstance(row, Membership)] + _counted(self.left)

    @property
    def digest(self) -> str:
        """Of all that the page shows."""
        lines = [*self.over, "", *self.not_over, "", *self.refusals]
        lines += [f"{name} {getattr(person, name)}" for person in (self.kept, self.other) for name in CONTACTS]
        return sha256("\n".join(lines).encode()).hexdigest()


def plan(kept: User, other: User) -> MergePlan:
    made = MergePlan(kept, other)
    for posting in other.postings.select_related("department").order_by("valid_from"):
        there = kept.postings.filter(department=posting.department)
        if posting.kind == PostingKind.MAIN:
            there |= kept.postings.filter(kind=PostingKind.MAIN)
        _move_or_drop(made, posting, "user", kept, met=there.meeting(posting).exists())
    for grant in other.desk_grants.select_related("group").order_by("valid_from"):
        met = kept.desk_grants.filter(group=grant.group).meeting(grant).exists()
        _move_or_drop(made, grant, "user", kept, met=met)
    for part in other.memberships.select_related("group", "user").order_by("pk"):
        own = kept.memberships.select_related("group").filter(group=part.group).first()
        if own:
            _two_parts(made, part, own)
        else:
            made.moves.append(Move(part, "user", kept))
    return made


def exchangeable(kept: User, other: User) -> list[str]:
    """The ways to reach the person of which `other` has one that `kept` has not."""
    return [name for name in CONTACTS if (getattr(other, name) or "") not in ("", getattr(kept, name))]


# Two parts in one group


def _two_parts(made: MergePlan, part: Membership, own: Membership) -> None:
    """Of one person in one group: the terms first, then whatever hangs on either, on whichever floor."""
    for term in part.terms.select_related("department").order_by("valid_from"):
        met = own.terms.meeting(term)
        if met.exists() and not met.covering(term).exists():
            made.refusals.append(_overlaps(part, term))
        _move_or_drop(made, term, "membership", own, met=met.exists())
    for office in part.office_terms.order_by("valid_from"):
        _move_or_drop(made, office, "membership", own, met=own.office_terms.meeting(office).exists())
    left = [(part, row) for row in _hanging(made, part, own)]
    made.left += left
    if not left:
        made.dropped.append(part)


def _hanging(made: MergePlan, part: Membership, own: Membership) -> Iterator[Model]:
    """Moves what can go over; yields what stays."""
    for relation in Membership._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        assert not isinstance(model, str)
        if issubclass(model, Dated):
            continue
        for row in rows_of(model).filter(**{name: part}).order_by("pk"):
            if not _is_taken(row, name, own):
                made.moves.append(Move(row, name, own))
                continue
            if getattr(model, "counts_people", False):
                made.refusals.append(_counted_twice(part, row))
            yield row


def _is_taken(row: Model, name: str, to: Model) -> bool:
    """Whether `to` has such a row already, and may have one only."""
    for once in _once(row):
        if name not in once:
            continue
        same = {other: getattr(row, other) for other in once if other != name}
        if rows_of(type(row)).filter(**{name: to}, **same).exists():
            return True
    return False


def _once(row: Model) -> Iterator[tuple[str, ...]]:
    """The fields of which there is one row only."""
    yield from ((own.name,) for own in row._meta.concrete_fields if own.unique)
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.fields)


def _move_or_drop(made: MergePlan, row: Dated, name: str, to: Model, *, met: bool) -> None:
    if met:
        made.dropped.append(row)
    else:
        made.moves.append(Move(row, name, to))


# In words


def in_words(row: Model) -> str:
    """What it is and of when, for whoever decides."""
    match row:
        case Posting():
            what = _("配属：%s") % f"{row.department} {row.job_title}".strip()
        case DeskGrant():
            what = _("事務局の権限：%s") % row.group
        case MembershipTerm():
            what = _("%(group)sへの参加：%(post)s") % {"group": row.membership.group, "post": row.post}
        case OfficeTerm():
            what = _("%(group)sの役職：%(office)s") % {
                "group": row.group,
                "office": row.group.office(row.office),
            }
        case Membership():
            return _("%sへの参加と、その記録") % row.group
        case _:
            raise TypeError(row)
    return f"{what}（{_days(row)}）"


def _days(row: Dated) -> str:
    last = wareki.date(row.valid_to) if row.valid_to else ""
    return _("%(first)s～%(last)s") % {"first": wareki.date(row.valid_from), "last": last}


def _counted(rows: "Iterator[tuple[Membership, Model]] | list[tuple[Membership, Model]]") -> list[str]:
    """令和3年度DX推進部会：回答 2件. Of what has days each is said by itself."""
    lines, counts = [], Counter[tuple[Membership, str]]()
    for part, row in rows:
        if isinstance(row, Dated):
            lines.append(in_words(row))
        else:
            counts[part, str(row._meta.verbose_name)] += 1
    said = _("%(group)s：%(kind)s %(count)s件")
    return lines + [
        said % {"group": part.group, "kind": kind, "count": count} for (part, kind), count in counts.items()
    ]


def _overlaps(part: Membership, term: MembershipTerm) -> str:
    return _(
        "%(group)sへの参加の期間（%(days)s）が、統合先の期間と一部だけ重なっています。"
        "先に、その会議体の事務局で、どちらかの期間を訂正してください。"
    ) % {"group": part.group, "days": _days(term)}


def _counted_twice(part: Membership, row: Model) -> str:
    return _(
        "%(group)sで、両方の登録に%(kind)sがあり（%(row)s）、統合すると会議の人数が変わるため、統合できません。"
        "使わない方の登録は、「利用できる」のチェックを外してください。"
    ) % {"group": part.group, "kind": row._meta.verbose_name, "row": row}
