"""質疑: what was asked at the meeting, what was answered, and what of it the report tells."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.audit import trail
from meetings.actions.roll import lock
from meetings.models import AgendaItem, Answer, Meeting, Question
from meetings.states import QuestionChannel
from members.models import Membership


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    by,
    text: str,
    item: AgendaItem | None = None,
    asker: Membership | None = None,
    show_name=False,
    in_report=True,
) -> Question:
    """Write down a question that was asked at the meeting."""
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
    trail.record(by=by, deed="meetings.ask", target=question)
    return question


@transaction.atomic
def answer(*, question: Question, by, text: str, answerer: Membership | None = None) -> Answer:
    """Write down an answer; a question may have several."""
    lock(question.meeting, by)
    given = Answer(question=question, text=text, answerer=answerer, order=_next_order(question.answers))
    given.full_clean()
    given.save()
    trail.record(by=by, deed="meetings.answer_question", target=question, answer=text)
    return given


@transaction.atomic
def reword(*, row: Question | Answer, by, text: str) -> None:
    """Correct the wording of a question asked at the meeting, or of an answer."""
    question = row if isinstance(row, Question) else row.question
    lock(question.meeting, by)
    if isinstance(row, Question) and row.channel == QuestionChannel.FORM:
        raise ValidationError(_("入力フォームで受け付けた質問は、本人の文のまま載せます。"))
    before = row.text
    row.text = text
    row.full_clean()
    row.save(update_fields=["text"])
    trail.record(by=by, deed="meetings.reword", target=row, before=before, after=text)


@transaction.atomic
def show_in_report(*, question: Question, by, in_report: bool) -> None:
    lock(question.meeting, by)
    question.in_report = in_report
    question.save(update_fields=["in_report"])
    trail.record(by=by, deed="meetings.show_in_report", target=question, in_report=in_report)


@transaction.atomic
def remove_answer(*, answer: Answer, by) -> None:
    lock(answer.question.meeting, by)
    trail.record(by=by, deed="meetings.remove_answer", target=answer.question, text=answer.text)
    answer.delete()


@transaction.atomic
def remove(*, question: Question, by) -> None:
    """Take away a question that was typed by mistake; what a member asked in a form stays."""
    lock(question.meeting, by)
    if question.channel != QuestionChannel.ORAL:
        raise ValidationError(
            _("入力フォームで受け付けた質問は削除できません。結果報告に載せない扱いにできます。")
        )
    if question.answers.exists():
        raise ValidationError(_("回答のある質問は削除できません。先に回答を削除してください。"))
    trail.record(by=by, deed="meetings.remove_question", target=question, text=question.text)
    question.delete()


def _next_order(rows) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1
