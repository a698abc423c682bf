"""The desk decides in which order a form asks, and sees it as each of its people does."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings.actions import surveys
from meetings.models import Theme
from meetings.states import MeetingState
from meetings.survey.tally import file_rows, tally
from members.models import WorkingGroup
from tests import builders

pytestmark = pytest.mark.django_db
FORM = "/groups/dx-now/desk/meetings/2/form/"
PREVIEW = f"{FORM}preview/"


def order(survey):
    return [section.kind for section in survey.sections.all()]


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


# The order


def test_a_section_is_moved_and_attendance_stays_first(survey, meeting, by):
    for section, step in (("custom", -1), ("member_questions", -1), ("themes", 1), ("custom", -1)):
        surveys.move_section(meeting=meeting, by=by, section=section, step=step)
    assert order(survey) == ["attendance", "member_questions", "custom", "talk_questions", "themes"]
    event = Event.objects.filter(action="meetings.move_section").latest("pk")
    assert event.changes == {"section": "custom", "step": -1}


@pytest.mark.parametrize("section", ["attendance", "themes", "lunch", ""])
def test_what_is_not_in_the_form_or_stands_first_is_not_moved(survey, meeting, by, section):
    survey.sections.filter(kind="themes").delete()
    before = order(survey)
    with pytest.raises(ValidationError, match="この欄は、入力フォームに設けられていません。"):
        surveys.move_section(meeting=meeting, by=by, section=section, step=-1)
    assert order(survey) == before


def test_only_the_desk_moves(survey, meeting, sato):
    with pytest.raises(PermissionDenied):
        surveys.move_section(meeting=meeting, by=Actor(sato), section="themes", step=-1)


def test_saving_the_settings_keeps_the_order_and_puts_what_is_new_last(survey, meeting, by):
    surveys.move_section(meeting=meeting, by=by, section="custom", step=-1)
    given = {"closes_at": survey.closes_at, "themes": []}
    for sections in (["custom", "themes"], ["custom", "themes", "talk_questions"]):
        surveys.set_survey(meeting=meeting, by=by, sections=sections, **given)
    assert order(survey) == ["attendance", "custom", "themes", "talk_questions"]


def test_page_tally_and_file_follow_it(survey, meeting, by, talk, as_, sato, give):
    field = builders.make_field(survey=survey)
    Theme.objects.create(meeting=meeting, title="申請")
    for _time in range(3):
        surveys.move_section(meeting=meeting, by=by, section="custom", step=-1)
    names = list(as_(sato).get("/groups/dx-now/meetings/2/answer/").context["form"].fields)
    placed = [name for name in names if name in {"mode", "themes", f"talk_{talk.pk}", f"field_{field.pk}"}]
    assert placed == ["mode", f"field_{field.pk}", f"talk_{talk.pk}", "themes"]
    found = tally(meeting)
    assert [part.rpartition("_")[2] for part in found.parts] == ["fields.html", "questions.html", "themes.html"]
    header, *_rows = file_rows(meeting)
    assert header.index("書面意見") + 1 == header.index("当日の昼食") == header.index("自己紹介への質問") - 1


def test_the_desk_moves_by_buttons(as_, suzuki, survey):
    desk = as_(suzuki)
    assert desk.post(f"{FORM}move/", {"section": "custom", "to": "up"}).url == FORM
    assert desk.post(f"{FORM}move/", {"section": "member_questions", "to": "down"}).url == FORM
    assert order(survey) == ["attendance", "talk_questions", "member_questions", "custom", "themes"]
    shown = desk.get(FORM).content.decode()
    assert shown.index("欄の順番") < shown.rindex("話題提供への質問") < shown.rindex("取り上げたいテーマ")


# As its people see it


@pytest.fixture
def seen_by(as_, suzuki, survey):
    """`seen_by(member)`: what the desk is shown of the form of that person."""
    return lambda person: as_(suzuki).post(PREVIEW, {"person": person.pk})


def test_the_desk_sees_the_form_of_that_person(seen_by, member, expert, talk, group):
    for person in (member, expert):
        builders.make_sheet(membership=person)
    talk.presenter = member
    talk.save()
    asked = {
        person: {name for name in seen_by(person).context["form"].fields if name.startswith(("person_", "talk_"))}
        for person in (member, expert)
    }
    assert asked == {member: {f"person_{expert.pk}"}, expert: {f"person_{member.pk}", f"talk_{talk.pk}"}}


def test_whether_a_substitute_is_allowed_and_how_they_came_last_time(seen_by, first_meeting, member, group):
    builders.make_reply(survey=builders.make_survey(meeting=first_meeting), membership=member, mode="online")
    WorkingGroup.objects.filter(pk=group.pk).update(substitutes_allowed=True)
    form = seen_by(member).context["form"]
    assert ("is_substitute" in form.fields, form.choice_hints) == (True, {"mode": {"online": "前回：オンライン"}})


def test_it_says_whose_view_it_is_and_can_send_nothing(seen_by, member):
    shown = seen_by(member).content.decode()
    assert "佐藤 花子さんに表示される入力フォームの見本です。入力しても、保存も送信もしません。" in shown
    form = shown[shown.index('name="mode"') :]
    assert [
        word for word in ("<button", "data-autosave-url", "</form>", "この端末は自分専用") if word in form
    ] == []


def test_looking_stores_nothing(as_, suzuki, member, expert, sheet, give):
    give(to_people={expert.pk: "なぜですか。"})
    desk = as_(suzuki)
    with CaptureQueriesContext(connection) as queries:
        assert desk.post(PREVIEW, {"person": member.pk}).context["person"] == member
    wrote = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (wrote, len(queries) > 5) == ([], True)


def test_before_the_call_it_is_seen_as_well(seen_by, meeting, member):
    meeting.state, meeting.announced_at = MeetingState.DRAFT, None
    meeting.save()
    assert seen_by(member).context["person"] == member


def test_nobody_is_chosen_and_nobody_from_elsewhere(as_, suzuki, survey, stranger):
    desk = as_(suzuki)
    answers = [desk.get(PREVIEW), desk.post(PREVIEW, {"person": stranger.memberships.get().pk})]
    assert [(answer.status_code, "person" in answer.context) for answer in answers] == [(200, False)] * 2


def test_without_a_form_the_page_says_so(as_, suzuki, meeting):
    assert "まだ入力フォームがありません" in as_(suzuki).get(PREVIEW).content.decode()
    assert as_(suzuki).post(PREVIEW, {"person": "1"}).status_code == 200
