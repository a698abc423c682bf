"""What nobody has answered yet stands at the next meeting, and becomes an item of its agenda in one press."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from meetings.actions import agenda, questions
from meetings.models import Question
from meetings.states import ItemKind
from tests import builders

AGENDA = "/groups/dx-now/desk/meetings/2/agenda/"


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def left_open(first_meeting, member):
    """Of the first meeting: one open, and one of each that is not."""
    first_meeting.questions.create(channel="oral", text="取り下げたこと", state="withdrawn")
    answered = first_meeting.questions.create(channel="oral", text="答えたこと")
    answered.answers.create(text="はい。")
    return first_meeting.questions.create(channel="form", text="費用はどのくらいですか。", addressee=member)


def test_it_stands_on_the_pages_of_the_next_meeting(as_, left_open, meeting, suzuki):
    for page in (AGENDA, "/groups/dx-now/desk/meetings/2/questions/"):
        assert list(as_(suzuki).get(page).context["open_before"]) == [left_open]


def test_and_not_on_those_of_its_own_or_of_an_earlier_one(as_, left_open, meeting, suzuki):
    meeting.questions.create(channel="oral", text="第2回の質問")
    page = as_(suzuki).get("/groups/dx-now/desk/meetings/1/questions/")
    assert list(page.context["open_before"]) == []


def test_nor_that_of_another_group_or_of_a_meeting_that_was_called_off(left_open, meeting, first_meeting):
    elsewhere = builders.make_meeting(group=builders.make_group(), number=1)
    elsewhere.questions.create(channel="oral", text="よその質問")
    assert list(Question.objects.open_before(meeting)) == [left_open]
    type(first_meeting).objects.filter(pk=first_meeting.pk).update(state="cancelled")
    assert list(Question.objects.open_before(meeting)) == []


def test_once_answered_it_is_gone(left_open, meeting, by):
    questions.add_answer(question=left_open, by=by, text="三十万円です。")
    assert list(Question.objects.open_before(meeting)) == []


def test_one_press_makes_an_item_of_them_and_another_press_no_second(as_, left_open, meeting, suzuki):
    builders.make_item(meeting=meeting, title="意見交換")
    for _ in range(2):
        as_(suzuki).post(f"{AGENDA}questions/")
    assert [(item.kind, item.title) for item in meeting.items.all()] == [
        ("other", "意見交換"),
        ("questions", "前回までの質問への回答"),
    ]


def test_also_where_it_was_called_otherwise_meanwhile(left_open, meeting, by):
    item = agenda.add_open_questions(meeting=meeting, by=by)
    agenda.edit_item(item=item, by=by, seen=item.version, title="宿題の回答")
    agenda.add_open_questions(meeting=meeting, by=by)
    assert [item.title for item in meeting.items.all()] == ["宿題の回答"]


def test_where_nothing_is_open_there_is_none(meeting, by):
    with pytest.raises(ValidationError, match="未回答の質問はありません"):
        agenda.add_open_questions(meeting=meeting, by=by)


def test_the_agenda_after_it_does_not_take_the_item_over(left_open, meeting, group, by):
    from meetings import proposals

    agenda.add_open_questions(meeting=meeting, by=by)
    following = builders.make_meeting(group=group, number=3, state="draft")
    assert ItemKind.QUESTIONS not in {item.kind for item in proposals.agenda(following, meeting)}
