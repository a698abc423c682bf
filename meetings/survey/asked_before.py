"""What becomes of a question that stands already, when its asker changes or takes back what they asked."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from meetings.models import Question
from meetings.states import QuestionState


def can_be_taken_back(question: Question) -> bool:
    """Until somebody has answered it, or the report is to tell of it."""
    return not question.in_report and not question.answers.exists()


def refuse_if_used(question: Question) -> None:
    if not can_be_taken_back(question):
        raise ValidationError(
            _(
                "「%s」の質問は、既に回答があるか、結果報告に載せることになっているため、変更や取下げができません。"
                "質問の欄を元の文に戻してから送信してください。変更が必要なときは、事務局へ御連絡ください。"
            )
            % question
        )


def stand_again(question: Question) -> None:
    """As if it had just been asked: what the desk had decided on the former words is no longer so."""
    question.state, question.merged_into, question.declined_reason = QuestionState.OPEN, None, ""
    question.agreed_at = question.agreed_by = question.told_at = None
    question.version += 1


def withdraw(question: Question) -> None:
    """Its words are kept. What had been merged into it stands for itself again: its askers still wait."""
    refuse_if_used(question)
    stand_again(question)
    question.state = QuestionState.WITHDRAWN
    question.save()
    question.merged.update(state=QuestionState.OPEN, merged_into=None, told_at=None, version=F("version") + 1)
