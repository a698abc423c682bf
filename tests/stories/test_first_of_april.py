"""人事異動 and 機構改革 of next April, entered before: until 31 March nothing is different, on 1 April all is.

Through the pages, as the administrator and the desk of next year's group do it.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.calendar.wareki import year_of_april
from foundation.db import clock
from members.models import Department, MembershipTerm, Posting, RosterImport, User, WorkingGroup
from members.rostering.lines import RosterPlan

TITLES = ["職員番号", "氏名", "ふりがな", "課", "職名", "異動日"]


@pytest.fixture
def april(db):
    return date(year_of_april(clock.today()) + 1, 4, 1)


@pytest.fixture
def house(as_, abe, group, citizens_section, environment_section, sato, suzuki, kimura, april):
    """This year's group: Sato of 市民課 takes part, Kimura of 環境課 does not, Suzuki runs the desk."""
    WorkingGroup.objects.filter(pk=group.pk).update(fiscal_year=april.year - 1, slug="dx")
    for number, person in (("101", sato), ("102", kimura), ("103", suzuki)):
        User.objects.filter(pk=person.pk).update(employee_number=number)
    return as_(abe)


def enter(client, address, **fields):
    answer = client.post(address, fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer.url


def bring_in(client, address, *lines, **options):
    """Paste the list, set its conditions, tick everybody, register."""
    text = "\n".join("\t".join(line) for line in (TITLES, *lines))
    here = enter(client, address, pasted=text)
    for do in ("settle", "apply"):
        roster = RosterImport.objects.latest("pk")
        said = {name: roster.options[name] for name in ("category", "valid_from", "moved_on")} | options
        ticked = [line.key for line in RosterPlan.from_json(roster.plan).lines]
        enter(client, here, seen=roster.version, tick=ticked, do=do, **said)


def posts_on(day):
    """{who: where and as what} of the register."""
    postings = Posting.objects.on(day).select_related("user", "department")
    return {str(post.user): f"{post.department} {post.job_title}" for post in postings}


def roster_on(day, slug):
    terms = (
        MembershipTerm.objects.on(day).filter(group__slug=slug).select_related("membership__user", "department")
    )
    return {str(term.membership.user): f"{term.department} {term.job_title}" for term in terms}


def reorganise(house, section, april):
    """市民課 ends on 31 March; 市民生活課 begins on the next day and takes its people over."""
    new = {"level": "division", "name": "市民生活課", "order": "10", "valid_from": april.isoformat()}
    enter(house, reverse("members:add_department"), **new)
    successor = Department.objects.get(name="市民生活課")
    last = {"valid_to": (april - timedelta(days=1)).isoformat(), "successor": successor.pk, "move_people": "on"}
    enter(house, reverse("members:end_department", args=[section.pk]), **last)


def move_people(house, april):
    """Kimura comes to the new section as its head, Suzuki goes to 環境課, somebody is new."""
    day = f"R{april.year - 2018}.4.1"
    bring_in(
        house,
        reverse("members:manage_read_roster"),
        ["102", "木村 四郎", "ｷﾑﾗ ｼﾛｳ", "市民生活課", "課長", day],
        ["103", "鈴木 次郎", "すずき じろう", "環境課", "係長", day],
        ["104", "新井 若葉", "あらい わかば", "行政経営課", "主事", day],
    )


def begin_the_year(house, april):
    """Next year's group from this one, with a desk that begins on 1 April."""
    address = reverse("members:add_next_group", args=["dx"])
    form = house.get(address).context["form"]
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in held.items() if value not in (None, False)}
    enter(house, address, **sent | {"slug": "dx-next"})
    newcomer = User.objects.get(employee_number="104")
    grant = reverse("members:grant_desk", args=["dx-next", newcomer.pk])
    enter(house, grant, valid_from=april.isoformat(), valid_to=date(april.year + 1, 3, 31).isoformat())


def test_the_first_of_april_is_entered_before_it_comes(house, citizens_section, april, as_, suzuki):
    eve = april - timedelta(days=1)
    before, members = posts_on(eve), roster_on(eve, "dx")

    reorganise(house, citizens_section, april)
    move_people(house, april)
    begin_the_year(house, april)

    assert (posts_on(eve), roster_on(eve, "dx")) == (before, members)
    assert posts_on(april) == {
        "佐藤 花子": "市民生活課 主査",
        "木村 四郎": "市民生活課 課長",
        "鈴木 次郎": "環境課 係長",
        "新井 若葉": "行政経営課 主事",
    }
    assert roster_on(april, "dx") == {"佐藤 花子": "市民生活課 主査"}
    following = WorkingGroup.objects.get(slug="dx-next")
    assert (following.fiscal_year, [str(grant.user) for grant in following.desk_grants.on(april)]) == (
        april.year,
        ["新井 若葉"],
    )
    assert list(following.desk_grants.on(eve)) == []


def test_until_then_the_pages_show_what_is_so_today(house, citizens_section, april, as_, suzuki):
    reorganise(house, citizens_section, april)
    move_people(house, april)
    house.get(reverse("members:manage"))
    desk = as_(suzuki)
    today = desk.get(reverse("members:roster", args=["dx"])).content.decode()
    assert ("市民課" in today, "市民生活課" in today) == (True, False)
    sato = User.objects.get(employee_number="101")
    page = desk.get(reverse("members:desk_member", args=["dx", sato.memberships.get().pk])).content.decode()
    assert [word in page for word in ("市民課 主査", "市民生活課 主査", "予定")] == [True, True, True]


def test_what_was_entered_for_april_is_taken_back_before_it_comes(house, citizens_section, april):
    eve = april - timedelta(days=1)
    reorganise(house, citizens_section, april)
    move_people(house, april)
    roster = RosterImport.objects.latest("pk")
    enter(house, reverse("members:manage_undo_roster", args=[roster.pk]))
    citizens_section.refresh_from_db()
    enter(house, reverse("members:reopen_department", args=[citizens_section.pk]), seen=citizens_section.version)
    assert posts_on(april) == posts_on(eve)
    assert roster_on(april, "dx") == roster_on(eve, "dx") == {"佐藤 花子": "市民課 主査"}
