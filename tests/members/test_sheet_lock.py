"""変更期限: until its last day a sheet is written; then it is read, and the desk opens it for one person.

What one has allowed can be taken back at any time.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.calendar import wareki
from foundation.db import clock
from foundation.mail.models import Email
from members import links, policy
from members.actions import sheets
from members.actions.links import ask_for_sheets, personal_link
from members.models import IntroSheet
from members.states import Audience, Purpose, SheetState
from members.todo import own_sheets
from tests import builders
from tests.members.test_member_pages import typed


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def lock(group):
    """`lock(0)`: today is the last day; `lock(-1)`: it was yesterday."""

    def lock(days):
        group.sheets_lock_on = clock.today() + timedelta(days=days)
        group.save()
        return group.sheets_lock_on

    return lock


@pytest.fixture
def here(group):
    return url("edit_sheet", group.slug)


def test_on_the_last_day_a_sheet_is_still_written(as_, sato, member, here, lock):
    day = lock(0)
    page = as_(sato).get(here)
    assert wareki.date(day) in page.content.decode()
    assert as_(sato).post(here, typed()).status_code == 302
    assert member.sheet.state == SheetState.SUBMITTED


def test_the_day_after_it_is_read_and_the_page_says_whom_to_ask(as_, sato, member, here, lock):
    builders.make_sheet(membership=member, wants="期限までの文章")
    day = wareki.date(lock(-1))
    page = as_(sato).post(here, typed(wants="遅れた文章", seen=1)).content.decode()
    assert [
        text in page for text in ("期限までの文章", "遅れた文章", f"変更期限は{day}でした。", "内線 2345")
    ] == [True] * 4
    member.sheet.refresh_from_db()
    assert member.sheet.wants == "期限までの文章"


def test_the_day_after_whoever_asks_is_told_which_day_it_was(sato, member, lock):
    day = wareki.date(lock(-1))
    assert f"変更期限（{day}）を過ぎたため" in policy.why_no_sheet(sato, member)


def test_the_day_after_no_draft_is_kept_either(as_, sato, member, group, lock):
    lock(-1)
    assert as_(sato).post(url("save_sheet_draft", group.slug), typed()).status_code == 403
    assert not IntroSheet.objects.exists()


def test_for_one_person_the_desk_opens_it_again(desk, as_, sato, tanaka, member, expert, group, here, lock):
    lock(-1)
    desk.post(url("reopen_sheet", group.slug, member.pk), {"reopened": "1"})
    assert [as_(person).post(here, typed()).status_code for person in (sato, tanaka)] == [302, 200]
    assert list(IntroSheet.objects.values_list("membership", flat=True)) == [member.pk]


def test_and_closes_it_again(desk, as_, sato, member, group, here, lock):
    lock(-1)
    for reopened in ("1", ""):
        desk.post(url("reopen_sheet", group.slug, member.pk), {"reopened": reopened})
    assert as_(sato).get(here).templates[0].name == "members/sheet_over.html"


def test_only_the_desk_opens_it_again(member, sato, stranger, lock):
    lock(-1)
    for person in (sato, stranger):
        with pytest.raises(PermissionDenied):
            sheets.reopen_sheet(membership=member, by=Actor(person), reopened=True)


def test_after_the_last_day_nobody_is_asked_for_a_sheet(suzuki, sato, member, expert, group, lock):
    """Who cannot hand in is neither written to nor told to on the own home; who can, is."""
    lock(-1)
    assert (ask_for_sheets(group=group, by=Actor(suzuki)), own_sheets(sato)) == (0, [])
    sheets.reopen_sheet(membership=member, by=Actor(suzuki), reopened=True)
    assert ask_for_sheets(group=group, by=Actor(suzuki)) == 1
    assert [email.to_address for email in Email.objects.all()] == ["sato@example.jp"]


def test_the_desk_decides_the_last_day(desk, group):
    address = url("set_sheet_rules", group.slug)
    seen = desk.get(address).context["form"]["seen"].value()
    desk.post(address, {"sheets_lock_on": "令和9年1月29日", "forerunner": "", "seen": seen})
    group.refresh_from_db()
    assert str(group.sheets_lock_on) == "2027-01-29"
    event = Event.objects.get()
    assert (event.action, event.changes) == ("members.set_sheet_rules", {"sheets_lock_on": [None, "2027-01-29"]})


def test_who_opened_the_page_before_sees_both_days(desk, group, suzuki):
    address = url("set_sheet_rules", group.slug)
    seen = desk.get(address).context["form"]["seen"].value()
    for day in ("2027-01-29", "2027-02-01"):
        page = desk.post(address, {"sheets_lock_on": day, "forerunner": "", "seen": seen})
    assert (page.status_code, page.context["form"].conflict) == (
        409,
        [("変更期限", "令和9年1月29日（金）", "令和9年2月1日（月）")],
    )


# What was allowed is taken back


@pytest.mark.parametrize("favour", ["is_example", "offers_problem", "audience"])
def test_what_was_allowed_is_taken_back_after_the_last_day(as_, sato, member, group, lock, favour):
    lock(-1)
    builders.make_sheet(membership=member, is_example=True, offers_problem=True, problems="待ち時間")
    address = url("withdraw_consent", group.slug)
    as_(sato).post(address, {"favour": favour})
    sheet = IntroSheet.objects.get()
    now = {"is_example": sheet.is_example, "offers_problem": sheet.offers_problem, "audience": sheet.audience}
    given = {"is_example": True, "offers_problem": True, "audience": Audience.GROUP}
    assert now == given | {favour: Audience.DESK if favour == "audience" else False}
    assert IntroSheet.objects.shown().exists() == (favour != "audience")


def test_a_page_that_was_open_does_not_give_it_back(as_, sato, member, group, here):
    """The page wrote last, and would go on writing without being asked."""
    client = as_(sato)
    client.post(here, typed(is_example="on"))
    client.post(url("withdraw_consent", group.slug), {"favour": "is_example"})
    assert client.post(here, typed(is_example="on", seen=1)).status_code == 409
    assert not IntroSheet.objects.get().is_example


def test_who_took_part_last_year_finds_where_to_take_it_back(as_, sato, member, here, suzuki, client):
    builders.make_sheet(membership=member, is_example=True)
    link = personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))
    member.terms.update(valid_to="2026-04-01")
    for page in (as_(sato).get(here), client.get(links.path_of(link))):
        assert "記入例にすることを取りやめる" in page.content.decode()
    client.post(url("personal_withdraw_consent", links.token(link)), {"favour": "is_example"})
    assert not IntroSheet.objects.get().is_example


@pytest.mark.parametrize("favour", ["", "wants", "state"])
def test_nothing_else_is_taken_back(as_, sato, member, group, favour):
    builders.make_sheet(membership=member, is_example=True)
    as_(sato).post(url("withdraw_consent", group.slug), {"favour": favour})
    assert not Event.objects.exists()


def test_nobody_takes_back_what_another_allowed(member, tanaka, suzuki):
    builders.make_sheet(membership=member, is_example=True)
    for person in (tanaka, suzuki):
        with pytest.raises(PermissionDenied):
            sheets.withdraw_consent(membership=member, by=Actor(person), favour="is_example")
