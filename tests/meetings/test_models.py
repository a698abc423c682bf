"""What the database promises about meetings and answers, whoever writes to it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings.forms.meetings import MeetingForm
from meetings.models import AttendanceRecord, Meeting, RecordEntry
from meetings.states import MeetingState, Mode, Origin, RecordPlace
from members.states import Category
from reports.models import Report, ReportRevision
from tests import builders
from tests.members.test_models import refused


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group)


@pytest.fixture
def survey(meeting):
    return builders.make_survey(meeting=meeting)


@pytest.fixture
def revision(meeting, suzuki):
    report = Report.objects.create(meeting=meeting)
    return ReportRevision.objects.create(
        report=report, number=1, blocks=[], text="第1回の報告\n", sha256="0" * 64, published_by=suzuki
    )


def test_a_group_meets_a_number_once(meeting):
    with pytest.raises(IntegrityError):
        builders.make_meeting(group=meeting.group, number=meeting.number)


def test_a_cancelled_meeting_frees_its_number(meeting):
    meeting.state = MeetingState.CANCELLED
    meeting.save()
    assert builders.make_meeting(group=meeting.group, number=meeting.number).number == meeting.number


def test_a_meeting_ends_after_it_starts(meeting):
    meeting.ends_at = meeting.starts_at
    assert refused(meeting.save, "meetings_starts_before_end")


def test_an_announced_meeting_has_a_date(meeting):
    meeting.starts_at = meeting.ends_at = None
    assert refused(meeting.save, "meetings_announced_has_date")


def test_a_held_meeting_pins_what_was_true(meeting):
    meeting.state = MeetingState.HELD
    assert refused(meeting.save, "meetings_held_has_times")


def test_a_form_closes_after_it_opens(meeting):
    now = timezone.now()
    with pytest.raises(IntegrityError):
        builders.make_survey(meeting=meeting, opens_at=now, closes_at=now - timedelta(hours=1))


def test_a_member_answers_a_form_once(survey, member):
    builders.make_reply(survey=survey, membership=member)
    with pytest.raises(IntegrityError):
        builders.make_reply(survey=survey, membership=member)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"mode": Mode.ABSENT, "is_substitute": True, "substitute_name": "代理 人"}, "substitute_is_present"),
        ({"mode": Mode.VENUE, "is_substitute": True}, "substitute_has_name"),
        ({"mode": Mode.VENUE, "substitute_name": "代理 人"}, "no_stray_substitute"),
    ],
)
def test_a_substitute_is_present_and_has_a_name(survey, member, fields, constraint):
    response = builders.make_reply(survey=survey, membership=member)
    for name, value in fields.items():
        setattr(response, name, value)
    assert refused(response.save, f"meetings_reply_{constraint}")


def test_the_roll_holds_a_person_once(meeting, member):
    line = {
        "meeting": meeting,
        "membership": member,
        "category": Category.MEMBER,
        "mode": Mode.VENUE,
        "name": "佐藤",
    }
    AttendanceRecord.objects.create(**line)
    with pytest.raises(IntegrityError):
        AttendanceRecord.objects.create(**line)


def test_a_line_under_an_agenda_item_names_it(meeting):
    entry = RecordEntry(meeting=meeting, section=RecordPlace.ITEM, text="説明")
    assert refused(entry.save, "meetings_entry_has_place")


def test_an_override_gives_its_reason(meeting):
    entry = RecordEntry(
        meeting=meeting, section=RecordPlace.NOTICES, origin=Origin.FORM_QUESTIONS, override="別の文"
    )
    assert refused(entry.save, "meetings_override_has_reason")


def test_a_published_report_is_never_changed(revision):
    revision.text = "書き換え"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        revision.save()


def test_a_published_report_is_never_deleted(revision):
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor, transaction.atomic():
        cursor.execute("DELETE FROM reports_reportrevision")


def test_a_published_report_can_be_withheld_with_a_reason(revision, suzuki):
    revision.withheld_at, revision.withheld_by, revision.withheld_reason = timezone.now(), suzuki, "氏名の誤り"
    revision.save()
    assert ReportRevision.objects.standing().count() == 0


def test_withholding_without_a_reason_is_refused(revision, suzuki):
    revision.withheld_at, revision.withheld_by = timezone.now(), suzuki
    assert refused(revision.save, "reports_withheld_has_reason")


@pytest.mark.parametrize(
    ("building", "kana", "told"),
    [
        ("陣屋会館", "じんやかいかん", "陣屋会館（じんやかいかん） 集会室"),
        ("陣屋会館（ジンヤカイカン）", "じんやかいかん", "陣屋会館（ジンヤカイカン） 集会室"),
        ("さくらホール", "さくらほーる", "さくらホール 集会室"),
        ("陣屋会館", "", "陣屋会館 集会室"),
        ("", "じんやかいかん", "集会室"),
    ],
)
def test_how_a_place_is_read_is_said_once(building, kana, told):
    assert Meeting(building=building, building_kana=kana, room="集会室").place_read == told
    assert Meeting(building=building, building_kana=kana, room="集会室").place == f"{building} 集会室".strip()


def test_a_reading_needs_a_name():
    form = MeetingForm({"date_note": "9月上旬", "building_kana": "じんや"})
    assert form.errors == {"building": ["ふりがなだけが入力されています。建物の名前も入力してください。"]}
    form = MeetingForm({"date_note": "9月上旬", "building": "陣屋", "building_kana": "陣屋"})
    assert [*form.errors] == ["building_kana"]
