"""What each kind holds, and what is left when it went."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from foundation.actions import SYSTEM
from foundation.audit.models import Event
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from foundation.retention import Unit, counts
from meetings.models import LateReply, Material, MaterialVersion, Question, Reply, ReplyRevision, Theme
from meetings.states import MeetingState, Mode, QuestionChannel
from members.models import IntroSheet, PersonalLink, SheetPhoto, User
from opendata.actions import make_files
from opendata.catalogue import leftovers
from opendata.models import Dataset, DatasetRow, DatasetVersion
from opendata.states import VersionState
from retention.kinds import KINDS
from tests import builders

TODAY = timezone.localdate


def moment(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def meeting(old):
    return builders.make_meeting(group=old, state=MeetingState.HELD)


@pytest.fixture
def reply(meeting, sato, old):
    membership = builders.make_membership(group=old, user=sato)
    survey = builders.make_survey(meeting=meeting)
    reply = builders.make_reply(survey=survey, membership=membership, note="子の通院のため", mode=Mode.ABSENT)
    ReplyRevision.objects.create(reply=reply, number=1, content={}, by=sato, via="login", at=timezone.now())
    Question.objects.create(
        meeting=meeting, channel=QuestionChannel.FORM, text="費用は？", reply=reply, asker=membership
    )
    Theme.objects.create(meeting=meeting, title="窓口の予約", proposed_in=reply)
    LateReply.objects.create(survey=survey, membership=membership, data={"note": ["遅くなりました"]})
    return reply


def test_replies_go_and_the_questions_asked_in_them_stay(reply, meeting, old_unit, carried_out):
    assert counts(KINDS["replies"], old_unit) == {
        "テーマ": 1,
        "回答の履歴": 1,
        "期限後に届いた内容": 1,
        "出欠の回答": 1,
    }
    carried_out("replies", old_unit)
    assert [model.objects.count() for model in (Reply, ReplyRevision, Theme, LateReply)] == [0] * 4
    assert [(question.text, question.reply) for question in Question.objects.all()] == [("費用は？", None)]
    meeting.survey.refresh_from_db()
    assert meeting.survey.replies_disposed_on == TODAY()


def test_a_theme_that_the_desk_named_is_nobodys_reply(meeting):
    Theme.objects.create(meeting=meeting, title="窓口の予約")
    assert KINDS["replies"].units() == {}


def test_what_another_group_keeps_stays(reply, member, group, old_unit, carried_out):
    survey = builders.make_survey(meeting=builders.make_meeting(group=group))
    kept = builders.make_reply(survey=survey, membership=member)
    carried_out("replies", old_unit)
    assert list(Reply.objects.all()) == [kept]
    survey.refresh_from_db()
    assert survey.replies_disposed_on is None


def test_sheets_go_with_their_photos_and_the_links_that_led_to_them(old, sato, old_unit, carried_out):
    membership = builders.make_membership(group=old, user=sato)
    builders.make_photo(sheet=builders.make_sheet(membership=membership))
    PersonalLink.objects.create(membership=membership, purpose="sheet")
    carried_out("sheets", old_unit)
    assert [model.objects.count() for model in (IntroSheet, SheetPhoto, PersonalLink)] == [0, 0, 0]
    old.refresh_from_db()
    assert old.sheets_disposed_on == TODAY()


def test_records_go_and_the_meeting_says_so(meeting, old_unit, carried_out):
    untouched = builders.make_meeting(group=meeting.group, number=2)
    Question.objects.create(meeting=meeting, channel=QuestionChannel.ORAL, text="費用は？")
    carried_out("records", old_unit)
    assert Question.objects.count() == 0
    days = dict(meeting.group.meetings.values_list("pk", "disposed_on"))
    assert days == {meeting.pk: TODAY(), untouched.pk: None}


def test_materials_go_with_the_records_in_every_version_and_their_files_when_no_row_names_them(
    meeting, suzuki, old_unit, carried_out
):
    material = builders.make_material(meeting=meeting, by=suzuki, item=builders.make_item(meeting=meeting))
    builders.make_material_version(material=material, by=suzuki, data=builders.pdf("改め"))
    names = {version.stored for version in MaterialVersion.objects.all()}
    for words in ("本文", "改め"):
        builders.keep_file(builders.pdf(words))
    assert (counts(KINDS["records"], old_unit), leftovers.found()) == ({"会議資料の版": 2, "会議資料": 1}, set())
    carried_out("records", old_unit)
    meeting.refresh_from_db()
    assert (Material.objects.count(), meeting.items.count(), meeting.disposed_on) == (0, 1, TODAY())
    assert leftovers.found() == names


def test_what_was_merged_or_became_a_theme_goes_too_and_the_theme_stays(meeting, old_unit, carried_out):
    kept = meeting.questions.create(channel=QuestionChannel.ORAL, text="費用は？")
    meeting.questions.create(channel=QuestionChannel.ORAL, text="予算は？", state="merged", merged_into=kept)
    theme = Theme.objects.create(meeting=meeting, title="費用", question=kept)
    carried_out("records", old_unit)
    theme.refresh_from_db()
    assert (Question.objects.count(), theme.question) == (0, None)


@pytest.fixture
def gone(town):
    """Left the town hall in the spring of 2021."""
    person = builders.make_user(
        email="gone@example.jp", delivery_email="office@example.jp", phone="内線 1", employee_number="0815"
    )
    section = builders.make_department()
    builders.make_posting(user=person, department=section, valid_to=date(2021, 3, 31))
    builders.make_app(user=person)
    builders.make_session(user=person)
    return person


def test_of_who_left_only_the_name_stays(gone, carried_out):
    carried_out("contacts", Unit(2020))
    gone.refresh_from_db()
    assert (gone.email, gone.delivery_email, gone.phone, gone.employee_number) == (None, "", "", None)
    assert (str(gone), gone.is_active, gone.has_usable_password()) == ("見本 一郎", False, False)
    assert (gone.authenticator_set.count(), gone.usersession_set.count(), gone.emailaddress_set.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize("post", ["posting", "grant", "membership"])
def test_who_is_still_somewhere_is_not_gone(gone, old, post):
    still = {
        "posting": lambda: builders.make_posting(
            user=gone, department=builders.make_department(), valid_from=date(2024, 4, 1)
        ),
        "grant": lambda: builders.make_grant(group=old, user=gone),
        "membership": lambda: builders.make_membership(group=old, user=gone),
    }
    still[post]()
    assert KINDS["contacts"].units() == {}


@pytest.mark.parametrize("right", ["is_administrator", "is_data_steward"])
def test_who_has_a_right_of_the_house_is_not_gone(gone, right):
    User.objects.filter(pk=gone.pk).update(**{right: True})
    assert KINDS["contacts"].units() == {}


def test_the_last_day_anywhere_is_the_day_they_left(gone, old):
    builders.make_membership(group=old, user=gone, valid_to=date(2022, 4, 1))
    assert KINDS["contacts"].units() == {Unit(2022): 1}


def test_emails_that_ended_go_with_their_jobs(carried_out):
    builders.make_email(state=JobState.DONE)
    waiting = builders.make_email()
    year = Unit(2020)
    Job.objects.update(created_at=moment(2021, 3, 31, 23))
    carried_out("letters", year)
    assert list(Email.objects.all()) == [waiting]
    assert list(Job.objects.filter(email=None).exclude(kind="ledger.write")) == []


@pytest.mark.django_db
def test_a_moment_belongs_to_the_fiscal_year_of_the_towns_clock():
    """Midnight of April 1 in Japan is still March in Greenwich."""
    builders.make_email(state=JobState.DONE)
    Job.objects.update(created_at=moment(2021, 4, 1, 0, 30))
    assert KINDS["letters"].units() == {Unit(2021): 1}


@pytest.fixture
def toilets(environment_section, kimura):
    return builders.make_dataset(slug="toilets", department=environment_section, by=kimura)


def uploaded_in_2020(version):
    """A frozen version's day cannot be changed afterwards."""
    DatasetVersion.objects.filter(pk=version.pk).update(uploaded_at=moment(2020, 5, 1), original="originals/x")
    version.refresh_from_db()
    return version


def test_of_a_version_that_was_replaced_the_original_goes_and_the_page_stays(toilets, client, carried_out):
    first = builders.publish(uploaded_in_2020(builders.make_version(dataset=toilets)))
    builders.make_version(dataset=toilets, number=2, state=VersionState.PUBLISHED)
    make_files(version=first, by=SYSTEM)
    carried_out("originals", Unit(2020))
    first.refresh_from_db()
    assert (first.original.name, first.disposed_on, first.rows.count()) == ("", TODAY(), 0)
    assert client.get("/data/toilets/v1.csv").getvalue().decode("utf-8-sig") == "名称\r\n中央公園\r\n"
    page = client.get("/data/toilets/v1/")
    assert (page.status_code, "この版の内容はファイルでのみ提供しています。" in page.text) == (200, True)


def test_what_the_newest_published_version_was_made_from_stays(toilets):
    builders.publish(uploaded_in_2020(builders.make_version(dataset=toilets)))
    assert KINDS["originals"].units() == {}


def test_a_version_that_was_never_published_goes_wholly(toilets, carried_out):
    uploaded_in_2020(builders.make_version(dataset=toilets))
    carried_out("originals", Unit(2020))
    assert (DatasetRow.objects.count(), DatasetVersion.objects.count(), Dataset.objects.count()) == (0, 0, 0)


def test_the_log_of_a_year_goes_and_tells_of_its_going(abe, carried_out):
    Event.objects.create(action="members.log_in", at=moment(2020, 6, 1), target_label="x")
    carried_out("log", Unit(2020))
    assert set(Event.objects.values_list("action", flat=True)) == {"retention.decide", "retention.carry_out"}
