"""The town hall and its people."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from dxbukai.demo import cast
from dxbukai.demo.seed import town
from dxbukai.demo.seed.portraits import COLOURS, portrait
from dxbukai.demo.seed.sheets import ARE_EXAMPLES, OFFER_PROBLEMS, SHEETS
from foundation.actions import SYSTEM, Actor
from members.actions import departments, groups, memberships, municipality, people, sheets
from members.actions.photos import put_photo
from members.models import Department, Membership, User, WorkingGroup
from members.models.municipality import UNREGISTERED
from members.states import Audience, Category, DepartmentLevel

FOUNDED = date(2021, 4, 1)


@dataclass
class Town:
    administrator: User
    desk: User
    clerk: User
    sections: dict[str, Department]
    staff: dict[str, User]
    experts: dict[str, User]

    @property
    def chief(self) -> User:
        return self.staff["chief"]


def plant() -> Town:
    admin = town.ADMINISTRATOR
    by, _new = people.make_administrator(email=cast.email(admin.login), by=SYSTEM, **names(admin))
    municipality.edit_municipality(by=Actor(by), seen=UNREGISTERED, **town.MUNICIPALITY, **town.GROUP_WORDS)
    departments.edit_job_titles(by=Actor(by), titles=town.TITLES)
    sections = organise(by)
    people.add_posting(
        person=by,
        by=Actor(by),
        department=sections[admin.department],
        job_title=admin.job_title,
        valid_from=FOUNDED,
    )

    def add(person: town.Person, **rights: bool) -> User:
        section = sections.get(person.department)
        posting: dict[str, Any] = (
            {"department": section, "job_title": person.job_title, "posted_from": FOUNDED} if section else {}
        )
        words = names(person) | posting | rights
        return people.add_person(by=Actor(by), email=cast.email(person.login), **words)

    return Town(
        administrator=by,
        desk=add(town.SECRETARIAT, is_data_steward=True),
        clerk=add(town.CLERK),
        sections=sections,
        staff={person.login: add(person) for person in town.STAFF},
        experts={person.login: add(person) for person in town.EXPERTS},
    )


def organise(administrator: User) -> dict[str, Department]:
    """The sections by the names on the rosters."""
    by, sections, phones = Actor(administrator), {}, count(2001)
    for order, (name, below) in enumerate(town.ORGANISATION.items(), start=1):
        bureau = departments.add_department(
            by=by, level=DepartmentLevel.BUREAU, name=name, order=order * 10, valid_from=FOUNDED
        )
        for place, section in enumerate(below, start=1):
            added = departments.add_department(
                by=by,
                parent=bureau,
                name=section,
                order=place * 10,
                valid_from=FOUNDED,
                phone=f"内線 {next(phones)}",
            )
            sections[str(added)] = added
    return sections


def names(person: town.Person) -> dict[str, Any]:
    return {
        "family_name": person.family,
        "given_name": person.given,
        "family_kana": person.family_kana,
        "given_kana": person.given_kana,
        "display_family_name": person.shown_family,
        "display_family_kana": person.shown_family_kana,
    }


def found_group(here: Town, *, founded: date, **fields: Any) -> WorkingGroup:
    """26 members, three experts, and a desk of two: the secretary, and the chief who is a member as well."""
    group = groups.add_group(
        by=Actor(here.administrator),
        name="DX推進部会",
        parent_body="見本市行政経営本部",
        charter="設置要綱",
        planned_meetings=5,
        member_phrase="庁内の若手職員",
        expert_phrase="地域IT人材",
        contact_department=here.sections["行政経営課"],
        contact_phone="内線 2345",
        contact_email=town.MUNICIPALITY["contact_email"],
        **town.GROUP_WORDS,
        purpose_text="部会の運営（出欠の確認、資料の準備、結果報告の作成）にだけ利用します。",
        retention_text="部会の年度の翌年度末まで保存し、その後、廃棄を決定して廃棄します。",
        **fields,
    )
    for user in (here.desk, here.chief):
        groups.grant_desk(group=group, user=user, by=Actor(here.administrator), valid_from=founded)
    fill(here, group, founded)
    return group


def fill(here: Town, group: WorkingGroup, founded: date) -> None:
    for person in town.STAFF:
        memberships.add_member(
            group=group,
            user=here.staff[person.login],
            by=Actor(here.desk),
            valid_from=founded,
            category=Category.MEMBER,
            department=here.sections[person.department],
            job_title=person.job_title,
        )
    for person in town.EXPERTS:
        memberships.add_member(
            group=group,
            user=here.experts[person.login],
            by=Actor(here.desk),
            valid_from=founded,
            category=Category.EXPERT,
            affiliation=person.department,
            job_title=person.job_title,
        )


def hand_in_sheets(here: Town, group: WorkingGroup) -> None:
    for membership in Membership.objects.filter(group=group).select_related("user", "group"):
        login = cast.login_of(membership.user)
        duties, problems, wants, skills = SHEETS[login]
        sheets.submit_sheet(
            membership=membership,
            by=Actor(membership.user),
            page=uuid4(),
            seen=0,
            duties=duties,
            problems=problems,
            offers_problem=login in OFFER_PROBLEMS,
            is_example=login in ARE_EXAMPLES,
            wants=wants,
            skills=skills,
            message="",
            audience=Audience.GROUP,
        )
        if login in COLOURS:
            put_photo(membership=membership, by=Actor(membership.user), jpeg=portrait(login))
    sheets.show_sheets(group=group, by=Actor(here.desk))
