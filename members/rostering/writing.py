"""The plan becomes rows: a number of statements that does not grow with the people on the list."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import F, Model, Q

from foundation.retention import rows_of
from members.models import Membership, MembershipTerm, OfficeTerm, Posting, User, WorkingGroup
from members.models.job_title import UNRANKED, rank_of, ranks
from members.models.terms import Dated
from members.models.user import KEYS
from members.rostering.lines import Line
from members.rostering.rowsets import TABLES, plain, values_of
from members.rostering.steps import EVE

Entry = dict[str, Any]
BATCH = 1000
POSTS: dict[str, type[Dated]] = {"term": MembershipTerm, "posting": Posting}


class Writer:
    """One import. `entries` tell for each line what was added and changed, so that it can be taken back."""

    def __init__(self, lines: Sequence[Line], group: WorkingGroup | None, made: Mapping[str, int]) -> None:
        self.lines, self.group, self.made = lines, group, made
        self.entries: list[Entry] = [
            {"key": line.key, "name": line.name, "added": [], "changed": []} for line in lines
        ]
        self.users: list[int] = [line.person or 0 for line in lines]
        self.ended: list[tuple[str, Dated]] = []
        self.readdressed: list[tuple[User, str | None]] = []

    def write(self) -> list[Entry]:
        self._new_people()
        self._changed_people()
        self._new_memberships()
        for table in POSTS:
            self._posts(table)
        self._offices()
        return self.entries

    # People

    def _new_people(self) -> None:
        new = [(at, User(**line.fields)) for at, line in enumerate(self.lines) if line.person is None]
        for _at, user in new:
            user.password = make_password(None)
            user.email = user.email or None
            user.set_keys()
        self._create(User, new, "user")
        for at, user in new:
            self.users[at] = user.pk
        addresses = [
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for _at, user in new
            if user.email
        ]
        EmailAddress.objects.bulk_create(addresses, batch_size=BATCH)

    def _changed_people(self) -> None:
        changed = {line.person: at for at, line in enumerate(self.lines) if line.person and line.fields}
        people = list(User.objects.filter(pk__in=changed).order_by("pk"))
        written = {"version", *KEYS}
        for user in people:
            at = changed[user.pk]
            before = user.email
            fields = self.lines[at].fields
            self._set(at, "user", user, fields)
            user.version += 1
            user.set_keys()
            written |= fields.keys()
            if user.email != before:
                self.readdressed.append((user, before))
        User.objects.bulk_update(people, sorted(written), batch_size=BATCH)

    # What they take part in, and as what

    def _new_memberships(self) -> None:
        new = [
            (at, Membership(group=self.group, user_id=self.users[at]))
            for at, line in enumerate(self.lines)
            if any(_joins(step) for step in line.steps)
        ]
        self._create(Membership, new, "membership")
        for at, membership in new:
            for step in self.lines[at].steps:
                step["membership"] = step.get("membership") or membership.pk

    def _posts(self, table: str) -> None:
        steps = [(at, step) for at, line in enumerate(self.lines) for step in line.steps if step["table"] == table]
        model, known = POSTS[table], ranks()
        wanted = [step["pk"] for _at, step in steps if step["pk"]]
        rows = {row.pk: row for row in model.objects.filter(pk__in=wanted).order_by("pk")}
        new: list[tuple[int, Any]] = []
        for at, step in steps:
            row = rows.get(step["pk"])
            if row is None:
                new.append((at, self._begun(model, at, step)))
            elif step["do"] == "split":
                new.append((at, self._following(row, step)))
                self._set(at, table, row, {"valid_to": _day(step["first_day"]) - EVE})
            else:
                self._set(at, table, row, self._values(step))
            if row is not None and step["do"] == "end":
                self.ended.append((table, row))
        for post in [*rows.values(), *(row for _at, row in new)]:
            post.title_rank = rank_of(post.job_title, known) if post.job_title else UNRANKED
        written = {*_columns(model), "title_rank"}
        if table == "term":
            for row in rows.values():
                assert isinstance(row, MembershipTerm)
                row.version = F("version") + 1
            written.add("version")
        model.objects.bulk_update(rows.values(), sorted(written), batch_size=BATCH)
        self._create(model, new, table)

    def _begun(self, model: type[Dated], at: int, step: dict[str, Any]) -> Dated:
        owner = {"membership_id": step["membership"]} if model is MembershipTerm else {"user_id": self.users[at]}
        return model(**owner, valid_from=_day(step["first_day"]), **self._values(step))

    def _following(self, row: Dated, step: dict[str, Any]) -> Dated:
        """All that is not said otherwise goes on, also until when."""
        same = {
            field.attname: field.value_from_object(row)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        same.pop("version", None)
        return type(row)(**{**same, **self._values(step), "valid_from": _day(step["first_day"])})

    def _values(self, step: dict[str, Any]) -> dict[str, Any]:
        values = dict(step["values"])
        if "department" in values:
            section = values.pop("department")
            values["department_id"] = self.made[section] if isinstance(section, str) else section
        if "valid_to" in values:
            values["valid_to"] = _day(values["valid_to"])
        return values

    def _offices(self) -> None:
        """An office ends with the last day of taking part."""
        last = {
            step["membership"]: (at, _day(step["values"]["valid_to"]))
            for at, line in enumerate(self.lines)
            for step in line.steps
            if step["do"] == "end" and step["table"] == "term"
        }
        if not last:
            return
        offices = list(
            OfficeTerm.objects.filter(membership__in=last, valid_from__lte=max(day for _at, day in last.values()))
        )
        ending = []
        for office in offices:
            at, day = last[office.membership_id]
            if office.valid_from <= day and (office.valid_to is None or office.valid_to > day):
                self._set(at, "office", office, {"valid_to": day})
                ending.append(office)
        OfficeTerm.objects.bulk_update(ending, ["valid_to"], batch_size=BATCH)

    # How it is remembered

    def _create(self, model: type[Model], new: Sequence[tuple[int, Any]], table: str) -> None:
        rows_of(model).bulk_create([row for _at, row in new], batch_size=BATCH)
        for at, row in new:
            self.entries[at]["added"].append([table, row.pk, values_of(row)])

    def _set(self, at: int, table: str, row: Model, values: Mapping[str, Any]) -> None:
        changes = {}
        for name, value in values.items():
            changes[name] = [plain(getattr(row, name)), plain(value)]
            setattr(row, name, value)
        self.entries[at]["changed"].append([table, row.pk, changes])


def _joins(step: Mapping[str, Any]) -> bool:
    """It begins a part in a group in which the person never took part."""
    return step["table"] == "term" and step["do"] == "add" and step.get("membership") is None


def _columns(model: type[Dated]) -> list[str]:
    columns = ["valid_from", "valid_to", "department", "job_title"]
    return [*columns, "category", "affiliation"] if model is MembershipTerm else columns


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def used(table: str, pks: Sequence[int], ours: Callable[[type[Model]], set[int]]) -> set[int]:
    """Which of these rows something hangs on, in whichever table of whichever floor; `ours` are taken back too."""
    found: set[int] = set()
    for relation in TABLES[table]._meta.related_objects:
        rows = relation.related_model
        assert not isinstance(rows, str)
        if rows is EmailAddress or not pks:
            continue
        hanging = rows_of(rows).filter(Q((f"{relation.field.name}__in", pks))).exclude(pk__in=ours(rows))
        found |= set(hanging.values_list(relation.field.name, flat=True))
    return found
