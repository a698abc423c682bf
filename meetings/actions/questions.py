"""質疑: what was asked at the meeting, what was answered, and what of it the report tells."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.actions.roll import lock
from meetings.models import AgendaItem, Answer, Meeting, Question
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
    show_name=False,
    in_report=True,
) -> Question:
    """Write down a question that was asked at the meeting, with what was answered at once."""
    meeting = lock(meeting, by)
    question = Question(
        meeting=meeting,
        channel=QuestionChannel.ORAL,
        text=text,
        item=item,
        asker=asker,
        show_name=show_name,
        in_report=in_report,
        order=_next_order(meeting.questions),
    )
    question.full_clean()
    question.save()
    record(by=by, action="meetings.ask", target=question)
    for said in answers:
        answer(question=question, by=by, text=said)
    return question


@action
def answer(*, question: Question, by: Actor, text: str, answerer: Membership | None = None) -> Answer:
    """Write down an answer; a question may have several."""
    lock(question.meeting, by)
    given = Answer(question=question, text=text, answerer=answerer, order=_next_order(question.answers))
    given.full_clean()
    given.save()
    record(by=by, action="meetings.answer_question", target=question, answer=text)
    return given


@action
def change(*, question: Question, by: Actor, text: str, in_report: bool) -> Question:
    """Correct the wording of what was asked at the meeting; decide whether the report tells it."""
    lock(question.meeting, by)
    if question.channel == QuestionChannel.FORM and text != question.text:
        raise ValidationError(_("入力フォームで受け付けた質問は、本人の文のまま載せます。"))
    before = {"text": question.text, "in_report": question.in_report}
    question.text, question.in_report = text, in_report
    question.full_clean()
    question.save(update_fields=["text", "in_report"])
    after = {"text": text, "in_report": in_report}
    record(by=by, action="meetings.change_question", target=question, before=before, after=after)
    return question


@action
def reword(*, answer: Answer, by: Actor, text: str) -> Answer:
    """Correct the wording of an answer."""
    lock(answer.question.meeting, by)
    before, answer.text = answer.text, text
    answer.full_clean()
    answer.save(update_fields=["text"])
    record(by=by, action="meetings.reword_answer", target=answer.question, before=before, after=text)
    return answer


@action
def remove_answer(*, answer: Answer, by: Actor) -> None:
    lock(answer.question.meeting, by)
    record(by=by, action="meetings.remove_answer", target=answer.question, text=answer.text)
    answer.delete()


@action
def remove(*, question: Question, by: Actor) -> None:
    """Take away a question that was typed by mistake; what a member asked in a form stays."""
    lock(question.meeting, by)
    if question.channel != QuestionChannel.ORAL:
        raise ValidationError(
            _("入力フォームで受け付けた質問は削除できません。結果報告に載せない扱いにできます。")
        )
    if question.answers.exists():
        raise ValidationError(_("回答のある質問は削除できません。先に回答を削除してください。"))
    record(by=by, action="meetings.remove_question", target=question, text=question.text)
    question.delete()


def _next_order(rows) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1
