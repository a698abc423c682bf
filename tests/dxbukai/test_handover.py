"""The sheet that the next person at the desk gets."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.states import MeetingState
from members.states import Office, SheetState
from tests import builders


@pytest.fixture
def sheet_of(as_, suzuki, group):
    return lambda: as_(suzuki).get(reverse("desk_handover", args=[group.slug]))


def test_it_says_who_they_are_when_they_met_and_who_runs_the_desk(
    sheet_of, group, member, expert, planning_section
):
    group.contact_department = planning_section
    group.save()
    member.office_terms.create(group=group, office=Office.CHAIR, valid_from=date(2026, 4, 1))
    builders.make_meeting(group=group, state=MeetingState.HELD)
    page = sheet_of()
    people = [(words, [str(term.membership) for term in terms]) for words, terms in page.context["by_category"]]
    assert people == [("部会メンバー", ["佐藤 花子"]), ("外部有識者", ["田中 三郎"])]
    body = page.content.decode()
    for said in ("部会長", "設置要綱", "行政経営課", "鈴木 次郎", "開催予定：全5回", "第1回"):
        assert said in body


def test_it_says_what_is_left_to_do(sheet_of, group, member, expert):
    """A meeting without an agenda, a sheet that waits, a term that ends, and one person at the desk."""
    soon = timezone.localdate() + timedelta(days=9)
    expert.terms.update(valid_to=soon)
    builders.make_sheet(membership=member, state=SheetState.SUBMITTED)
    builders.make_meeting(group=group, state=MeetingState.DRAFT)
    points = sheet_of().context["open_points"]
    assert [point.partition("：")[0] for point in points] == [
        "第1回",
        "参加者への公開を待っている自己紹介シート",
        "田中 三郎",
        "事務局の担当者",
    ]


def test_of_a_large_group_it_names_the_offices(sheet_of, group, member, monkeypatch, expert):
    monkeypatch.setattr("dxbukai.handover.MOST_NAMES", 1)
    member.office_terms.create(group=group, office=Office.CHAIR, valid_from=date(2026, 4, 1))
    page = sheet_of()
    assert (page.context["by_category"], [term.membership for term in page.context["offices"]]) == ([], [member])


def test_only_who_runs_the_desk_reads_it(as_, sato, abe, group, member):
    address = reverse("desk_handover", args=[group.slug])
    assert [as_(person).get(address).status_code for person in (sato, abe)] == [404, 404]
