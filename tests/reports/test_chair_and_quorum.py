"""Who chaired in the chair's place, and whether enough came: as the report tells it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from foundation.actions import Actor
from meetings.actions import roll
from meetings.states import Mode
from members.actions import memberships
from members.models import WorkingGroup
from members.states import Office
from reports.compose import compose
from reports.models import Style
from tests.stories.first_meeting import BEGINNING, FirstMeeting
from tests.stories.our_words import OUR_WORDS

PARTS = Style(parts="日時\n議長\n定足数\n出席者\n概要\n詳細")


@pytest.fixture
def first(db):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def acting(first):
    """The second member, who acts for the chair since the eve."""
    person = first.members[1]
    eve = BEGINNING.date() - timedelta(days=1)
    memberships.give_office(membership=person, by=Actor(first.desk), office=Office.ACTING, valid_from=eve)
    return person


def mark(first, person, mode, **more):
    roll.mark(meeting=first.meeting, membership=person, by=Actor(first.desk), mode=mode, **more)


def let_chair(first, person):
    first.meeting.refresh_from_db(fields=["version"])
    by, seen = Actor(first.desk), first.meeting.version
    roll.note_day(meeting=first.meeting, by=by, seen=seen, observers=None, chaired_by=person)
    first.meeting.refresh_from_db(fields=["chaired_by"])


def lines(first, style=PARTS):
    return compose(first.meeting, style).text.splitlines()


def sentence(first):
    return [line for line in lines(first) if line.endswith("が議長を務めた。")]


def test_that_the_chair_chaired_goes_without_saying(first):
    assert sentence(first) == []
    assert f"【議長】 {first.meeting.roll.get(membership=first.chair).name}（部会長）" in lines(first)


def test_who_acted_for_an_absent_chair_is_told(first, acting):
    mark(first, first.chair, Mode.ABSENT)
    let_chair(first, acting)
    (told,) = sentence(first)
    assert told.startswith("部会長が欠席のため、職務代理者の")
    assert "（職務代理者・議長" in "\n".join(lines(first))
    let_chair(first, None)
    assert sentence(first) == []


def test_who_acted_while_there_was_no_chair_or_beside_them(first, acting):
    let_chair(first, acting)
    assert sentence(first)[0].startswith("職務代理者の")
    first.meeting.group.office_terms.filter(office=Office.CHAIR).delete()
    assert sentence(first)[0].startswith("部会長が不在のため、職務代理者の")


def test_who_was_absent_did_not_chair(first, acting):
    let_chair(first, acting)
    mark(first, acting, Mode.ABSENT)
    assert "議長を務めた方が、欠席と記録されています。" in [
        each.message for each in compose(first.meeting).blockers
    ]
    with pytest.raises(ValidationError, match="この方は欠席と記録されています。"):
        let_chair(first, acting)


def test_nobody_known_to_have_chaired_is_said(first):
    mark(first, first.chair, Mode.ABSENT)
    told = [each.message for each in compose(first.meeting, PARTS).blockers]
    assert told == ["議長を務めた方が記録されていません。"]


def test_the_desk_says_who_chaired(first, acting, client):
    client.force_login(first.desk)
    page = reverse("meetings:note_day", args=[first.group.slug, 1])
    seen = client.get(page).context["form"].initial["seen"]
    client.post(page, {"chaired_by": acting.pk, "observers": "", "seen": seen})
    first.meeting.refresh_from_db()
    assert first.meeting.chaired_by == acting
    assert str(acting.user) in client.get(reverse("meetings:roll", args=[first.group.slug, 1])).content.decode()


def test_the_report_tells_whether_enough_came(first):
    assert "【定足数】 定めなし" in lines(first)
    WorkingGroup.objects.update(quorum="two_thirds")
    first.meeting.group.refresh_from_db()
    told = []
    for mode in (Mode.VENUE, Mode.ABSENT):
        for person in first.members[:3]:
            mark(first, person, mode)
        told += [line for line in lines(first, Style(parts="日時\n定足数\n詳細")) if "定足数" in line]
    assert told == [
        "【定足数】 6名のうち6名が出席し、定足数（3分の2以上、4名）に達した。",
        "【定足数】 6名のうち3名が出席し、定足数（3分の2以上、4名）に達しなかった。",
    ]
