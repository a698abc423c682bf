"""An answer that is taken back: its person has not answered, until they answer anew."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, demand, record, refuse_stale
from meetings import policy
from meetings.actions._answering import lock, lock_for_desk, stored_reply, tell
from meetings.actions.letters import settle_questions, withdraw
from meetings.actions.replies import closed_sentence
from meetings.models import Letter, Question, Reply, ReplyRevision, Survey
from meetings.states import LetterKind
from meetings.survey.sections import SECTIONS
from members.models import Membership


@action
def withdraw_reply(*, survey: Survey, membership: Membership, by: Actor, seen: int) -> Reply:
    """A person takes the whole answer back, until the deadline: they have not answered, and are asked again."""
    demand(by.user == membership.user, _("回答を取り消せるのは御本人だけです。"))
    survey = lock(survey, membership)
    stored = stored_reply(survey, membership)
    if stored and not stored.stands:
        return stored
    if not policy.is_open(survey):
        ask = _("取消しは%sへ御連絡ください。") % survey.meeting.group.contact
        raise ValidationError(closed_sentence(survey) + ask, code="closed")
    return _take_back("meetings.withdraw_reply", survey, stored, by=by, seen=seen)


@action
def withdraw_for(*, survey: Survey, membership: Membership, by: Actor, seen: int) -> Reply:
    """The desk does it for somebody who asked for it, and is marked as who did."""
    survey = lock_for_desk(survey, membership, by)
    stored = stored_reply(survey, membership)
    if stored and not stored.stands:
        return stored
    return _take_back("meetings.withdraw_for", survey, stored, by=by.at_the_desk(), seen=seen)


def kept_questions(reply: Reply) -> list[Question]:
    """What stays although the reply is withdrawn."""
    return list(reply.questions.kept().select_related("addressee__user", "item"))


def _take_back(name: str, survey: Survey, stored: Reply | None, *, by: Actor, seen: int) -> Reply:
    """The row and its revisions stay; nothing that it said counts any more, but what others have answered."""
    if stored is None:
        raise ValidationError(_("取り消す回答がありません。"))
    refuse_stale(stored, seen)
    kept = [question.pk for question in kept_questions(stored)]
    for section in SECTIONS.values():
        section.take_back(stored)
    stored.withdrawn_at, stored.withdrawn_by, stored.changed_at = survey.clock, by.user, survey.clock
    stored.version += 1
    stored.save()
    ReplyRevision.objects.create(
        reply=stored, number=stored.version, content={}, by=by.user, via=by.via, at=survey.clock
    )
    # Of tomorrow it told somebody who said that they come.
    told = Letter.objects.waiting().filter(meeting=survey.meeting, membership=stored.membership)
    withdraw(told.filter(kind=LetterKind.EVE))
    settle_questions(survey.meeting)
    record(by=by, action=name, target=stored, questions_kept=kept)
    tell("withdrawn", stored, survey, stored.membership)
    return stored
