"""Replies to the survey: drafted, given and changed until the deadline, left with or entered by the desk."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.calendar import wareki
from meetings import emails, policy
from meetings.actions.letters import LetterWriter, withdraw
from meetings.letters import readers
from meetings.models import (
    LateReply,
    Letter,
    Question,
    Reply,
    ReplyDraft,
    ReplyRevision,
    Survey,
    SurveyExtension,
)
from meetings.states import LetterKind, MeetingState
from meetings.survey.content import Questionnaire, changes, content_of, questionnaire, wants_receipt
from meetings.survey.section import Content
from meetings.survey.sections import SECTIONS
from members.models import Membership, PersonalLink
from members.states import Purpose

# Whoever has answered is not asked any more.
ASKING = [LetterKind.REMIND, LetterKind.DEADLINE]


@action
def reply(
    *,
    survey: Survey,
    membership: Membership,
    by: Actor,
    content: Content,
    idempotency_key: UUID,
    seen: int,
) -> Reply:
    """Take a person's own reply. What is stored already is acknowledged again, also after the deadline."""
    demand(by.user == membership.user, _("回答できるのは御本人だけです。"))
    survey = _lock(survey, membership)
    before = _stored(survey, membership)
    if before and content_of(before, content) == content and before.is_for(survey.meeting):
        return before
    asks = _questionnaire(survey, membership, content)
    if not policy.is_open(survey):
        ask = _("変更は%sへ御連絡ください。") % survey.meeting.group.contact
        raise ValidationError(closed_sentence(survey) + ask, code="closed")
    _refuse_if_stale(before, content, idempotency_key, seen)
    return _write("meetings.reply", asks, before, content, by=by, key=idempotency_key)


@action
def enter_reply(
    *,
    survey: Survey,
    membership: Membership,
    by: Actor,
    content: Content,
    idempotency_key: UUID,
    seen: int,
) -> Reply:
    """The desk writes down what a person said by telephone: until the meeting is held, and marked as such."""
    survey = _lock_for_desk(survey, membership, by)
    before = _stored(survey, membership)
    if before and content_of(before, content) == content and before.is_for(survey.meeting):
        return before
    asks = _questionnaire(survey, membership, content)
    _refuse_if_stale(before, content, idempotency_key, seen)
    return _write("meetings.enter_reply", asks, before, content, by=by.at_the_desk(), key=idempotency_key)


@action
def leave_with_desk(*, survey: Survey, membership: Membership, by: Actor) -> LateReply:
    """After the deadline a person hands over what they had typed. It stands for nothing until the desk says so."""
    demand(by.user == membership.user, _("預けられるのは御本人だけです。"))
    survey = _lock(survey, membership)
    if not policy.is_late(survey):
        raise ValidationError(_("事務局に預けられるのは、回答期限の後、開催済みになるまでの間だけです。"))
    membership = _asked(survey, membership)
    draft = ReplyDraft.objects.filter(survey=survey, membership=membership).first()
    if draft is None:
        raise ValidationError(_("事務局に預ける内容がありません。"))
    late = LateReply.objects.filter(survey=survey, membership=membership).first()
    late = late or LateReply(survey=survey, membership=membership, version=0)
    late.data, late.left_at, late.dismissed_at = draft.data, survey.clock, None
    late.version += 1
    late.save()
    draft.delete()
    record(by=by, action="meetings.leave_with_desk", target=survey.meeting, membership=membership.pk)
    return late


@action
def take_over_late_reply(
    *, late: LateReply, by: Actor, content: Content, idempotency_key: UUID, seen: int
) -> Reply:
    """The desk makes a reply of what was left with it, as if it had been told by telephone."""
    survey = _lock_for_desk(late.survey, late.membership, by)
    late = hold(LateReply.objects.filter(dismissed_at=None), late.pk)
    refuse_stale(late, seen)
    asks = _questionnaire(survey, late.membership, content)
    before = _stored(survey, late.membership)
    name = "meetings.take_over_late_reply"
    return _write(name, asks, before, content, by=by.at_the_desk(), key=idempotency_key)


@action
def dismiss_late_reply(*, late: LateReply, by: Actor, seen: int) -> LateReply:
    """The desk does not take it over. Its writer still reads it, and is told so on the same page."""
    survey = _lock_for_desk(late.survey, late.membership, by)
    late = hold(LateReply.objects.filter(dismissed_at=None), late.pk)
    refuse_stale(late, seen)
    write(late, dismissed_at=survey.clock)
    record(by=by, action="meetings.dismiss_late_reply", target=survey.meeting, membership=late.membership_id)
    return late


@action
def withdraw_reply(*, survey: Survey, membership: Membership, by: Actor, seen: int) -> Reply:
    """A person takes the whole answer back, until the deadline: they have not answered, and are asked again."""
    demand(by.user == membership.user, _("回答を取り消せるのは御本人だけです。"))
    survey = _lock(survey, membership)
    stored = _stored(survey, membership)
    if stored and not stored.stands:
        return stored
    if not policy.is_open(survey):
        ask = _("取消しは%sへ御連絡ください。") % survey.meeting.group.contact
        raise ValidationError(closed_sentence(survey) + ask, code="closed")
    return _take_back("meetings.withdraw_reply", survey, stored, by=by, seen=seen)


@action
def withdraw_for(*, survey: Survey, membership: Membership, by: Actor, seen: int) -> Reply:
    """The desk does it for somebody who asked for it, and is marked as who did."""
    survey = _lock_for_desk(survey, membership, by)
    stored = _stored(survey, membership)
    if stored and not stored.stands:
        return stored
    return _take_back("meetings.withdraw_for", survey, stored, by=by.at_the_desk(), seen=seen)


@action
def save_draft(*, survey: Survey, membership: Membership, by: Actor, data: dict[str, list[str]]) -> ReplyDraft:
    """Keep what was typed, as typed. Nobody else sees it, so the audit log does not tell of it."""
    demand(by.user == membership.user, _("下書きを保存できるのは御本人だけです。"))
    draft, _created = ReplyDraft.objects.update_or_create(
        survey=survey, membership=membership, defaults={"data": data, "saved_at": Now()}
    )
    # The page that follows shows the moment; until now it is only a word to the database.
    draft.refresh_from_db(fields=["saved_at"])
    return draft


@action
def discard_draft(*, survey: Survey, membership: Membership, by: Actor) -> None:
    """What was accepted stays as it is."""
    demand(by.user == membership.user, _("下書きを捨てられるのは御本人だけです。"))
    ReplyDraft.objects.filter(survey=survey, membership=membership).delete()


@action
def extend(*, survey: Survey, membership: Membership, by: Actor, until: datetime) -> SurveyExtension:
    """Give one person more time, and tell them."""
    survey = _lock(survey, membership)
    demand(policy.can_run(by.user, survey.meeting), _("期限の延長は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("期限は、開催通知の後、開催済みになるまでの間だけ延長できます。"))
    membership = _asked(survey, membership)
    if until <= survey.clock or until <= survey.closes_at:
        raise ValidationError({"until": _("延長後の期限は、今の時刻と元の期限より後にしてください。")})
    if survey.meeting.starts_at and until > survey.meeting.starts_at:
        raise ValidationError({"until": _("延長後の期限は、会議の開始までにしてください。")})
    extension = SurveyExtension.objects.filter(survey=survey, membership=membership).first()
    extension = extension or SurveyExtension(survey=survey, membership=membership)
    write(extension, until=until)
    record(by=by, action="meetings.extend", target=survey.meeting, membership=membership.pk, until=until)
    (reader,) = readers(survey.meeting, [membership])
    LetterWriter(survey.meeting, by=by, at_once=True).write(LetterKind.EXTEND, reader)
    return extension


def kept_questions(reply: Reply) -> list[Question]:
    """What stays although the reply is withdrawn."""
    return list(reply.questions.kept().select_related("addressee__user", "item"))


def closed_sentence(survey: Survey) -> str:
    """Why no answer is taken now."""
    if survey.meeting.state != MeetingState.ANNOUNCED:
        return _("この会議の回答の受付は終わりました。")
    if survey.clock < survey.opens_at:
        return _("回答の受付は%sからです。") % wareki.datetime(survey.opens_at)
    return _("回答期限（%s）を過ぎたため、受付は終了しました。") % wareki.datetime(survey.closes_for)


def _lock_for_desk(survey: Survey, membership: Membership, by: Actor) -> Survey:
    survey = _lock(survey, membership)
    demand(policy.can_run(by.user, survey.meeting), _("回答の入力は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("開催通知の後、開催済みになるまでの間だけ入力できます。"))
    return survey


def _lock(survey: Survey, membership: Membership) -> Survey:
    """Hold the person's row, through which every answer of theirs passes, then read deadline and clock.

    Two queries on purpose: a clock read in the locking query would be read before the wait for the lock,
    and an answer could be written after its deadline.
    """
    Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.pk)
    return (
        Survey.objects.for_person(membership)
        .select_related("meeting__group__contact_department")
        .get(pk=survey.pk)
    )


def _stored(survey: Survey, membership: Membership) -> Reply | None:
    return Reply.objects.whole().filter(survey=survey, membership=membership).first()


def _questionnaire(survey: Survey, membership: Membership, content: Content) -> Questionnaire:
    """What is asked of the person as of the day of the meeting; anything else in `content` is refused."""
    asks = questionnaire(survey, _asked(survey, membership))
    if refusal := asks.refusal(content):
        raise ValidationError(refusal)
    return asks


def _asked(survey: Survey, membership: Membership) -> Membership:
    """The person with category and department as of the day of the meeting."""
    person = survey.meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if person is None:
        raise PermissionDenied(
            _("この会議の出欠回答の対象者に登録されていないため、回答できません。%sへ御連絡ください。")
            % survey.meeting.group.contact
        )
    return person


def _refuse_if_stale(before: Reply | None, content: Content, key: UUID, seen: int) -> None:
    """A page may change the reply that it gave itself; any other must know the newest version.

    What was received before and comes again is the network's doing, perhaps: it takes nothing newer away.
    """
    if before is None or before.version == seen:
        return
    if before.idempotency_key != key or before.revisions.filter(content=content).exists():
        raise Conflict(before)


def _write(
    name: str, asks: Questionnaire, before: Reply | None, content: Content, *, by: Actor, key: UUID
) -> Reply:
    """The reply and its rows, the revision that keeps what it said, the event, and the receipt."""
    survey, membership = asks.survey, asks.membership
    known = content_of(before, content)
    reply = before or Reply(survey=survey, membership=membership, version=0)
    if known is None:
        reply.answered_at = survey.clock
    _save(reply, content, by=by, key=key, at=survey.clock)
    for section, asked in asks:
        if section.kind in content:
            section.write(reply, content[section.kind], asked)
    ReplyRevision.objects.create(
        reply=reply, number=reply.version, content=content, by=by.user, via=by.via, at=survey.clock
    )
    for waiting in (ReplyDraft, LateReply):
        waiting.objects.filter(survey=survey, membership=membership).delete()
    withdraw(Letter.objects.waiting().filter(meeting=survey.meeting, membership=membership, kind__in=ASKING))
    record(by=by, action=name, target=reply, changed=changes(known, content))
    if wants_receipt(known, content):
        _tell("receipt", reply, survey, membership)
    return reply


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
    record(by=by, action=name, target=stored, questions_kept=kept)
    _tell("withdrawn", stored, survey, stored.membership)
    return stored


def _save(reply: Reply, content: Content, *, by: Actor, key: UUID, at: datetime) -> None:
    """`at` is the moment that was held against the deadline: no reply is dated later than it was judged."""
    for kind, part in content.items():
        SECTIONS[kind].prepare(reply, part)
    reply.entered_by, reply.idempotency_key = by.user, key
    reply.withdrawn_at = reply.withdrawn_by = None
    reply.said_for = reply.survey.meeting.starts_at
    reply.version += 1
    reply.changed_at = at
    reply.full_clean(exclude=["survey", "membership", "entered_by"])
    reply.save()


def _tell(name: str, reply: Reply, survey: Survey, membership: Membership) -> None:
    """What was received, or taken back, as an email: nobody's answer changes without a word to them."""
    emails.send(
        name,
        meeting=survey.meeting,
        membership=membership,
        link=PersonalLink.objects.filter(membership=membership, purpose=Purpose.MEETING).first(),
        key=str(reply.version),
        at_once=True,
        survey=survey,
        is_open=policy.is_open(survey),
        reply=reply,
    )
