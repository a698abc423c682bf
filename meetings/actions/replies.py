"""Replies to the survey: drafted, given and changed until the deadline, left with or entered by the desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.calendar import wareki
from meetings import policy
from meetings.actions._answering import asked_person, asks_of, lock, lock_for_desk, stored_reply, tell
from meetings.actions._letter_writer import LetterWriter
from meetings.actions.letters import settle_questions, withdraw
from meetings.letters import readers
from meetings.models import LateReply, Letter, Reply, ReplyDraft, ReplyRevision, Survey, SurveyExtension
from meetings.states import LetterKind, MeetingState, SectionKind
from meetings.survey.content import Questionnaire, changes, content_of, wants_receipt
from meetings.survey.section import Content
from meetings.survey.sections import SECTIONS
from meetings.survey.sections.attendance import NOTHING_SAID
from members.models import Membership

# Whoever has answered is not asked any more.
ASKING = [LetterKind.REMIND, LetterKind.DEADLINE]
QUESTIONS = {SectionKind.MEMBER_QUESTIONS, SectionKind.TALK_QUESTIONS}


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
    survey = lock(survey, membership)
    before = stored_reply(survey, membership)
    if before and content_of(before, content) == content and before.is_for(survey.meeting):
        return before
    asks = asks_of(survey, membership, content)
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
    survey = lock_for_desk(survey, membership, by)
    before = stored_reply(survey, membership)
    if before and content_of(before, content) == content and before.is_for(survey.meeting):
        return before
    asks = asks_of(survey, membership, content)
    _refuse_if_stale(before, content, idempotency_key, seen)
    return _write("meetings.enter_reply", asks, before, content, by=by.at_the_desk(), key=idempotency_key)


@action
def take_over_attendance(
    *, survey: Survey, membership: Membership, values: dict[str, Any], by: Actor, key: UUID, seen: int
) -> Reply:
    """By the desk: attendance as another form has it, beside all else that was answered."""
    survey = lock_for_desk(survey, membership, by)
    before = stored_reply(survey, membership)
    if (before.version if before else 0) != seen:
        raise ValidationError(
            _("確認している間に%sの回答が変わりました。何も取り込んでいません。もう一度確認してください。")
            % membership.with_honorific
        )
    known = content_of(before) or {}
    attendance = known.get(SectionKind.ATTENDANCE, NOTHING_SAID) | values | {"substitute_title": ""}
    content = {SectionKind.ATTENDANCE.value: attendance}
    asks = asks_of(survey, membership, content)
    beside = {kind: part for kind, part in known.items() if kind in survey.kinds and kind not in content}
    return _write("meetings.import_replies", asks, before, content, by=by.at_the_desk(), key=key, beside=beside)


@action
def leave_with_desk(*, survey: Survey, membership: Membership, by: Actor) -> LateReply:
    """After the deadline a person hands over what they had typed. It stands for nothing until the desk says so."""
    demand(by.user == membership.user, _("預けられるのは御本人だけです。"))
    survey = lock(survey, membership)
    if not policy.is_late(survey):
        raise ValidationError(_("事務局に預けられるのは、回答期限の後、開催済みになるまでの間だけです。"))
    membership = asked_person(survey, membership)
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
    survey = lock_for_desk(late.survey, late.membership, by)
    late = hold(LateReply.objects.filter(dismissed_at=None), late.pk)
    refuse_stale(late, seen)
    asks = asks_of(survey, late.membership, content)
    before = stored_reply(survey, late.membership)
    name = "meetings.take_over_late_reply"
    return _write(name, asks, before, content, by=by.at_the_desk(), key=idempotency_key)


@action
def dismiss_late_reply(*, late: LateReply, by: Actor, seen: int) -> LateReply:
    """The desk does not take it over. Its writer still reads it, and is told so on the same page."""
    survey = lock_for_desk(late.survey, late.membership, by)
    late = hold(LateReply.objects.filter(dismissed_at=None), late.pk)
    refuse_stale(late, seen)
    write(late, dismissed_at=survey.clock)
    record(by=by, action="meetings.dismiss_late_reply", target=survey.meeting, membership=late.membership_id)
    return late


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
    survey = lock(survey, membership)
    demand(policy.can_run(by.user, survey.meeting), _("期限の延長は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("期限は、開催通知の後、開催済みになるまでの間だけ延長できます。"))
    membership = asked_person(survey, membership)
    if until <= survey.clock or until <= survey.closes_at:
        raise ValidationError({"until": _("延長後の期限は、今の時刻と元の期限より後にしてください。")})
    if survey.meeting.starts_at and until > survey.meeting.starts_at:
        raise ValidationError({"until": _("延長後の期限は、会議の開始までにしてください。")})
    extension = SurveyExtension.objects.filter(survey=survey, membership=membership).first()
    extension = extension or SurveyExtension(survey=survey, membership=membership)
    write(extension, until=until)
    record(by=by, action="meetings.extend", target=survey.meeting, membership=membership.pk, until=until)
    (reader,) = readers(survey.meeting, [membership])
    LetterWriter(survey.meeting, by=by, at_once=True).write_all(LetterKind.EXTEND, [reader])
    return extension


def closed_sentence(survey: Survey) -> str:
    """Why no answer is taken now."""
    if survey.meeting.state != MeetingState.ANNOUNCED:
        return _("この会議の回答の受付は終わりました。")
    if survey.clock < survey.opens_at:
        return _("回答の受付は%sからです。") % wareki.datetime(survey.opens_at)
    return _("回答期限（%s）を過ぎたため、受付は終了しました。") % wareki.datetime(survey.closes_for)


def _refuse_if_stale(before: Reply | None, content: Content, key: UUID, seen: int) -> None:
    """A page may change the reply that it gave itself; any other must know the newest version.

    What was received before and comes again is the network's doing, perhaps: it takes nothing newer away.
    """
    if before is None or before.version == seen:
        return
    if before.idempotency_key != key or before.revisions.filter(content=content).exists():
        raise Conflict(before)


def _write(
    name: str,
    asks: Questionnaire,
    before: Reply | None,
    content: Content,
    *,
    by: Actor,
    key: UUID,
    beside: Content | None = None,
) -> Reply:
    """The reply and its rows, the revision that keeps what it said, the event, and the receipt.

    `beside` stands in the reply already, and is not written again.
    """
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
        reply=reply,
        number=reply.version,
        content=(beside or {}) | content,
        by=by.user,
        via=by.via,
        at=survey.clock,
    )
    _end_what_waits(survey, membership)
    changed = changes(known, content)
    record(by=by, action=name, target=reply, changed=changed)
    if not QUESTIONS.isdisjoint(changed):
        settle_questions(survey.meeting)
    if wants_receipt(known, content):
        tell("receipt", reply, survey, membership)
    return reply


def _end_what_waits(survey: Survey, membership: Membership) -> None:
    """Drafts, what was left after the deadline, and letters that would ask for what is answered."""
    for waiting in (ReplyDraft, LateReply):
        waiting.objects.filter(survey=survey, membership=membership).delete()
    withdraw(Letter.objects.waiting().filter(meeting=survey.meeting, membership=membership, kind__in=ASKING))


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
