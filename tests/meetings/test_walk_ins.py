"""Who came without being on the roster, and who listened: on the roll, on the papers, in the report."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.documents import as_text
from meetings import day_papers
from meetings.actions import roll, walk_ins
from meetings.roll_call import tally
from meetings.states import Mode
from reports.compose import compose
from reports.models import Style
from tests import builders
from tests.meetings.test_roll import BEGINNING, END, text, url

GUEST = {"name": "臨席 一子", "title": "見本大学教授", "category": "expert", "mode": "venue"}
NOBODY_LATE = (None, None)


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group, starts_at=BEGINNING)


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def guest(meeting, by):
    return walk_ins.add_walk_in(meeting=meeting, by=by, times=NOBODY_LATE, **GUEST)


def told(paper, meeting):
    return as_text.render(day_papers.PAPERS[paper](meeting))


def test_who_is_on_no_roster_is_written_down_corrected_and_taken_back(meeting, as_, suzuki):
    desk, back = as_(suzuki), url(meeting, "roll")
    assert desk.post(url(meeting, "add_walk_in"), GUEST).url == back
    line = meeting.roll.get()
    assert "臨席 一子" in text(desk.get(back))
    desk.post(url(meeting, "edit_walk_in", line.pk), GUEST | {"arrived_at": "13:30", "mode": "online", "seen": 1})
    line.refresh_from_db()
    assert (line.mode, line.was_there) == ("online", "午後1時30分から")
    desk.post(url(meeting, "remove_walk_in", line.pk), {"seen": line.version})
    assert not meeting.roll.exists()
    trail = Event.objects.filter(target_type="meetings.meeting").order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["meetings.add_walk_in", "meetings.edit_walk_in", "meetings.remove_walk_in"]


def test_they_are_counted_as_what_they_came(meeting, member, guest):
    assert tally(meeting).figures == {
        "people": 2,
        "missing": 1,
        "venue": 1,
        "online": 0,
        "absent": 0,
    }


def test_the_papers_name_them_and_have_room_for_more(meeting, member, guest):
    assert told("attendees", meeting).endswith("外部有識者（1名）\n臨席 一子　見本大学教授\n会場で出席\n")
    assert "臨席 一子" in told("seats", meeting)
    paper = told("roll", meeting)
    assert ("臨席 一子" in paper, paper.count("□会場　□オンライン　到着"), "傍聴者" in paper) == (False, 3, True)


def test_the_meeting_is_held_with_them_and_its_report_names_them(meeting, member, guest, by):
    roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)
    held = roll.hold(meeting=meeting, by=by, seen=meeting.version, held_from=BEGINNING, held_to=END)
    assert "臨席 一子" in compose(held, Style(parts="日時\n出席者\n詳細")).text


def test_the_same_name_is_asked_about_once_and_then_taken(meeting, member, as_, suzuki):
    desk, page = as_(suzuki), url(meeting, "add_walk_in")
    sent = GUEST | {"name": "佐藤　花子"}
    first = desk.post(page, sent)
    assert ("同じ氏名の方が、出席の記録にいます。" in text(first), meeting.roll.count()) == (True, 0)
    desk.post(page, sent | {"meant": first.context["form"].data["meant"]})
    assert meeting.roll.get().name == "佐藤 花子"


def test_who_stayed_away_is_no_walk_in(meeting, by):
    with pytest.raises(ValidationError, match="名簿にない方は、出席したときだけ記録できます。"):
        walk_ins.add_walk_in(meeting=meeting, by=by, times=NOBODY_LATE, **GUEST | {"mode": Mode.ABSENT})


def test_an_old_page_changes_nothing(guest, by):
    walk_ins.edit_walk_in(line=guest, by=by, seen=1, times=NOBODY_LATE, name="臨席 一美")
    with pytest.raises(Conflict):
        walk_ins.remove_walk_in(line=guest, by=by, seen=1)
    walk_ins.remove_walk_in(line=guest, by=by, seen=2)
    with pytest.raises(ValidationError, match="この方の出席の記録は、既に取り消されています。"):
        walk_ins.remove_walk_in(line=guest, by=by, seen=2)


def test_only_the_desk_writes_them_down(meeting, sato):
    with pytest.raises(PermissionDenied):
        walk_ins.add_walk_in(meeting=meeting, by=Actor(sato), times=NOBODY_LATE, **GUEST)


# Who listened


def test_roll_and_report_show_one_number_of_those_who_listened(meeting, as_, suzuki):
    desk, style = as_(suzuki), Style(parts="日時\n傍聴者\n詳細")
    shown = []
    for typed in ("3", "0", ""):
        meeting.refresh_from_db()
        desk.post(url(meeting, "note_day"), {"observers": typed, "seen": meeting.version})
        meeting.refresh_from_db()
        (line,) = [one for one in compose(meeting, style).text.splitlines() if "傍聴者" in one]
        shown.append((meeting.observers, line, desk.get(url(meeting, "roll")).context["observers"]))
    assert shown == [
        (3, "【傍聴者】 3名", "3名"),
        (0, "【傍聴者】 なし", "0名"),
        (None, "【傍聴者】 （未入力）", "未入力"),
    ]
