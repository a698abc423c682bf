"""A letter of questions is written at eight and leaves at half past: what was taken back meanwhile is not told."""

import pytest
from django.db import transaction

from foundation.actions import SYSTEM, Actor
from meetings.actions import agenda, letters, meetings, question_states, questions
from meetings.models import Letter, Question
from tests import builders
from tests.meetings.test_replies_at_once import at_once, finish, wait_until_somebody_waits


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def asked(give, survey, group, expert, sheet):
    """Sato's question and somebody else's, both to Tanaka, who was written to at eight."""
    give(to_people={expert.pk: "費用はどのくらいですか。"})
    asker = builders.make_membership(group=group)
    builders.make_question(survey=survey, asker=asker, addressee=expert, text="予算は必要ですか。")
    letters.tell_of_questions(meeting=survey.meeting, by=SYSTEM)
    return list(Question.objects.order_by("pk"))


@pytest.fixture
def told(emails, leave):
    """The subjects that Tanaka's letters of questions have when they leave."""

    def read():
        leave()
        standing = Letter.objects.standing().filter(kind="questions").order_by("pk")
        return [letter.email.subject for letter in standing]

    return read


ONE, TWO = "【質問1件】第2回DX推進部会", "【質問2件】第2回DX推進部会"


def test_as_long_as_both_stand_it_tells_of_both(asked, told):
    assert told() == [TWO]


def test_what_the_asker_took_back_is_not_told(asked, told, sato):
    question_states.withdraw_question(question=asked[0], by=Actor(sato))
    assert told() == [ONE]


def test_nor_what_she_cleared_in_the_form(asked, told, give):
    give(version=1)
    assert told() == [ONE]


def test_nor_what_was_merged(asked, told, by):
    question_states.merge_question(question=asked[0], by=by, seen=1, into=asked[1])
    assert told() == [ONE]


def test_nor_what_was_declined(asked, told, by):
    question_states.decline_question(question=asked[0], by=by, seen=1, reason="個別の案件のため")
    assert told() == [ONE]


def test_nor_what_was_answered_already(asked, told, expert, tanaka, meeting):
    said = {asked[0].pk: ("三十万円です。", 0)}
    questions.answer_questions(meeting=meeting, membership=expert, by=Actor(tanaka), answers=said)
    assert told() == [ONE]


def test_nor_what_the_desk_wrote_an_answer_to(asked, told, by):
    questions.add_answer(question=asked[0], by=by, text="三十万円です。")
    assert told() == [ONE]


def test_of_nothing_there_is_no_letter(asked, told, by):
    for question in asked:
        question_states.decline_question(question=question, by=by, seen=1, reason="個別の案件のため")
    assert told() == []


def test_what_was_led_to_another_is_told_to_them_on_the_next_morning(asked, told, by, group, meeting):
    somebody = builders.make_membership(group=group)
    question_states.route_question(question=asked[0], by=by, seen=1, routed_to=somebody)
    assert told() == [ONE]
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    assert Letter.objects.standing().filter(kind="questions").last().membership == somebody


def test_also_where_the_first_has_heard_of_it_already(asked, told, by, group, meeting):
    assert told() == [TWO]
    somebody = builders.make_membership(group=group)
    question_states.route_question(question=asked[0], by=by, seen=1, routed_to=somebody)
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    assert told() == [TWO, ONE]


def test_what_stands_again_is_told_on_the_next_morning(asked, told, by, meeting):
    declined = question_states.decline_question(question=asked[0], by=by, seen=1, reason="個別の案件のため")
    assert told() == [ONE]
    question_states.restore_question(question=declined, by=by, seen=2)
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    assert told() == [ONE, ONE]


def test_what_has_left_is_not_told_twice(asked, told, by, meeting):
    told()
    declined = question_states.decline_question(question=asked[0], by=by, seen=1, reason="個別の案件のため")
    question_states.restore_question(question=declined, by=by, seen=2)
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    assert told() == [TWO]


def test_a_letter_that_is_written_again_for_a_new_place_counts_anew(asked, told, by, meeting, expert):
    builders.make_letter(meeting=meeting, membership=expert)
    Question.objects.filter(pk=asked[0].pk).update(state="withdrawn")
    meeting.refresh_from_db()
    meetings.edit_meeting(meeting=meeting, by=by, seen=meeting.version, room="第二会議室")
    assert told() == [ONE]


def test_a_letter_of_before_that_does_not_say_which_counts_what_its_reader_was_told(asked, told, by):
    Letter.objects.filter(kind="questions").update(facts={"count": "2"})
    question_states.decline_question(question=asked[0], by=by, seen=1, reason="個別の案件のため")
    assert told() == [ONE]


@pytest.mark.parametrize("has_left", [True, False])
def test_who_presents_a_talk_now_is_told_what_was_asked_about_it(
    give, survey, meeting, expert, group, by, leave, has_left
):
    other = builders.make_membership(group=group)
    talk = builders.make_item(meeting=meeting, kind="talk", title="予算の話", presenter=expert)
    give(to_talks={talk.pk: "資料はいただけますか。"})
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    if has_left:
        leave()
    agenda.edit_item(item=talk, by=by, seen=talk.version, presenter=other)
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    standing = Letter.objects.standing().filter(kind="questions")
    assert [letter.membership for letter in standing] == [expert, other][not has_left :]


# At the same moment: two real connections, so this test commits and is slow.


@pytest.mark.django_db(transaction=True)
def test_who_takes_it_back_while_the_letter_is_written_is_waited_for(give, survey, expert, sheet):
    give(to_people={expert.pk: "費用はどのくらいですか。"})
    with transaction.atomic():
        give(version=1)
        threads, results = at_once(lambda: letters.tell_of_questions(meeting=survey.meeting, by=SYSTEM))
        wait_until_somebody_waits()
    finish(threads)
    assert (results, Letter.objects.filter(kind="questions").count()) == ([0], 0)
