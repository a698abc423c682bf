"""日程調整: candidate days put to the people of a meeting, answered, and one of them taken as its day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, Conflict, action, demand, hold, record, refuse_stale, write
from foundation.calendar import wareki
from foundation.db import clock
from meetings import dates, policy, proposals
from meetings.actions._letter_writer import LetterWriter
from meetings.actions._shared import hold_to_prepare
from meetings.actions.letters import withdraw
from meetings.actions.meetings import by_email, edit_meeting
from meetings.dates import facts_of_dates, letters_of_dates
from meetings.letters import Reader, readers
from meetings.models import DateChoice, DateOption, DatePoll, DateReply, Letter, Meeting, Survey
from meetings.states import OF_DATES, LetterKind, MeetingState
from members.actions.links import refuse_without_purpose
from members.models import Membership

MOST = 10
Day = tuple[datetime, datetime]
NOBODY_TO_REMIND = gettext_lazy(
    "再案内を送る方がいません。未回答で、回答期限がまだ過ぎておらず、本日まだお知らせを送っていない方を選んでください。"
)


@action
def set_dates(
    *, meeting: Meeting, by: Actor, seen: int, closes_at: datetime, note: str, days: Sequence[Day]
) -> DatePoll:
    """Name the candidates. What people marked on days that stay, stays; who was asked already is told."""
    meeting = hold_to_prepare(meeting, by)
    _refuse_with_a_day(meeting)
    before = DatePoll.objects.select_for_update(no_key=True).filter(meeting=meeting).first()
    if (before.version if before else 0) != seen:
        raise Conflict(before)
    _refuse_days(days, closes_at)
    poll = before or DatePoll(meeting=meeting)
    changed = write(poll, closes_at=closes_at, note=note)
    moved = _set_days(poll, days)
    if moved and not changed:
        write(poll, version=poll.version + 1)
    record(by=by, action="meetings.set_dates", target=meeting, **changed, days=moved)
    if poll.asked_at:
        _settle(poll, by=by, also_new=False)
    return poll


@action
def send_dates(*, meeting: Meeting, by: Actor, seen: int) -> int:
    """Ask the people of today's roster. Returns how many emails go out."""
    meeting = hold_to_prepare(meeting, by)
    _refuse_with_a_day(meeting)
    poll = _hold(meeting)
    refuse_stale(poll, seen)
    if poll.asked_at:
        raise ValidationError(_("日程調整のお願いは、既に送る手続をしています。"))
    refuse_without_purpose(meeting.group)
    _refuse_days([(day.starts_at, day.ends_at) for day in poll.days], poll.closes_at)
    if not meeting.asked().exists():
        raise ValidationError(_("本日の名簿に、まだどなたもいません。先に「名簿」で参加者を登録してください。"))
    write(poll, asked_at=clock.now())
    sent = by_email(_settle(poll, by=by, also_new=True))
    record(by=by, action="meetings.send_dates", target=meeting, emails=sent)
    return sent


@action
def remind_dates(*, meeting: Meeting, by: Actor, people: Collection[int]) -> int:
    """Ask these once more, or for the first time, as far as they have not answered; nobody twice a day."""
    meeting = hold_to_prepare(meeting, by)
    poll = DatePoll.objects.open().select_related("meeting").filter(meeting=meeting).first()
    late = dates.to_remind_of_dates(poll, readers(meeting)) if poll else []
    chosen = [reader for reader in late if reader.person.pk in people]
    if not poll or not chosen:
        raise ValidationError(NOBODY_TO_REMIND)
    with LetterWriter(poll.meeting, by=by, **facts_of_dates(poll)) as writer:
        writer.prepare([reader.person for reader in chosen])
        for reader in chosen:
            writer.write(LetterKind.REMIND_DATES if letters_of_dates(reader) else LetterKind.DATES, reader)
    sent = by_email(writer.written)
    record(by=by, action="meetings.remind_dates", target=meeting, emails=sent)
    return sent


@action
def answer_dates(
    *, poll: DatePoll, membership: Membership, by: Actor, marks: Mapping[int, str], comment: str, seen: int
) -> DateReply:
    """A person's own answer, until the deadline. What is stored already is acknowledged again, also after it."""
    demand(by.user == membership.user, _("回答できるのは御本人だけです。"))
    poll = _hold(poll.meeting)
    before = _stored(poll, membership)
    if before and _says(before, marks, comment):
        return before
    if not poll.is_open:
        ask = _("変更は%sへ御連絡ください。") % poll.meeting.group.contact
        raise ValidationError(closed_sentence(poll) + ask, code="closed")
    return _answer(
        poll, membership, before, "meetings.answer_dates", marks=marks, comment=comment, seen=seen, by=by
    )


@action
def enter_dates(
    *, poll: DatePoll, membership: Membership, by: Actor, marks: Mapping[int, str], comment: str, seen: int
) -> DateReply:
    """The desk writes down what a person said by telephone: until a day is chosen, and marked as such."""
    poll = _hold(poll.meeting)
    demand(policy.can_run(by.user, poll.meeting), _("回答の入力は、事務局の担当者だけが行えます。"))
    if not poll.is_asking:
        raise ValidationError(_("日程調整のお願いを送った後、開催日を決めるまでの間だけ入力できます。"))
    before = _stored(poll, membership)
    if before and _says(before, marks, comment):
        return before
    by = by.at_the_desk()
    return _answer(
        poll, membership, before, "meetings.enter_dates", marks=marks, comment=comment, seen=seen, by=by
    )


@action
def choose_date(*, meeting: Meeting, option: DateOption, by: Actor, seen: int) -> Meeting:
    """Make it the day of the meeting. Nobody is asked any more, and nobody is told before the call."""
    meeting = hold_to_prepare(meeting, by)
    poll = _hold(meeting)
    if not poll.is_asking:
        raise ValidationError(_("開催日は既に決まっています。"))
    option = hold(poll.options.all(), option.pk)
    if option.starts_at <= clock.now():
        raise ValidationError(_("過ぎた日時です。他の候補日を選ぶか、候補日を改めてください。"))
    had_survey = Survey.objects.filter(meeting=meeting).exists()
    starts_at, ends_at = option.starts_at, option.ends_at
    meeting = edit_meeting(meeting=meeting, by=by, seen=seen, starts_at=starts_at, ends_at=ends_at, date_note="")
    if had_survey:
        _renew_deadline(meeting)
    record(by=by, action="meetings.choose_date", target=meeting, starts_at=option.starts_at.isoformat())
    return meeting


@action
def reopen_dates(*, meeting: Meeting, by: Actor, seen: int) -> Meeting:
    """The meeting has no day again, and answers are taken until the deadline: as long as nobody was called."""
    meeting = hold_to_prepare(meeting, by)
    poll = _hold(meeting)
    if meeting.state != MeetingState.DRAFT or not poll.asked_at or not poll.is_decided:
        raise ValidationError(_("開催日を決めた後、開催通知を送る前だけ、日程調整に戻せます。"))
    note = _("日程調整中")
    meeting = edit_meeting(meeting=meeting, by=by, seen=seen, starts_at=None, ends_at=None, date_note=note)
    record(by=by, action="meetings.reopen_dates", target=meeting)
    return meeting


def closed_sentence(poll: DatePoll) -> str:
    """Why no answer is taken now."""
    if poll.is_decided or poll.meeting.state != MeetingState.DRAFT:
        return _("この会議の日程調整の受付は終わりました。")
    if not poll.asked_at:
        return _("この会議の日程調整は、まだ受付をしていません。")
    return _("回答期限（%s）を過ぎたため、受付は終了しました。") % wareki.datetime(poll.closes_at)


def _hold(meeting: Meeting) -> DatePoll:
    """Every answer passes through the row of the poll: the clock is read after the wait for it."""
    pk = DatePoll.objects.filter(meeting=meeting).values_list("pk", flat=True).first()
    return hold(DatePoll.objects.select_related("meeting__group__contact_department"), pk)


def _refuse_with_a_day(meeting: Meeting) -> None:
    if meeting.state != MeetingState.DRAFT or meeting.starts_at is not None:
        raise ValidationError(_("日程調整は、開催日が決まっていない準備中の会議だけで行えます。"))


def _refuse_days(days: Sequence[Day], closes_at: datetime) -> None:
    if not 1 <= len(days) <= MOST:
        raise ValidationError(_("候補日を、一つ以上%s件以内で入力してください。") % MOST)
    if len(set(days)) < len(days):
        raise ValidationError(_("同じ日時の候補日が二つあります。"))
    if closes_at <= clock.now():
        raise ValidationError(_("回答期限が過ぎています。これからの日時を入力してください。"))
    if closes_at >= min(starts_at for starts_at, _ends_at in days):
        raise ValidationError(_("回答期限は、最も早い候補日の開始より前にしてください。"))


def _set_days(poll: DatePoll, days: Sequence[Day]) -> list[list[str]]:
    """[[those before], [those now]], or nothing where they are the same."""
    before = {(option.starts_at, option.ends_at): option for option in poll.options.all()}
    if set(before) == set(days):
        return []
    gone = [option.pk for day, option in before.items() if day not in days]
    DateChoice.objects.filter(option__in=gone).delete()
    DateOption.objects.filter(pk__in=gone).delete()
    for starts_at, ends_at in days:
        if (starts_at, ends_at) not in before:
            write(DateOption(poll=poll), starts_at=starts_at, ends_at=ends_at)
    vars(poll).pop("days", None)
    return [[starts_at.isoformat() for starts_at, _ends_at in sorted(some)] for some in (before, days)]


def _settle(poll: DatePoll, *, by: Actor, also_new: bool) -> list[Letter]:
    """What waits and is no longer true is replaced; who knows other days is told of these."""
    found = readers(poll.meeting)
    asked = [reader.person.pk for reader in found]
    of_dates = Letter.objects.waiting().filter(meeting=poll.meeting, kind__in=OF_DATES)
    withdraw(of_dates.exclude(membership__in=asked))
    known, now = dates.answered_by(poll), facts_of_dates(poll)
    waiting = [letter for reader in found for letter in letters_of_dates(reader) if letter.is_waiting]
    stale = [letter for letter in waiting if not _says_so(letter, now)]
    gone = withdraw(stale) if stale else set()
    with LetterWriter(poll.meeting, by=by, **now) as writer:
        writer.prepare([reader.person for reader in found])
        for reader in found:
            _settle_with(writer, reader, gone, has_answered=reader.person.pk in known, also_new=also_new)
    return writer.written


def _says_so(letter: Letter, now: Mapping[str, Any], *names: str) -> bool:
    return all(letter.facts.get(name) == now[name] for name in names or now)


def _settle_with(
    writer: LetterWriter, reader: Reader, gone: set[int], *, has_answered: bool, also_new: bool
) -> None:
    now = writer.context
    stale = [letter for letter in letters_of_dates(reader) if letter.is_waiting and not _says_so(letter, now)]
    standing = [letter for letter in letters_of_dates(reader) if letter.pk not in gone]
    if not standing:
        if stale or also_new:
            writer.write(LetterKind.DATES, reader)
        return
    if not _says_so(standing[-1], now, "dates"):
        writer.write(LetterKind.DATES, reader, changed="dates")
    elif not has_answered and not _says_so(standing[-1], now, "dates_until"):
        writer.write(LetterKind.DATES, reader, changed="deadline")
    elif any(letter.pk in gone and letter.kind == LetterKind.REMIND_DATES for letter in stale):
        writer.write(LetterKind.REMIND_DATES, reader)


def _stored(poll: DatePoll, membership: Membership) -> DateReply | None:
    return poll.replies.select_related("membership").filter(membership=membership).first()


def _says(reply: DateReply, marks: Mapping[int, str], comment: str) -> bool:
    """The same page sent twice is one answer."""
    return (reply.marks, reply.comment) == (dict(marks), comment)


def _answer(
    poll: DatePoll,
    membership: Membership,
    before: DateReply | None,
    name: str,
    *,
    marks: Mapping[int, str],
    comment: str,
    seen: int,
    by: Actor,
) -> DateReply:
    if not poll.meeting.asked().filter(pk=membership.pk).exists():
        ask = _("この会議の日程調整の対象者に登録されていないため、回答できません。%sへ御連絡ください。")
        raise PermissionDenied(ask % poll.meeting.group.contact)
    if set(marks) - {option.pk for option in poll.days}:
        raise ValidationError(_("候補日が変更されています。今の候補日を確認して、もう一度回答してください。"))
    if not marks:
        raise ValidationError(_("候補日を一つ以上選んで、○△×を選択してください。"))
    if before and before.version != seen:
        raise Conflict(before)
    reply = before or DateReply(poll=poll, membership=membership)
    write(reply, comment=comment, entered_by=by.user, answered_at=clock.now())
    reply.choices.all().delete()
    DateChoice.objects.bulk_create(DateChoice(option_id=pk, reply=reply, mark=mark) for pk, mark in marks.items())
    own = Letter.objects.waiting().filter(meeting=poll.meeting, membership=membership)
    withdraw(own.filter(kind__in=OF_DATES - {LetterKind.DATES}))
    record(by=by, action=name, target=reply, marks=len(marks))
    return reply


def _renew_deadline(meeting: Meeting) -> None:
    """The form was made for another day: who is called now has as long as is usual."""
    survey, proposed = Survey.objects.get(meeting=meeting), proposals.deadline(meeting.day)
    if proposed > clock.now():
        write(survey, closes_at=proposed)
