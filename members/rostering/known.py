"""What is registered of those whom a list may mean: read in a number of queries that does not grow with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, TextField
from django.db.models.functions import Concat

from members import names
from members.models import Department, Membership, MembershipTerm, OfficeTerm, Posting, User, WorkingGroup
from members.models.terms import Dated
from members.rostering.rows import Row
from members.states import PostingKind


@dataclass(slots=True)
class Post:
    """A term in the group, or a main posting, as the plan compares it."""

    pk: int
    valid_from: dt.date
    valid_to: dt.date | None
    department: int | None
    job_title: str
    category: str = ""
    affiliation: str = ""
    group: str = ""
    version: int = 0

    def is_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class KnownPerson:
    pk: int
    version: int
    is_active: bool
    family: str
    given: str
    family_kana: str
    given_kana: str
    # The reading of the registered name, and of the one that is used at work.
    readings: frozenset[str]
    number: str
    email: str
    phone: str
    address: str
    shown_family: str = ""
    membership: int | None = None
    # Where the door looks: the group's terms, or the main postings of the town.
    posts: list[Post] = field(default_factory=list)
    # The main posting of today, and what other groups have of somebody from outside.
    department: int | None = None
    job_title: str = ""
    affiliation: str = ""
    # Terms in groups, which may move with a posting.
    terms: list[Post] = field(default_factory=list)
    # Posts beside the main one.
    beside: list[Post] = field(default_factory=list)
    offices: list[int] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """Also by the family name that is used at work."""
        return frozenset({self.family + self.given, self.shown_family + self.given})

    @property
    def name(self) -> str:
        return f"{self.shown_family} {self.given}".strip()


@dataclass(slots=True)
class KnownSection:
    pk: int
    label: str
    keys: frozenset[str]
    parent: int | None
    valid_from: dt.date
    valid_to: dt.date | None

    def is_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class Registered:
    people: dict[int, KnownPerson]
    sections: dict[int, KnownSection]
    # Who would leave if the list is complete: those of the group, or of the town.
    present: frozenset[int] = frozenset()


def known(rows: Sequence[Row], group: WorkingGroup | None, today: dt.date) -> Registered:
    people = _people(rows, group)
    pks = list(people)
    _posted_today(people, pks, today)
    if group:
        _in_group(people, pks, group, today)
        _elsewhere(people, pks, group)
        present = frozenset(person.pk for person in people.values() if person.membership)
    else:
        _in_town(people, pks, today)
        present = frozenset(person.pk for person in people.values() if person.posts and person.is_active)
    return Registered(people, sections(), present)


def _people(rows: Sequence[Row], group: WorkingGroup | None) -> dict[int, KnownPerson]:
    """By number, by address, by name; and all that could be missing on the list."""
    names = {row.key[0] for row in rows if row.family}
    wanted = (
        Q(employee_number__in={row.number for row in rows if row.number})
        | Q(email__in={row.email for row in rows if row.email})
        | Q(written__in=names)
        | Q(shown__in=names)
    )
    mine = Q(memberships__group=group) if group else Q(postings__kind=PostingKind.MAIN)
    written = Concat("family_name", "given_name", output_field=TextField())
    shown = Concat("display_family_name", "given_name", output_field=TextField())
    found = User.objects.alias(written=written, shown=shown).filter(wanted | mine).distinct().order_by("pk")
    return {user.pk: _person(user) for user in found}


def _person(user: User) -> KnownPerson:
    return KnownPerson(
        pk=user.pk,
        version=user.version,
        is_active=user.is_active,
        family=user.family_name,
        given=user.given_name,
        family_kana=user.family_kana,
        given_kana=user.given_kana,
        readings=frozenset(
            {
                names.sort_key(user.family_kana, user.given_kana),
                names.sort_key(user.shown_family_kana, user.shown_given_kana),
            }
        ),
        number=user.employee_number or "",
        email=user.email or "",
        phone=user.phone,
        address=user.address,
        shown_family=user.shown_family_name,
    )


def _posted_today(people: dict[int, KnownPerson], pks: Collection[int], today: dt.date) -> None:
    posted = Posting.objects.on(today).filter(user__in=pks, kind=PostingKind.MAIN).order_by("pk")
    for user, department, title in posted.values_list("user", "department", "job_title"):
        people[user].department, people[user].job_title = department, title


def _in_group(people: dict[int, KnownPerson], pks: Collection[int], group: WorkingGroup, today: dt.date) -> None:
    members = dict(Membership.objects.filter(group=group, user__in=pks).values_list("pk", "user"))
    for pk, user in members.items():
        people[user].membership = pk
    for term in MembershipTerm.objects.filter(membership__in=members).order_by("valid_from"):
        people[members[term.membership_id]].posts.append(_post(term))
    offices = OfficeTerm.objects.filter(membership__in=members)
    for office in offices.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)):
        people[members[office.membership_id]].offices.append(office.pk)


def _elsewhere(people: dict[int, KnownPerson], pks: Collection[int], group: WorkingGroup) -> None:
    """What another group has of somebody from outside; the newest stands."""
    terms = MembershipTerm.objects.filter(membership__user__in=pks).exclude(affiliation="")
    others = terms.exclude(membership__group=group).order_by("valid_from", "pk")
    for user, affiliation, title in others.values_list("membership__user", "affiliation", "job_title"):
        people[user].affiliation = affiliation
        people[user].job_title = people[user].job_title or title


def _in_town(people: dict[int, KnownPerson], pks: Collection[int], today: dt.date) -> None:
    for posting in Posting.objects.filter(user__in=pks).order_by("valid_from"):
        person = people[posting.user_id]
        own = person.posts if posting.kind == PostingKind.MAIN else person.beside
        own.append(_post(posting))
    terms = MembershipTerm.objects.filter(membership__user__in=pks, department__isnull=False)
    begun = terms.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    for term in begun.select_related("membership__group").order_by("valid_from", "pk"):
        people[term.membership.user_id].terms.append(_post(term, term.membership.group.name))


def _post(row: Dated, group: str = "") -> Post:
    return Post(
        pk=row.pk,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        department=getattr(row, "department_id", None),
        job_title=getattr(row, "job_title", ""),
        category=getattr(row, "category", ""),
        affiliation=getattr(row, "affiliation", ""),
        group=group,
        version=getattr(row, "version", 0),
    )


def sections() -> dict[int, KnownSection]:
    """Each with all that it may be called: by itself, with what stands above it, by its label."""
    rows = {row.pk: row for row in Department.objects.order_by("path", "pk")}
    found = {}
    for row in rows.values():
        above = _above(row, rows)
        spoken = {row.name, row.label}
        for part in range(1, len(above) + 1):
            spoken.add("".join(reversed([row.name, *above[:part]])))
        keys = frozenset(squeezed([text]) for text in spoken)
        found[row.pk] = KnownSection(row.pk, str(row), keys, row.parent_id, row.valid_from, row.valid_to)
    return found


def _above(row: Department, rows: dict[int, Department]) -> list[str]:
    names = []
    parent = rows.get(row.parent_id or 0)
    while parent:
        names.append(parent.name)
        parent = rows.get(parent.parent_id or 0)
    return names


def squeezed(names: Iterable[str]) -> str:
    return "".join("".join(names).split())


def by_key(sections: Iterable[KnownSection]) -> dict[str, list[KnownSection]]:
    found = defaultdict(list)
    for section in sections:
        for key in section.keys:
            found[key].append(section)
    return found
