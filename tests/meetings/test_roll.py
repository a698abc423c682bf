"""The roll of the day: few presses, and each of them taken back."""

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar.wareki import TOKYO
from foundation.db import clock
from meetings.actions import roll
from meetings.states import Mode, SectionKind
from members.models import Membership, MembershipTerm, User, WorkingGroup
from tests import builders

BEGINNING, END = (datetime(2021, 5, 18, hour, tzinfo=TOKYO) for hour in (13, 15))


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group, starts_at=BEGINNING)


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


def url(meeting, name, *args):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number, *args])


def text(response):
    return response.content.decode()


def marks(meeting):
    return list(meeting.roll.values_list("name", "mode", "substitute_name"))


# D43: the substitute stays


def test_d43_how_somebody_took_part_is_corrected_and_the_substitute_stays(meeting, member, as_, suzuki, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE, substitute_name="代理 次郎")
    as_(suzuki).post(url(meeting, "mark", member.pk), {"mode": "online", "seen": 1})
    assert marks(meeting) == [("佐藤　花子", "online", "代理 次郎")]


def test_the_substitute_goes_with_the_presence_and_by_being_taken_out(meeting, member, by):
    line = {"meeting": meeting, "membership": member, "by": by}
    roll.mark(**line, mode=Mode.VENUE, substitute_name="代理 次郎")
    roll.mark(**line, mode=Mode.VENUE, substitute_name="")
    assert marks(meeting) == [("佐藤　花子", "venue", "")]
    roll.mark(**line, mode=Mode.VENUE, substitute_name="代理 次郎")
    roll.mark(**line, mode=Mode.ABSENT)
    assert marks(meeting) == [("佐藤　花子", "absent", "")]


# Taken back


def test_a_mark_is_taken_back_and_set_again(meeting, member, as_, suzuki):
    """One comes back to the same person; the trail tells of both."""
    desk, place = as_(suzuki), f"{url(meeting, 'roll')}#person-{member.pk}"
    desk.post(url(meeting, "mark", member.pk), {"mode": "absent", "seen": 0})
    assert url(meeting, "unmark", member.pk) in text(desk.get(url(meeting, "roll")))
    assert desk.post(url(meeting, "unmark", member.pk), {"seen": 1}).url == place
    assert marks(meeting) == []
    assert url(meeting, "unmark", member.pk) not in text(desk.get(url(meeting, "roll")))
    desk.post(url(meeting, "mark", member.pk), {"mode": "venue", "seen": 0})
    assert marks(meeting) == [("佐藤　花子", "venue", "")]
    told = Event.objects.filter(target_type="meetings.meeting").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["meetings.mark", "meetings.unmark", "meetings.mark"]


def test_what_is_not_on_the_roll_is_not_taken_back(meeting, member, by):
    with pytest.raises(ValidationError, match="この方の出席の記録は、既に取り消されています。"):
        roll.unmark(meeting=meeting, membership=member, by=by, seen=1)


def test_an_old_page_takes_back_nothing(meeting, member, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.ONLINE)
    with pytest.raises(Conflict):
        roll.unmark(meeting=meeting, membership=member, by=by, seen=1)
    assert marks(meeting) == [("佐藤　花子", "online", "")]


def test_of_a_meeting_that_was_held_everybody_stays_known(meeting, member, as_, suzuki, by):
    """No button that would refuse; somebody who is not summed can go."""
    staff = builders.make_membership(group=meeting.group, category="secretariat", valid_from=date(2021, 4, 1))
    for person in (member, staff):
        roll.mark(meeting=meeting, membership=person, by=by, mode=Mode.VENUE)
    held = roll.hold(meeting=meeting, by=by, seen=meeting.version, held_from=BEGINNING, held_to=END)
    page = text(as_(suzuki).get(url(held, "roll")))
    assert [url(held, "unmark", person.pk) in page for person in (member, staff)] == [False, True]
    with pytest.raises(ValidationError, match="開催済みの会議には、全員の出席の記録が必要です。"):
        roll.unmark(meeting=held, membership=member, by=by, seen=1)
    roll.unmark(meeting=held, membership=staff, by=by, seen=1)
    assert [name for name, *_ in marks(held)] == ["佐藤　花子"]


# The rest in one press


def test_whoever_said_nothing_was_in_the_room(meeting, member, expert, as_, suzuki):
    """Whoever announced something is written as announced first."""
    survey = builders.make_survey(meeting=meeting, sections=[SectionKind.ATTENDANCE])
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ABSENT)
    desk, button = as_(suzuki), "残り1名を、会場で出席と記録する"
    assert button not in text(desk.get(url(meeting, "roll")))
    desk.post(url(meeting, "mark_as_answered"))
    assert button in text(desk.get(url(meeting, "roll")))
    desk.post(url(meeting, "mark_the_rest"))
    assert sorted(marks(meeting)) == [("佐藤　花子", "venue", ""), ("田中　三郎", "absent", "")]
    assert "会場で出席と記録する" not in text(desk.get(url(meeting, "roll")))


def test_the_rest_is_not_asked_past_what_was_announced(meeting, member, expert, by):
    survey = builders.make_survey(meeting=meeting, sections=[SectionKind.ATTENDANCE])
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ABSENT)
    assert roll.mark_the_rest(meeting=meeting, by=by) == 1
    assert marks(meeting) == [("佐藤　花子", "venue", "")]


@pytest.mark.parametrize("deed", [roll.mark_the_rest, roll.begin_on_the_day])
def test_only_the_desk_writes_the_roll(meeting, sato, deed):
    with pytest.raises(PermissionDenied):
        deed(meeting=meeting, by=Actor(sato))


# A roster that was entered late


@pytest.fixture
def late(meeting):
    """Two who were there and were entered afterwards."""
    return [
        builders.make_membership(group=meeting.group, valid_from=BEGINNING.date() + timedelta(days=days))
        for days in (1, 30)
    ]


def test_a_roster_entered_late_is_recognised_and_mended_in_one_press(meeting, member, late, as_, suzuki):
    desk, warning = as_(suzuki), "2名の開始日が開催日より後です。"
    assert warning in text(desk.get(url(meeting, "roll")))
    desk.post(url(meeting, "begin_on_the_day"))
    assert [person.terms.get().valid_from for person in late] == [BEGINNING.date()] * 2
    page = text(desk.get(url(meeting, "roll")))
    assert (warning in page, "残り3名を、会場で出席と記録する" in page) == (False, True)


def test_who_was_there_before_or_joins_tomorrow_is_not_late(meeting, member, by):
    """A change of post is no beginning."""
    builders.make_membership(group=meeting.group, valid_from=clock.today() + timedelta(days=1))
    assert roll.begin_on_the_day(meeting=meeting, by=by) == 0


def test_what_was_held_keeps_its_people(meeting, member, late, as_, suzuki, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    held = roll.hold(meeting=meeting, by=by, seen=meeting.version, held_from=BEGINNING, held_to=END)
    assert "開始日が開催日より後です" not in text(as_(suzuki).get(url(held, "roll")))
    with pytest.raises(ValidationError, match="開始日は、名簿のページで一人ずつ訂正してください。"):
        roll.begin_on_the_day(meeting=held, by=by)


# Late and early


def test_who_came_late_and_left_early_is_written_and_stays_with_the_next_press(meeting, member, as_, suzuki):
    desk, page = as_(suzuki), url(meeting, "edit_mark", member.pk)
    sent = {"mode": "venue", "arrived_at": "13:30", "left_at": "14:45", "seen": 0}
    assert desk.post(page, sent).url == f"{url(meeting, 'roll')}#person-{member.pk}"
    desk.post(url(meeting, "mark", member.pk), {"mode": "online", "seen": 1})
    line = meeting.roll.get()
    assert (line.mode, line.was_there) == ("online", "午後1時30分から午後2時45分まで")
    assert "午後1時30分から午後2時45分まで出席" in text(desk.get(url(meeting, "roll")))


def test_who_stayed_away_was_there_at_no_time(meeting, member, by):
    line = {"meeting": meeting, "membership": member, "by": by}
    roll.mark(**line, mode=Mode.VENUE, times=(time(13, 30), None))
    assert meeting.roll.get().was_there == "午後1時30分から"
    roll.mark(**line, mode=Mode.ABSENT)
    assert meeting.roll.get().was_there == ""


def test_nobody_leaves_before_they_came(meeting, member, as_, suzuki):
    sent = {"mode": "venue", "arrived_at": "14:45", "left_at": "13:30", "seen": 0}
    shown = text(as_(suzuki).post(url(meeting, "edit_mark", member.pk), sent))
    assert "退席の時刻は、到着の時刻より後にしてください。" in shown
    assert marks(meeting) == []


def test_the_trail_tells_when_a_time_was_corrected(meeting, member, by):
    line = {"meeting": meeting, "membership": member, "by": by, "mode": Mode.VENUE}
    roll.mark(**line, times=(time(13, 30), None))
    roll.mark(**line, times=(time(13, 20), None))
    told = Event.objects.filter(action="meetings.mark").order_by("pk").last()
    assert told.changes["arrived_at"] == ["13:30:00", "13:20:00"]


# One press taken back


def test_one_press_takes_back_what_one_press_wrote(meeting, member, expert, as_, suzuki, by):
    """Who was corrected since stays; the press before can be taken back next."""
    survey = builders.make_survey(meeting=meeting, sections=[SectionKind.ATTENDANCE])
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ONLINE)
    others = [builders.make_membership(group=meeting.group) for _each in range(2)]
    desk, page = as_(suzuki), url(meeting, "roll")
    desk.post(url(meeting, "mark_as_answered"))
    desk.post(url(meeting, "mark_the_rest"))
    roll.mark(meeting=meeting, membership=others[0], by=by, mode=Mode.ABSENT)
    left = []
    for button in ("まとめて記録した2名を取り消す", "まとめて記録した1名を取り消す"):
        shown = desk.get(page)
        assert button in text(shown)
        desk.post(url(meeting, "take_back_press"), {"press": shown.context["last_press"][0]})
        left.append(sorted(meeting.roll.values_list("mode", flat=True)))
    assert left == [["absent", "online"], ["absent"]]
    assert "まとめて記録した" not in text(desk.get(page)).partition("<table")[2]
    told = Event.objects.filter(action="meetings.take_back_press").order_by("pk")
    assert [one.changes["people"] for one in told] == [
        [[member.pk, "venue"], [others[1].pk, "venue"]],
        [[expert.pk, "online"]],
    ]


@pytest.mark.parametrize("press", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_no_press_wrote_is_not_taken_back(meeting, member, as_, suzuki, by, press):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    shown = as_(suzuki).post(url(meeting, "take_back_press"), {"press": press}, follow=True)
    assert "対象の方はいませんでした。変わったところはありません。" in text(shown)
    assert marks(meeting) == [("佐藤　花子", "venue", "")]


def test_of_a_meeting_that_was_held_no_press_is_taken_back(meeting, member, as_, suzuki, by):
    roll.mark_the_rest(meeting=meeting, by=by)
    press = meeting.roll.get().press
    held = roll.hold(meeting=meeting, by=by, seen=meeting.version, held_from=BEGINNING, held_to=END)
    assert "まとめて記録した" not in text(as_(suzuki).get(url(held, "roll")))
    with pytest.raises(ValidationError, match="一人ずつ訂正してください。"):
        roll.take_back_press(meeting=held, by=by, press=press)


# A tap, and a roll of hundreds


def crowd(group, sections):
    """So many people of each section, with what they are registered as, in a few statements."""
    made = []
    for number, people in enumerate(sections):
        department = builders.make_department(name=f"第{number}課", order=9000 + number)
        users = User.objects.bulk_create(
            User(family_name="大勢", given_name=f"{n}郎", email=f"{number}-{n}@example.jp") for n in range(people)
        )
        memberships = Membership.objects.bulk_create(Membership(group=group, user=user) for user in users)
        MembershipTerm.objects.bulk_create(
            MembershipTerm(
                membership=membership, category="member", department=department, valid_from=builders.LONG_AGO
            )
            for membership in memberships
        )
        made += memberships
    return made


@pytest.mark.parametrize("people", [1, 300])
def test_a_tap_gets_its_row_and_the_figures_alone(meeting, as_, suzuki, people, django_assert_num_queries):
    """Three hundred people are planted: 0.6 s. Twenty of the queries ask the row's own promises."""
    person = crowd(meeting.group, [people])[0]
    WorkingGroup.objects.update(quorum="majority")
    desk = as_(suzuki)
    desk.get(url(meeting, "roll"))
    with django_assert_num_queries(38):
        answer = desk.post(
            url(meeting, "mark", person.pk), {"mode": "venue", "seen": 0}, headers={"X-Requested-With": "in-place"}
        )
    parts = re.findall(r'id="([^"]+)"', text(answer))
    assert (answer.status_code, parts) == (200, [f"mark-{person.pk}", "roll-standing", "roll-said"])
    assert len(answer.content) < 5000
    assert "出席は1名です。" in text(answer)


def test_a_tap_on_an_old_page_says_so_in_its_row_and_shows_what_stands(meeting, member, as_, suzuki, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.ABSENT)
    sent = {"mode": "venue", "seen": 0}
    answer = as_(suzuki).post(url(meeting, "mark", member.pk), sent, headers={"X-Requested-With": "in-place"})
    shown = text(answer)
    assert "他の画面から内容が変更されています" in shown
    assert 'name="seen" value="1"' in shown
    assert marks(meeting) == [("佐藤　花子", "absent", "")]


def test_a_long_roll_is_shown_section_by_section_and_keeps_ones_place(meeting, as_, suzuki):
    """Planting 250 people takes 0.6 s."""
    people = crowd(meeting.group, [20, 110, 120])
    desk, page = as_(suzuki), url(meeting, "roll")
    shown = desk.get(page).context
    names = ["第0課", "第1課（1）", "第1課（2）", "第2課（1）", "第2課（2）"]
    assert [(part.name, len(part.people)) for part in shown["sections"]] == list(
        zip(names, [20, 100, 10, 100, 20], strict=True)
    )
    assert len(shown["people"]) == 20
    section = {"section": "第2課（2）"}
    part = desk.get(page, section)
    assert len(part.context["people"]) == 20
    person = part.context["people"][3].pk
    sent = {"mode": "venue", "seen": 0, "part": part.context["section"]}
    back = desk.post(url(meeting, "mark", person), sent).url
    assert back == f"{page}?{urlencode(section)}#person-{person}"
    left = desk.get(page, {"section": "open"}).context
    assert (len(left["people"]), left["left_out"], len(people)) == (100, 149, 250)
