"""質疑: what was asked at the meeting, what was answered, and what of it the report tells."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from meetings.actions._shared import hold_to_record, next_order
from meetings.actions.letters import settle_questions
from meetings.models import AgendaItem, Answer, Meeting, Question, Theme
from meetings.states import QuestionChannel
from members.models import Membership


@action
def ask(
    *,
    meeting: Meeting,
    by: Actor,
    text: str,
    answers: Iterable[str] = (),
    item: AgendaItem | None = None,
    asker: Membership | None = None,
    name_in_report: bool = False,
    in_report: bool = True,
) -> Question:
    """Write down a question that was asked at the meeting, with what was answered at once."""
    meeting = hold_to_record(meeting, by)
    question = Question(
        meeting=meeting,
        channel=QuestionChannel.ORAL,
        text=text,
        item=item,
        asker=asker,
        name_in_report=name_in_report,
        in_report=in_report,
        order=next_order(meeting.questions),
    )
    write(question, text=text)
    record(by=by, action="meetings.ask", target=question)
    for said in answers:
        add_answer(question=question, by=by, text=said)
    return question


@action
def add_answer(*, question: Question, by: Actor, text: str, answerer: Membership | None = None) -> Answer:
    """Write down an answer; a question may have several."""
    hold_to_record(question.meeting, by)
    given = Answer(question=question, answerer=answerer, order=next_order(question.answers))
    write(given, text=text)
    record(by=by, action="meetings.add_answer", target=question, answer=text)
    settle_questions(question.meeting)
    return given


@action
def answer_questions(
    *, meeting: Meeting, membership: Membership, by: Actor, answers: Mapping[int, tuple[str, int]]
) -> int:
    """Whoever is asked answers, each question in their own words, and changes or takes back what they said.

    `answers`: by the key of the question the text, and the version of the own answer on the page (0: none).
    Returns how many are different now.
    """
    demand(by.user == membership.user, _("回答できるのは、質問の宛先の方だけです。"))
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    asked = Question.objects.asked_of([membership]).filter(meeting=meeting, pk__in=answers)
    changed = 0
    for question in asked.select_for_update(of=("self",)):
        text, seen = answers[question.pk]
        changed += _answer(question, membership, by, text, seen)
    if changed:
        settle_questions(meeting)
    return changed


def _answer(question: Question, membership: Membership, by: Actor, text: str, seen: int) -> bool:
    own = question.answers.filter(answerer=membership).first()
    if (own.text if own else "") == text:
        return False
    if own and own.version != seen:
        raise Conflict(own)
    if own and not text:
        changes = {"text": [own.text, ""]}
        own.delete()
    else:
        given = own or Answer(question=question, answerer=membership, order=next_order(question.answers))
        changes = write(given, text=text)
    record(by=by, action="meetings.answer_questions", target=question, **changes)
    return True


@action
def change_question(
    *, question: Question, by: Actor, seen: int, text: str, in_report: bool, agreed: bool = False
) -> Question:
    """Correct the wording of what was asked at the meeting; decide whether the report tells it.

    What an asker did not know to be perhaps printed is told only after the desk has asked: `agreed`.
    """
    question = _hold(question, by, seen)
    if question.channel == QuestionChannel.FORM and text != question.text:
        raise ValidationError(_("入力フォームで受け付けた質問は、本人の文のまま載せます。"))
    consent: dict[str, Any] = {}
    if in_report and question.needs_consent:
        if not agreed:
            raise ValidationError(
                {"agreed": _("結果報告に載せる前に、質問した方の了承を確認し、チェックを入れてください。")}
            )
        consent = {"agreed_at": clock.now(), "agreed_by": by.user}
    changes = write(question, text=text, in_report=in_report, **consent)
    record(by=by, action="meetings.change_question", target=question, **changes)
    return question


@action
def reword_answer(*, answer: Answer, by: Actor, seen: int, text: str) -> Answer:
    """Correct the wording of an answer."""
    answer = _hold_answer(answer, by, seen)
    changes = write(answer, text=text)
    record(by=by, action="meetings.reword_answer", target=answer.question, **changes)
    return answer


@action
def remove_answer(*, answer: Answer, by: Actor, seen: int) -> None:
    answer = _hold_answer(answer, by, seen)
    record(by=by, action="meetings.remove_answer", target=answer.question, text=answer.text)
    answer.delete()


@action
def remove_question(*, question: Question, by: Actor, seen: int) -> None:
    """Take away a question that was typed by mistake; what a member asked in a form stays."""
    question = _hold(question, by, seen)
    if question.channel != QuestionChannel.ORAL:
        raise ValidationError(
            _("入力フォームで受け付けた質問は削除できません。結果報告に載せない扱いにできます。")
        )
    if question.answers.exists():
        raise ValidationError(_("回答のある質問は削除できません。先に回答を削除してください。"))
    if question.merged.exists() or Theme.objects.filter(question=question).exists():
        raise ValidationError(
            _("他の質問をまとめた質問や、テーマの例に加えた質問は削除できません。先にそれを取り消してください。")
        )
    record(by=by, action="meetings.remove_question", target=question, text=question.text)
    question.delete()


def _hold(question: Question, by: Actor, seen: int) -> Question:
    meeting = hold_to_record(question.meeting, by)
    question = hold(meeting.questions.all(), question.pk)
    refuse_stale(question, seen)
    return question


def _hold_answer(answer: Answer, by: Actor, seen: int) -> Answer:
    meeting = hold_to_record(answer.question.meeting, by)
    answer = hold(Answer.objects.filter(question__meeting=meeting).select_related("question"), answer.pk)
    refuse_stale(answer, seen)
    return answer
