"""The desk on the day and after it: roll, record, questions."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from foundation.calendar.wareki import TOKYO
from meetings.states import (
    ItemKind,
    MeetingState,
    Mode,
    Origin,
    Point,
    QuestionChannel,
    RecordPlace,
    SectionKind,
)
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

ADDRESSES = [
    "roll", "record", "record_election", "set_assignment", "questions",
]  # fmt: skip


@pytest.fixture
def first(db):
    return FirstMeeting(OUR_WORDS, members=3)


@pytest.fixture
def desk(first, as_):
    return as_(first.desk)


@pytest.fixture
def meeting(group, suzuki, member, expert):
    """Sato and Tanaka are expected: Sato at the hall, Tanaka online."""
    meeting = builders.make_meeting(group=group, starts_at=datetime(2021, 5, 18, 13, tzinfo=TOKYO))
    builders.make_item(meeting=meeting, order=1, kind=ItemKind.INTRODUCTIONS, title="自己紹介", minutes_each=2)
    survey = builders.make_survey(meeting=meeting, sections=[SectionKind.ATTENDANCE])
    builders.make_reply(survey=survey, membership=member)
    builders.make_reply(survey=survey, membership=expert, mode=Mode.ONLINE)
    return meeting


def url(meeting, name, *args):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number, *args])


def version(row) -> int:
    """As the page of now shows it."""
    return type(row).objects.get(pk=row.pk).version


def text(response) -> str:
    return response.content.decode()


def test_the_desk_opens_every_page(first, desk):
    found = {name: desk.get(url(first.meeting, name)).status_code for name in ADDRESSES}
    assert found == dict.fromkeys(ADDRESSES, 200)


def test_for_members_and_strangers_these_pages_do_not_exist(first, as_, sato):
    for nobody in (sato, first.chair.user):
        found = {name: as_(nobody).get(url(first.meeting, name)).status_code for name in ADDRESSES}
        assert found == dict.fromkeys(ADDRESSES, 404)


# The roll


def test_one_press_records_a_person(meeting, member, as_, suzuki):
    response = as_(suzuki).post(url(meeting, "mark", member.pk), {"mode": "online", "seen": 0})
    assert response.headers["Location"] == f"{url(meeting, 'roll')}#person-{member.pk}"
    assert list(meeting.roll.values_list("name", "mode")) == [("佐藤　花子", "online")]


def test_a_mode_that_does_not_exist_is_refused_in_words(meeting, member, as_, suzuki):
    response = as_(suzuki).post(url(meeting, "mark", member.pk), {"mode": "nowhere", "seen": 0}, follow=True)
    assert "有効な選択肢ではありません" in text(response)
    assert not meeting.roll.exists()


def test_everybody_who_answered_is_recorded_in_one_press(meeting, as_, suzuki):
    response = as_(suzuki).post(url(meeting, "mark_as_answered"), follow=True)
    assert "回答のとおりに記録しました。" in text(response)
    assert list(meeting.roll.values_list("name", "mode")) == [("佐藤　花子", "venue"), ("田中　三郎", "online")]


@pytest.mark.parametrize("name", ["mark_as_answered", "mark_the_rest", "begin_on_the_day"])
def test_where_nobody_is_left_the_page_says_so(meeting, as_, suzuki, name):
    as_(suzuki).post(url(meeting, "mark_as_answered"), follow=True)
    response = as_(suzuki).post(url(meeting, name), follow=True)
    said = "対象の方はいませんでした。変わったところはありません。"
    assert [str(message) for message in response.context["messages"]] == [said]


def test_a_substitute_needs_a_name_only_beside_presence(meeting, member, as_, suzuki):
    type(meeting.group).objects.update(substitutes_allowed=True)
    page = url(meeting, "edit_mark", member.pk)
    as_(suzuki).post(page, {"seen": 0, "mode": "absent", "substitute_name": "代理 人見", "substitute_title": ""})
    assert list(meeting.roll.values_list("mode", "substitute_name")) == [("absent", "")]
    as_(suzuki).post(
        page, {"seen": 1, "mode": "venue", "substitute_name": "代理 人見", "substitute_title": "主任"}
    )
    assert list(meeting.roll.values_list("mode", "substitute_name")) == [("venue", "代理 人見")]


def test_a_substitute_whose_name_others_cannot_read_is_asked_about_once(meeting, member, as_, suzuki):
    """外字 of this house's machines; whoever then corrects the title is not asked again."""
    type(meeting.group).objects.update(substitutes_allowed=True)
    desk, page = as_(suzuki), url(meeting, "edit_mark", member.pk)
    typed = {"seen": 0, "mode": "venue", "substitute_name": "代理 人\ue000", "substitute_title": "主任"}
    asked = desk.post(page, typed)
    assert asked.context["form"].questions == ["氏名に外字が入っています。外字は他の端末では表示されません。"]
    assert (typed["substitute_name"] in text(asked), meeting.roll.exists()) == (True, False)
    desk.post(page, typed | {"meant": asked.context["form"].data["meant"]})
    desk.post(page, typed | {"seen": 1, "substitute_title": "係長"})
    assert list(meeting.roll.values_list("substitute_name", "substitute_title")) == [("代理 人\ue000", "係長")]


def test_a_substitute_named_on_a_page_from_before_they_were_ruled_out_is_refused_in_words(
    meeting, member, as_, suzuki
):
    typed = {"seen": 0, "mode": "venue", "substitute_name": "代理 人見", "substitute_title": "主任"}
    refused = as_(suzuki).post(url(meeting, "edit_mark", member.pk), typed)
    assert ("代理出席は認められていないため、記録していません。" in text(refused), meeting.roll.exists()) == (
        True,
        False,
    )


def test_a_meeting_is_held_when_the_roll_is_complete(meeting, as_, suzuki):
    times = {"day": "R3.5.18", "begins": "13:00", "ends": "15:15"}
    response = as_(suzuki).post(url(meeting, "roll"), times | {"seen": version(meeting)})
    assert "出席の記録がない方が2名います。全員を記録してから、開催済みにしてください。" in text(response)
    as_(suzuki).post(url(meeting, "mark_as_answered"))
    as_(suzuki).post(url(meeting, "roll"), times | {"seen": version(meeting)})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert meeting.snapshot == {"members": {"expert": 1, "member": 1}, "next": None}


def test_an_end_before_the_beginning_is_refused_beside_the_field(meeting, as_, suzuki):
    times = {"day": "R3.5.18", "begins": "15:00", "ends": "13:00"}
    assert "閉会は開会より後の時刻にしてください。" in text(
        as_(suzuki).post(url(meeting, "roll"), times | {"seen": version(meeting)})
    )


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_roll_asks_as_often_for_few_as_for_many(group, suzuki, as_, people, django_assert_num_queries):
    meeting = builders.make_meeting(group=group)
    for _ in range(people):
        builders.make_membership(group=group)
    desk = as_(suzuki)
    with django_assert_num_queries(9):
        desk.get(url(meeting, "roll"))


# The record


@pytest.mark.parametrize("lines", [1, 3, 30])
def test_the_record_asks_as_often_for_few_lines_as_for_many(
    meeting, suzuki, as_, lines, django_assert_num_queries
):
    for number in range(lines):
        meeting.entries.create(section=RecordPlace.ITEM, item=meeting.items.get(), text=f"{number}行目")
        meeting.entries.create(section=RecordPlace.NOTICES, text=f"{number}行目")
    desk = as_(suzuki)
    with django_assert_num_queries(7):
        desk.get(url(meeting, "record"))


def add(meeting, place, **line):
    values = {"point": Point.POINT, "origin": Origin.TYPED, "text": "", **line}
    return {f"{place}-{name}": value for name, value in values.items()}


def test_each_form_says_where_its_line_goes(meeting, as_, suzuki):
    page = text(as_(suzuki).get(url(meeting, "record")))
    assert re.findall(r'name="place" value="(\w+)"', page) == [str(meeting.items.get().pk), "notices"]


def test_a_line_is_added_under_its_item(meeting, as_, suzuki):
    item = meeting.items.get()
    response = as_(suzuki).post(url(meeting, "record"), add(meeting, item.pk, text="○会長が挨拶した"))
    assert response.headers["Location"] == f"{url(meeting, 'record')}?place={item.pk}&added=#add-{item.pk}"
    assert meeting.entries.get().text == "会長が挨拶した"


def test_d44_lines_that_are_pasted_with_their_marks_stay_lines(meeting, as_, suzuki):
    item = meeting.items.get()
    pasted = "○一つ目の発言\r\n→ それへの応答\r\nの続き\r\n　〇二つ目の発言"
    as_(suzuki).post(url(meeting, "record"), add(meeting, item.pk, text=pasted))
    assert list(meeting.entries.order_by("order").values_list("point", "text")) == [
        (Point.POINT, "一つ目の発言"),
        (Point.REPLY, "それへの応答"),
        (Point.PLAIN, "の続き"),
        (Point.POINT, "二つ目の発言"),
    ]


def test_d44_of_pasted_lines_none_is_written_where_one_cannot_be(meeting, as_, suzuki):
    response = as_(suzuki).post(
        url(meeting, "record"), add(meeting, meeting.items.get().pk, text="→応答\r\n○発言")
    )
    assert "→ の行は、○ 又は印なしの行の下に置いてください。" in text(response)
    assert list(meeting.entries.all()) == []


def test_a_notice_is_composed_from_rows(meeting, as_, suzuki):
    as_(suzuki).post(url(meeting, "record"), add(meeting, "notices", origin=Origin.FORM_QUESTIONS))
    assert meeting.entries.get().origin == Origin.FORM_QUESTIONS


def test_what_two_lines_lack_is_said_once_and_leads_to_the_page_that_mends_it(meeting, as_, suzuki):
    for origin in (Origin.FORM_QUESTIONS, Origin.FORM_THEMES):
        as_(suzuki).post(url(meeting, "record"), add(meeting, "notices", origin=origin))
    page = text(as_(suzuki).get(reverse("reports:draft", args=[meeting.group.slug, meeting.number])))
    assert page.count("回の会議がまだ作成されていません。") == 1
    assert page.count(reverse("meetings:create_meeting", args=[meeting.group.slug])) == 1


def test_declared_held_the_record_is_what_comes_next(meeting, as_, suzuki, member, expert):
    for person in (member, expert):
        as_(suzuki).post(url(meeting, "mark", person.pk), {"mode": Mode.VENUE, "seen": 0})
    held = {"day": "2021-05-18", "begins": "13:00", "ends": "15:15"}
    assert as_(suzuki).post(url(meeting, "roll"), held | {"seen": version(meeting)}).url == url(meeting, "record")
    assert as_(suzuki).post(url(meeting, "roll"), held | {"seen": version(meeting)}).url == url(meeting, "roll")


def test_an_empty_line_is_refused_and_its_form_stays_open(meeting, as_, suzuki):
    response = as_(suzuki).post(url(meeting, "record"), add(meeting, meeting.items.get().pk))
    assert "記録を入力してください。" in text(response)
    assert f'id="add-{meeting.items.get().pk}" open>' in text(response)


def test_a_line_about_an_election_needs_one(meeting, as_, suzuki):
    response = as_(suzuki).post(
        url(meeting, "record"), add(meeting, meeting.items.get().pk, origin=Origin.ELECTION)
    )
    assert "行の元になる互選の結果がありません。先に互選の結果を記録してください。" in text(response)


def test_a_reply_needs_a_line_above_it(meeting, as_, suzuki):
    line = add(meeting, meeting.items.get().pk, point=Point.REPLY, text="そうした")
    response = as_(suzuki).post(url(meeting, "record"), line)
    assert "→ の行は、○ 又は印なしの行の下に置いてください。" in text(response)


@pytest.fixture
def lines(meeting, as_, suzuki):
    for words in ("一つ目", "二つ目", "三つ目"):
        as_(suzuki).post(url(meeting, "record"), add(meeting, meeting.items.get().pk, text=words))
    return {line.text: line for line in meeting.entries.all()}


def test_lines_change_places(meeting, lines, as_, suzuki):
    as_(suzuki).post(url(meeting, "move_entry", lines["三つ目"].pk), {"direction": "up", "seen": 1})
    as_(suzuki).post(url(meeting, "move_entry", lines["一つ目"].pk), {"direction": "up", "seen": 1})
    assert [line.text for line in meeting.entries.order_by("order")] == ["一つ目", "三つ目", "二つ目"]


def test_a_line_is_removed(meeting, lines, as_, suzuki):
    as_(suzuki).post(url(meeting, "remove_entry", lines["二つ目"].pk), {"seen": 1})
    assert [line.text for line in meeting.entries.standing()] == ["一つ目", "三つ目"]


def changed(line, **changes):
    names = ("point", "text", "override", "override_reason", "withheld_reason")
    return {name: getattr(line, name) for name in names} | {"seen": line.version} | changes


def test_a_line_is_changed(meeting, lines, as_, suzuki):
    line = lines["二つ目"]
    as_(suzuki).post(url(meeting, "edit_entry", line.pk), changed(line, text="書き直した"))
    line.refresh_from_db()
    assert (line.text, line.version) == ("書き直した", 2)


def test_d45_two_who_change_the_same_line_see_both_texts_and_the_second_saves_again(meeting, lines, as_, suzuki):
    line = lines["二つ目"]
    page = url(meeting, "edit_entry", line.pk)
    as_(suzuki).post(page, changed(line, text="先に直した"))
    response = as_(suzuki).post(page, changed(line, text="後から直した"))
    assert response.status_code == 409
    assert response.context["form"].conflict == [("記録", "先に直した", "後から直した")]
    seen = response.context["form"]["seen"].value()
    as_(suzuki).post(page, changed(line, text="後から直した", seen=seen))
    line.refresh_from_db()
    assert line.text == "後から直した"


def test_an_override_without_a_reason_is_refused(meeting, lines, as_, suzuki):
    line = lines["二つ目"]
    response = as_(suzuki).post(url(meeting, "edit_entry", line.pk), changed(line, override="別の文"))
    assert "自動の文を置き換えるときは、理由も入力してください。" in text(response)


def test_an_election_is_recorded_once(first, desk, as_):
    item = first.items[1].pk
    election = {
        "item": item,
        "office": "vice_chair",
        "elected": first.members[1].pk,
        "method": "consent",
        "candidates": 1,
        "basis": "agreed",
    }
    desk.post(url(first.meeting, "record_election"), election)
    assert first.members[1].office_terms.get().valid_from.isoformat() == "2021-05-18"
    response = desk.post(url(first.meeting, "record_election"), election)
    assert "この役職の互選は既に記録されています。" in text(response)


def test_an_assignment_is_set(first, desk):
    task = {
        "item": first.items[3].pk, "due_meeting": first.next_meeting.pk, "title": "二つ目の課題",
        "summary_text": "もう一つ求めた。", "detail_text": "もう一つ出すことを依頼", "due_at": "R3.5.25",
    }  # fmt: skip
    desk.post(url(first.meeting, "set_assignment"), task)
    assignment = first.meeting.assignments.get(title="二つ目の課題")
    assert assignment.due_at == datetime(2021, 5, 25, 17, tzinfo=TOKYO)


# Questions


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_questions_ask_as_often_for_few_as_for_many(meeting, suzuki, as_, rows, django_assert_num_queries):
    for number in range(rows):
        asked = meeting.questions.create(channel=QuestionChannel.ORAL, text=f"{number}番目")
        asked.answers.create(text="回答")
    desk = as_(suzuki)
    with django_assert_num_queries(9):
        desk.get(url(meeting, "questions"))


def test_a_question_is_typed_with_its_answer(meeting, as_, suzuki):
    as_(suzuki).post(url(meeting, "questions"), {"text": "いつまでか？", "answer": "来月まで"})
    question = meeting.questions.get()
    assert (question.text, question.in_report, question.answers.get().text) == ("いつまでか？", True, "来月まで")


def test_a_second_answer_is_added_corrected_and_taken_away(first, desk):
    question = first.meeting.questions.first()
    desk.post(url(first.meeting, "add_answer", question.pk), {"text": "事務局も手伝う"})
    second = question.answers.last()
    desk.post(url(first.meeting, "reword_answer", second.pk), {"text": "事務局が手伝う", "seen": 1})
    assert [answer.text for answer in question.answers.all()][1:] == ["事務局が手伝う"]
    desk.post(url(first.meeting, "remove_answer", second.pk), {"seen": 2})
    assert question.answers.count() == 1


def test_a_question_may_stay_out_of_the_report(first, desk):
    question = first.meeting.questions.first()
    desk.post(
        url(first.meeting, "change_question", question.pk), {"text": question.text, "seen": question.version}
    )
    assert question.text not in first.text()


def test_a_question_with_answers_is_not_removed(first, desk):
    question = first.meeting.questions.first()
    response = desk.post(url(first.meeting, "remove_question", question.pk), {"seen": 1}, follow=True)
    assert "回答のある質問は削除できません。先に回答を削除してください。" in text(response)
