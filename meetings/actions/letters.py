"""What people are told of a meeting: written, replaced before it leaves, taken back, handed out."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import SYSTEM, Actor, action, demand, hold, record, write
from foundation.db import clock
from foundation.mail import outbox
from meetings import policy
from meetings.actions._letter_writer import WITHOUT_A_DAY, LetterWriter
from meetings.actions._shared import hold_to_correct, hold_to_prepare
from meetings.letters import (
    RENEWED,
    TELLS_NOTHING,
    Reader,
    called,
    is_true,
    readers,
    to_remind,
    without_news,
)
from meetings.models import DatePoll, Letter, Meeting, Question, Survey
from meetings.states import OF_DATES, LetterKind, MeetingState
from members.models import Membership

GONE = gettext_lazy("この通知は、既に送信を始めたか、配布済みのため、取り消せません。")
HANDED = gettext_lazy("この通知は、取り消したか、既に配布済みです。画面を読み込み直して御確認ください。")
NONE_TICKED = gettext_lazy("通知にチェックを入れてから、もう一度操作してください。")
NOTHING_NEW = gettext_lazy("お知らせしていない資料はありません。お知らせ済みか、送信又は配布を待っています。")


def settle(
    meeting: Meeting,
    *,
    by: Actor,
    people: Iterable[Membership] | None = None,
    also_new: bool = False,
    at_once: bool = False,
) -> list[Letter]:
    """Everybody who was called is told what is true now: part of an action that has locked the meeting.

    What waits and is no longer true is withdrawn, and replaced where something is still to be told; whoever left
    the group is written to no more. `also_new` calls those too who were not called yet.
    """
    found = readers(meeting, people)
    _withdraw_from_strangers(meeting, found if people is None else None)
    meant = [reader for reader in found if reader.is_called or also_new]
    with LetterWriter(meeting, by=by, at_once=at_once) as writer:
        writer.prepare([reader.person for reader in meant])
        stale = {
            reader.person.pk: [letter for letter in reader.waiting if not is_true(letter, writer.now(reader))]
            for reader in meant
        }
        waiting = [letter for own in stale.values() for letter in own]
        gone = withdraw(waiting) if waiting else set()
        # A worker was faster with one of them: its reader knows it now.
        late = {letter.membership_id for letter in waiting if letter.pk not in gone}
        known = readers(meeting, [reader.person for reader in meant if reader.person.pk in late]) if late else []
        anew = {reader.person.pk: reader for reader in known}
        for reader in meant:
            _settle_with(writer, anew.get(reader.person.pk, reader), stale[reader.person.pk], gone)
    return writer.written


def _settle_with(writer: LetterWriter, reader: Reader, stale: list[Letter], gone: set[int]) -> None:
    now = writer.now(reader)
    right = [letter for letter in reader.waiting if is_true(letter, now) and letter.kind not in TELLS_NOTHING]
    kind = reader.due(writer.meeting, now)
    if kind and not right:
        writer.write(kind, reader)
    for letter in stale:
        stands_alone = letter.kind in TELLS_NOTHING or not kind
        if letter.pk in gone and letter.kind in RENEWED and stands_alone:
            _write_again(writer, reader, letter)


def _write_again(writer: LetterWriter, reader: Reader, letter: Letter) -> None:
    if letter.kind != LetterKind.QUESTIONS:
        writer.write_again(letter, reader)
    elif asked := _still_asked(letter):
        _write_of_questions(writer, reader, asked)


def settle_questions(meeting: Meeting) -> None:
    """A letter of questions that waits tells of those alone that still stand and are not answered.

    Part of whatever has changed a question or its answers. What is dropped from a letter is told anew, should it
    ever stand again.
    """
    waiting = Letter.objects.waiting().filter(meeting=meeting, kind=LetterKind.QUESTIONS)
    stale = [letter for letter in waiting if str(len(_still_asked(letter))) != letter.facts.get("count")]
    if not stale:
        return
    gone = withdraw(stale)
    people = Membership.objects.filter(pk__in=[letter.membership_id for letter in stale])
    found = {reader.person.pk: reader for reader in readers(meeting, _as_of_the_day(meeting, people))}
    with LetterWriter(meeting, by=SYSTEM) as writer:
        for letter in stale:
            if letter.pk not in gone:
                continue
            told = Question.objects.filter(pk__in=letter.facts.get("questions", []))
            told.exclude(pk__in=_still_asked(letter)).update(told_at=None)
            if letter.membership_id in found:
                _write_again(writer, found[letter.membership_id], letter)


def _still_asked(letter: Letter) -> list[int]:
    """Of the questions of this letter; of one that does not say which, whatever its reader was told of."""
    asked = Question.objects.asked_of([letter.membership_id]).unanswered().filter(meeting=letter.meeting_id)
    if "questions" in letter.facts:
        asked = asked.filter(pk__in=letter.facts["questions"])
    return list(asked.exclude(told_at=None).order_by("pk").values_list("pk", flat=True))


def _write_of_questions(writer: LetterWriter, reader: Reader, questions: list[int]) -> None:
    writer.write(LetterKind.QUESTIONS, reader, count=str(len(questions)), questions=questions)


def call_off(meeting: Meeting, *, by: Actor, reason: str, at_once: bool = False) -> list[Letter]:
    """What waits is withdrawn; whoever has heard of the meeting hears that it is cancelled.

    Who was only asked on which days they can come is told of no day.
    """
    heard = [reader for reader in called(meeting) if reader.has_heard or reader.knows_of_dates]
    withdraw(Letter.objects.waiting().filter(meeting=meeting))
    with LetterWriter(meeting, by=by, at_once=at_once, reason=reason) as writer:
        writer.prepare([reader.person for reader in heard])
        for reader in heard:
            more = {} if reader.has_heard else {WITHOUT_A_DAY: "1"}
            writer.write(LetterKind.CANCEL, reader, **more)
    return writer.written


def withdraw(letters: Iterable[Letter]) -> set[int]:
    """Those of these that have not left never will. Returns their keys."""
    waiting = Letter.objects.waiting().filter(pk__in=[letter.pk for letter in letters]).with_email()
    rows = list(waiting)
    stopped = outbox.stop([letter.email for letter in rows if letter.email])
    gone = {letter.pk for letter in rows if letter.by_paper or letter.email_id in stopped}
    Letter.objects.filter(pk__in=gone).update(withdrawn_at=Now())
    return gone


def withdraw_dates(meeting: Meeting) -> None:
    """The meeting has a day, or was held: nobody is asked any more on which days they can come."""
    withdraw(Letter.objects.waiting().filter(meeting=meeting, kind__in=OF_DATES))


def _withdraw_from_strangers(meeting: Meeting, found: list[Reader] | None) -> None:
    if found is not None:
        asked = [reader.person.pk for reader in found]
        withdraw(Letter.objects.waiting().filter(meeting=meeting).exclude(membership__in=asked))


# In one press, at the desk


@action
def tell_all(*, meeting: Meeting, by: Actor) -> int:
    """Call who joined later, and tell again what was taken back: whatever is due and does not wait already."""
    meeting = hold_to_prepare(meeting, by)
    _refuse_unless_called(meeting)
    written = settle(meeting, by=by, also_new=True)
    if not written:
        raise ValidationError(_("お知らせが必要な方は、ほかにいません。"))
    record(by=by, action="meetings.tell_all", target=meeting, letters=len(written))
    return len(written)


@action
def withdraw_letters(*, meeting: Meeting, by: Actor, letters: Collection[int]) -> int:
    """Take back what has not left, and the paper that was not handed out.

    Where nobody has heard of the meeting then, its call is not made any more. The same with the question on which
    days people can come: nobody has been asked then.
    """
    meeting = hold_to_correct(meeting, by)
    poll = DatePoll.objects.asked().filter(meeting=meeting).first()
    if not poll and meeting.state != MeetingState.HELD:
        _refuse_unless_called(meeting)
    _refuse_none(letters)
    gone = withdraw(meeting.letters.filter(pk__in=letters))
    if not gone:
        raise ValidationError(GONE)
    record(by=by, action="meetings.withdraw_letters", target=meeting, letters=len(gone))
    standing = set(Letter.objects.standing().filter(meeting=meeting).values_list("kind", flat=True))
    if meeting.state == MeetingState.HELD:
        return len(gone)
    if not standing - OF_DATES and not _has_answers(meeting):
        write(meeting, state=MeetingState.DRAFT, announced_at=None)
    if poll and not standing & OF_DATES and not poll.replies.exists():
        write(poll, asked_at=None)
    return len(gone)


@action
def hand_out(*, meeting: Meeting, by: Actor, letters: Collection[int]) -> int:
    """The desk has given these papers to their readers; also those that tell of a cancellation."""
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    demand(policy.can_run(by.user, meeting), _("配布の記録は、事務局の担当者だけが行えます。"))
    _refuse_none(letters)
    papers = Letter.objects.waiting().filter(meeting=meeting, by_paper=True, pk__in=letters)
    handed = Letter.objects.filter(pk__in=list(papers.values_list("pk", flat=True))).update(handed_at=clock.now())
    if not handed:
        raise ValidationError(HANDED)
    record(by=by, action="meetings.hand_out", target=meeting, letters=handed)
    return handed


@action
def tell_of_materials(*, meeting: Meeting, by: Actor) -> int:
    """Whoever was called hears what they do not know yet of the materials: all of it in one letter."""
    meeting = hold_to_prepare(meeting, by)
    _refuse_unless_called(meeting)
    found = without_news(meeting, readers(meeting))
    with LetterWriter(meeting, by=by) as writer:
        writer.prepare([reader.person for reader in found])
        for reader in found:
            writer.write_of_materials(reader)
    if not writer.written:
        raise ValidationError(NOTHING_NEW)
    record(by=by, action="meetings.tell_of_materials", target=meeting, letters=len(writer.written))
    return len(writer.written)


# By the clock


@action
def remind_by_the_clock(*, meeting: Meeting, by: Actor) -> int:
    """Those who have not answered, on the morning that the survey's settings name (meetings/jobs.py)."""
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    due = [reader for reader in readers(meeting, to_remind(meeting)) if not reader.waiting]
    return _write_by_the_clock(meeting, LetterKind.REMIND, due, by, "meetings.remind_by_the_clock")


@action
def write_eve(*, meeting: Meeting, by: Actor) -> int:
    """Place, papers and, for those who come online, the address: to all who said that they come."""
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    found = readers(meeting) if meeting.state == MeetingState.ANNOUNCED else []
    coming = [reader for reader in found if reader.comes_to(meeting) and not reader.knows_of_eve(meeting)]
    return _write_by_the_clock(meeting, LetterKind.EVE, coming, by, "meetings.write_eve")


@action
def tell_of_questions(*, meeting: Meeting, by: Actor) -> int:
    """All that was put to a person since the last time, in one letter; what they answered already is not told."""
    meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
    # Whoever takes one back at this moment is waited for, or waits and then finds this letter (settle_questions).
    new = Question.objects.standing().unanswered().filter(meeting=meeting, told_at=None)
    new = new.select_for_update(of=("self",), no_key=True)
    new = new.select_related(
        "addressee__user", "item__presenter__user", "routed_to__user", "routed_item__presenter__user"
    )
    asked: dict[Membership, list[int]] = defaultdict(list)
    for question in new:
        if question.asked_person:
            asked[question.asked_person].append(question.pk)
    with LetterWriter(meeting, by=by) as writer:
        for reader in readers(meeting, _as_of_the_day(meeting, asked)):
            Question.objects.filter(pk__in=asked[reader.person]).update(told_at=Now())
            _write_of_questions(writer, reader, asked[reader.person])
    if writer.written:
        record(by=by, action="meetings.tell_of_questions", target=meeting, letters=len(writer.written))
    return len(writer.written)


def _as_of_the_day(meeting: Meeting, people: Iterable[Membership]) -> list[Membership]:
    """Those of them who take part, each with section and title."""
    own = meeting.group.memberships.filter(pk__in=[person.pk for person in people])
    return list(own.on(meeting.day).select_related("user").in_roster_order())


def _write_by_the_clock(meeting: Meeting, kind: LetterKind, found: list[Reader], by: Actor, name: str) -> int:
    written = LetterWriter(meeting, by=by).write_all(kind, found)
    if written:
        record(by=by, action=name, target=meeting, letters=len(written))
    return len(written)


def _refuse_unless_called(meeting: Meeting) -> None:
    if meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("開催通知を送る手続をした後に、もう一度操作してください。"))


def _refuse_none(chosen: Collection[int]) -> None:
    if not chosen:
        raise ValidationError(NONE_TICKED)


def _has_answers(meeting: Meeting) -> bool:
    return Survey.objects.filter(meeting=meeting, replies__isnull=False).exists()
