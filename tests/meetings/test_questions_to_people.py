"""A question reaches the person it is put to, is answered from the link, and the asker reads what came of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.actions import SYSTEM, Actor, Conflict
from meetings.actions import letters, questions
from meetings.models import Answer, Letter, Question
from members import links
from members.models import PersonalLink
from tests import builders

PAGE = "/groups/dx-now/meetings/2/questions/"


@pytest.fixture
def question(give, survey, member, expert, sheet):
    """Sato's, put to Tanaka in the form; her name is not shown."""
    give(to_people={expert.pk: "導入にはどのくらいかかりましたか。"})
    return Question.objects.get()


@pytest.fixture
def answer(question, meeting, expert, tanaka):
    def say(text, seen=0, by=tanaka):
        return questions.answer_questions(
            meeting=meeting, membership=expert, by=Actor(by), answers={question.pk: (text, seen)}
        )

    return say


@pytest.fixture
def link(expert):
    row = PersonalLink.objects.create(membership=expert, purpose="meeting", code_hash="1" * 64)
    return links.token(row)


def labels(form):
    return [str(field.label) for name, field in form.fields.items() if name.startswith("answer_")]


# Told


def test_who_is_asked_gets_one_letter_a_day_about_all_of_it(question, group, survey, expert):
    builders.make_question(survey=survey, asker=builders.make_membership(group=group), addressee=expert)
    for _ in range(2):
        letters.tell_of_questions(meeting=question.meeting, by=SYSTEM)
    (letter,) = Letter.objects.filter(kind="questions")
    assert letter.membership == expert
    assert letter.email.subject == "【質問2件】第2回DX推進部会"


def test_no_question_stands_in_the_letter(question):
    letters.tell_of_questions(meeting=question.meeting, by=SYSTEM)
    assert question.text not in Letter.objects.get(kind="questions").email.body


def test_a_question_about_a_talk_is_for_who_gives_it(give, survey, talk, expert):
    talk.presenter = expert
    talk.save()
    give(to_talks={talk.pk: "資料はいただけますか。"})
    letters.tell_of_questions(meeting=survey.meeting, by=SYSTEM)
    assert [letter.membership for letter in Letter.objects.filter(kind="questions")] == [expert]


def test_what_was_answered_already_is_not_told(answer, question):
    answer("三か月です。")
    assert letters.tell_of_questions(meeting=question.meeting, by=SYSTEM) == 0


# Answered


def test_it_is_answered_from_the_link_without_login(client, question, link, expert):
    page = reverse("meetings:personal_answer_questions", args=[link, 2])
    form = client.get(page).context["form"]
    assert labels(form) == ["導入にはどのくらいかかりましたか。"]
    sent = {f"answer_{question.pk}": "三か月です。", f"seen_{question.pk}": "0"}
    assert client.post(page, sent).url == page
    assert [(given.text, given.answerer) for given in Answer.objects.all()] == [("三か月です。", expert)]


def test_the_front_page_of_the_link_says_that_there_is_a_question(client, question, link):
    shown = client.get(reverse("personal", args=[link])).content.decode()
    assert "あなたへの質問を読んで回答する" in shown


def test_who_has_answered_finds_it_and_is_not_asked_again(client, answer, link):
    answer("三か月です。")
    shown = client.get(reverse("personal", args=[link])).content.decode()
    assert ("あなたへの質問を読んで回答する" in shown, "あなたへの質問と回答を見る" in shown) == (False, True)


def test_the_asker_is_named_where_she_said_so(as_, give, survey, expert, tanaka, sheet):
    give(to_people={expert.pk: "何から始めましたか。"}, show_name=True)
    form = as_(tanaka).get(PAGE).context["form"]
    assert labels(form) == ["何から始めましたか。（佐藤 花子さんより）"]


def test_the_asker_reads_the_answer(as_, answer, sato):
    answer("三か月です。")
    ((mine, _withdraw_url),) = as_(sato).get(PAGE).context["mine"]
    assert [given.text for given in mine.answers.all()] == ["三か月です。"]


def test_an_answer_is_changed_and_taken_back(answer):
    answer("三か月です。")
    assert answer("四か月です。", seen=1) == 1
    assert answer("", seen=2) == 1
    assert not Answer.objects.exists()


def test_the_same_answer_again_changes_nothing(answer):
    answer("三か月です。")
    assert answer("三か月です。") == 0


def test_another_window_is_not_written_over(as_, answer, question, tanaka):
    answer("三か月です。")
    with pytest.raises(Conflict):
        answer("半年です。")
    late = as_(tanaka).post(PAGE, {f"answer_{question.pk}": "半年です。", f"seen_{question.pk}": "0"})
    assert late.status_code == 409
    assert "「三か月です。」" in late.content.decode()
    seen = late.context["form"][f"seen_{question.pk}"].value()
    as_(tanaka).post(PAGE, {f"answer_{question.pk}": "半年です。", f"seen_{question.pk}": seen})
    assert Answer.objects.get().text == "半年です。"


def test_nobody_answers_for_another(answer, sato):
    with pytest.raises(PermissionDenied):
        answer("三か月です。", by=sato)


def test_what_was_put_to_somebody_else_is_not_answered(question, meeting, member, sato):
    changed = questions.answer_questions(
        meeting=meeting, membership=member, by=Actor(sato), answers={question.pk: ("私が。", 0)}
    )
    assert (changed, Answer.objects.count()) == (0, 0)


def test_what_was_withdrawn_is_not_shown_any_more(as_, question, tanaka):
    Question.objects.update(state="withdrawn")
    assert as_(tanaka).get(PAGE).context["to_me"] == []


# At home


def test_it_stands_among_what_is_to_be_done(question, tanaka):
    from meetings.todo import todo

    texts = [str(entry.text) for entry in todo(tanaka)]
    assert "第2回DX推進部会についての、あなたへの質問1件に回答する" in texts


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_takes_the_same_queries_for_any_number(
    as_, group, survey, expert, tanaka, count, django_assert_num_queries
):
    for _ in range(count):
        builders.make_question(survey=survey, asker=builders.make_membership(group=group), addressee=expert)
    page = as_(tanaka)
    with django_assert_num_queries(7):
        assert page.get(PAGE).status_code == 200


def test_the_page_asks_for_nothing_before_anything_was_sent(as_, question, tanaka):
    assert "まだ保存していません" not in as_(tanaka).get(PAGE).content.decode()
