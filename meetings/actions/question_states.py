"""What becomes of a question beside its answers: led to another person, merged, declined, taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from foundation.db import clock
from meetings.actions._shared import hold_to_record
from meetings.actions.letters import settle_questions
from meetings.models import AgendaItem, Question, Reply, ReplyRevision
from meetings.states import QuestionState
from meetings.survey import asked_before
from meetings.survey.content import content_of
from members.models import Membership

NOT_OPEN = gettext_lazy("この質問は「%s」のため、取扱いを変更できません。")


@action
def merge_question(*, question: Question, by: Actor, seen: int, into: Question) -> Question:
    """Two that ask the same are answered once; the asker of this one reads the answers to the other."""
    question = hold_open(question, by, seen)
    target = hold(question.meeting.questions.standing().exclude(pk=question.pk), into.pk)
    if question.merged.exists():
        raise ValidationError(
            _("この質問には、他の質問をまとめています。先にその質問を元に戻してから、もう一度操作してください。")
        )
    changes = write(question, state=QuestionState.MERGED, merged_into=target)
    return _done("meetings.merge_question", question, by, **changes)


@action
def decline_question(*, question: Question, by: Actor, seen: int, reason: str) -> Question:
    """It is not taken up; the asker reads why."""
    question = hold_open(question, by, seen)
    if question.answers.exists():
        raise ValidationError(_("回答のある質問は、見送りにできません。"))
    changes = write(question, state=QuestionState.DECLINED, declined_reason=reason)
    return _done("meetings.decline_question", question, by, **changes)


@action
def restore_question(*, question: Question, by: Actor, seen: int) -> Question:
    """What was merged or declined stands for itself again. What its asker took back stays so."""
    question = _hold(question, by, seen)
    if question.state not in {QuestionState.MERGED, QuestionState.DECLINED}:
        raise ValidationError(_("元に戻せるのは、まとめた質問と見送った質問だけです。"))
    changes = write(question, state=QuestionState.OPEN, merged_into=None, declined_reason="")
    return _done("meetings.restore_question", question, by, **changes)


@action
def route_question(
    *,
    question: Question,
    by: Actor,
    seen: int,
    routed_to: Membership | None = None,
    routed_item: AgendaItem | None = None,
) -> Question:
    """Somebody else is to answer, or an item is to deal with it; nobody named leads it back to whom it was put.

    Whom it is led to is told in the next letter.
    """
    question = hold_open(question, by, seen)
    _refuse_strangers(question, routed_to, routed_item)
    changes = write(question, routed_to=routed_to, routed_item=routed_item)
    if changes:
        Question.objects.filter(pk=question.pk).update(told_at=None)
    return _done("meetings.route_question", question, by, **changes)


@action
def withdraw_question(*, question: Question, by: Actor) -> Question:
    """The asker takes back what they asked in the form, until it is answered or meant for the report."""
    asker = question.asker
    if asker is None or by.user != asker.user:
        raise PermissionDenied(_("取り下げることができるのは、質問した御本人だけです。"))
    # As every answer of theirs does (replies.py).
    Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=asker.pk)
    question = hold(Question.objects.select_related("meeting"), question.pk)
    if question.state != QuestionState.OPEN or not asked_before.can_be_taken_back(question):
        raise ValidationError(
            _("この質問は、既に取扱いが進んでいるため、取り下げることができません。事務局へ御連絡ください。")
        )
    asked_before.withdraw(question)
    if question.reply:
        _keep_revision(question.reply.pk, by)
    return _done("meetings.withdraw_question", question, by, state=[QuestionState.OPEN, question.state])


def hold_open(question: Question, by: Actor, seen: int) -> Question:
    """For whoever decides what becomes of it: the desk, as long as nothing else was decided."""
    question = _hold(question, by, seen)
    if question.state != QuestionState.OPEN:
        raise ValidationError(NOT_OPEN % question.get_state_display())
    return question


def _hold(question: Question, by: Actor, seen: int) -> Question:
    meeting = hold_to_record(question.meeting, by)
    question = hold(meeting.questions.all(), question.pk)
    refuse_stale(question, seen)
    return question


def _done(name: str, question: Question, by: Actor, **changes: Any) -> Question:
    record(by=by, action=name, target=question, **changes)
    settle_questions(question.meeting)
    return question


def _refuse_strangers(question: Question, person: Membership | None, item: AgendaItem | None) -> None:
    """Both are chosen among the group's; who asked answers to nobody."""
    if person and person.group_id != question.meeting.group_id:
        raise ValidationError({"routed_to": _("回答をお願いする方は、この会議の名簿から選んでください。")})
    if person and person.pk == question.asker_id:
        raise ValidationError({"routed_to": _("質問した方以外の方を選んでください。")})
    if item and item.meeting_id != question.meeting_id:
        raise ValidationError({"routed_item": _("議題は、この会議の次第から選んでください。")})


def _keep_revision(reply_pk: int, by: Actor) -> None:
    """The reply says something else now. A page of the form that is still open is known as stale."""
    reply = Reply.objects.whole().get(pk=reply_pk)
    now = clock.now()
    write(reply, changed_at=now)
    ReplyRevision.objects.create(
        reply=reply, number=reply.version, content=content_of(reply), by=by.user, via=by.via, at=now
    )
