"""Those who spoke or are named look at their words before the report goes out: asked, answered, decided on."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import SYSTEM, Actor, action, demand, hold, record, refuse_stale, write
from foundation.db import clock
from meetings import policy
from meetings.actions import record as lines
from meetings.models import Meeting, RecordEntry
from meetings.states import Origin
from members.actions.links import personal_links
from members.models import PersonalLink
from members.policy import DESK_ONLY
from members.states import Purpose
from reports import emails
from reports.actions import override_sentence
from reports.actions._shared import hold_report, refuse_unseen
from reports.compose import compose
from reports.compose.passages import block_of, passages, sha256, who_may_be_asked
from reports.formats.blocks import SpanOrigin
from reports.models import WordsCheck, WordsCorrection, WordsReader
from reports.states import Decision, ReportState


@action
def ask_for_words(*, meeting: Meeting, by: Actor, people: Collection[int], closes_at: datetime) -> WordsCheck:
    """Ask these of the meeting's people; each gets a letter with a link of their own."""
    report = hold_report(meeting, by)
    if report.state == ReportState.APPROVED:
        raise ValidationError(_("決裁・供覧を記録した後は、確認を依頼できません。"))
    _refuse_past(closes_at)
    check = WordsCheck(report=report, asked_by=by.user, silence_consents=report.meeting.group.silence_consents)
    write(check, closes_at=closes_at)
    readers = _add(check, people)
    told = emails.ask_for_words(check, readers, _links(meeting, readers, by), kind="words")
    record(by=by, action="reports.ask_for_words", target=check, people=len(readers), told=len(told))
    return check


@action
def move_words(*, check: WordsCheck, by: Actor, seen: int, closes_at: datetime) -> WordsCheck:
    """Another date; those who have not answered hear of it."""
    check = _hold_check(check, by, seen)
    _refuse_past(closes_at)
    changes = write(check, closes_at=closes_at)
    emails.stop_words(check)
    told = _remind(check, by, kind="words_moved") if changes else 0
    record(by=by, action="reports.move_words", target=check, told=told, **changes)
    return check


@action
def remind_of_words(*, check: WordsCheck, by: Actor, seen: int) -> int:
    check = _hold_check(check, by, seen)
    if not check.takes_answers:
        raise ValidationError(_("確認の期限が過ぎたため、再案内を送れません。先に期限を変更してください。"))
    told = _remind(check, by, kind="words_remind")
    record(by=by, action="reports.remind_of_words", target=check, told=told)
    return told


@action
def remind_of_words_by_the_clock(*, check: WordsCheck, by: Actor) -> int:
    """Once, on the working day before the date. The machine makes no door: it was made with the request."""
    assert by is SYSTEM
    check = hold(WordsCheck.objects.asked().select_related("report__meeting__group"), check.pk)
    told = _remind(check, by, kind="words_remind")
    record(by=by, action="reports.remind_of_words", target=check, told=told)
    return told


@action
def call_off_words(*, check: WordsCheck, by: Actor, seen: int) -> WordsCheck:
    """What was answered stays in the record; letters that have not left do not leave."""
    check = _hold_check(check, by, seen)
    write(check, called_off_at=clock.now())
    stopped = emails.stop_words(check)
    record(by=by, action="reports.call_off_words", target=check, stopped=len(stopped))
    return check


@action
def answer_words(*, reader: WordsReader, by: Actor, shown: str, wanted: Mapping[str, str]) -> WordsReader:
    """`wanted` says how they want a block to read, by its key; of what is not named there they find it right."""
    reader = _hold_reader(reader, by)
    if reader.answered_at:
        raise ValidationError(_("既に御回答いただいています。変更するときは、先に回答を取り消してください。"))
    meeting = reader.check_asked.report.meeting
    own = passages(compose(meeting), meeting, [reader.membership])[reader.membership_id]
    refuse_unseen(sha256(own), shown)
    for block in own:
        if block.key in wanted and wanted[block.key] != block.text:
            write(WordsCorrection(reader=reader, key=block.key, shown=block.text), words=wanted[block.key])
    write(reader, answered_at=clock.now(), sha256=shown)
    emails.stop_words(reader.check_asked, reader)
    record(by=by, action="reports.answer_words", target=reader, corrections=reader.corrections.count())
    return reader


@action
def take_back_words(*, reader: WordsReader, by: Actor) -> WordsReader:
    """As long as the desk has decided on nothing of it."""
    reader = _hold_reader(reader, by)
    if reader.answered_at is None:
        raise ValidationError(_("回答は、既に取り消されています。"))
    if reader.corrections.exclude(decision="").exists():
        raise ValidationError(
            _("修正の申出を事務局が確認したため、取り消せません。変更したいことは、事務局へ御連絡ください。")
        )
    words = list(reader.corrections.values_list("words", flat=True))
    record(by=by, action="reports.take_back_words", target=reader, words=words)
    reader.corrections.all().delete()
    write(reader, answered_at=None, sha256="")
    return reader


@action
def decide_on_words(
    *,
    correction: WordsCorrection,
    by: Actor,
    seen: int,
    shown: str,
    decision: str,
    words: str,
    reason: str,
) -> WordsCorrection:
    """Taken up, perhaps in other words, or not; either way for a reason. `shown`: the hash of what stood there."""
    report = hold_report(correction.reader.check_asked.report.meeting, by)
    correction = hold(WordsCorrection.objects.select_related("reader__membership__user"), correction.pk)
    refuse_stale(correction, seen)
    if correction.decision:
        raise ValidationError(_("この申出の採否は、既に記録されています。"))
    adopted = words if decision == Decision.ADOPTED else ""
    decided = {"decided_by": by.user, "decided_at": clock.now()}
    changes = write(correction, decision=decision, adopted=adopted, reason=reason, **decided)
    if adopted:
        _put_right(report.meeting, correction, by=by, shown=shown)
    record(by=by, action="reports.decide_on_words", target=correction, **changes)
    return correction


def _put_right(meeting: Meeting, correction: WordsCorrection, *, by: Actor, shown: str) -> None:
    """In the line of the record where it is one, else as a sentence in place of the computed one. What a person
    typed elsewhere is corrected where it was typed: the page says so.
    """
    words, reason = correction.adopted, correction.reason
    block = block_of(compose(meeting), correction.key)
    if block is None:
        raise ValidationError(_("この箇所は、今の結果報告にありません。"))
    refuse_unseen(block.sha256, shown)
    line = _line(meeting, correction.key)
    if line:
        as_typed = line.origin == Origin.TYPED and not line.override
        # Whose words they are, the style prints before them.
        spoken = "".join(span.text for span in block.spans if span.origin is SpanOrigin.GENERATED)
        anew = {"text": words.removeprefix(spoken)} if as_typed else {"override": words, "override_reason": reason}
        lines.edit_entry(entry=line, by=by, seen=line.version, **anew)
    elif block.is_replaceable and block.text != words:
        override_sentence(meeting=meeting, by=by, key=block.key, shown=shown, words=words, reason=reason)


def _line(meeting: Meeting, key: str) -> RecordEntry | None:
    kind, _dash, pk = key.partition("-")
    return meeting.entries.standing().get(pk=pk) if kind == "entry" else None


def _add(check: WordsCheck, people: Collection[int]) -> list[WordsReader]:
    """Of those whose words they can be."""
    allowed = who_may_be_asked(check.report.meeting).filter(pk__in=people)
    readers = [WordsReader(check_asked=check, membership=person) for person in allowed]
    if not readers:
        raise ValidationError({"people": _("確認をお願いする方を1名以上選んでください。")})
    return WordsReader.objects.bulk_create(readers)


def _remind(check: WordsCheck, by: Actor, *, kind: str) -> int:
    """Those who have not answered, and are still here."""
    silent = check.readers.silent().filter(membership__user__is_active=True)
    readers = list(silent.select_related("membership__user"))
    return len(emails.ask_for_words(check, readers, _links(check.report.meeting, readers, by), kind=kind))


def _links(meeting: Meeting, readers: Collection[WordsReader], by: Actor) -> dict[int, PersonalLink]:
    people = [reader.membership for reader in readers]
    if by.user is None:
        links = PersonalLink.objects.filter(membership__in=people, purpose=Purpose.MEETING)
        return {link.membership_id: link for link in links}
    return personal_links(group=meeting.group, people=people, purpose=Purpose.MEETING, by=by)


def _hold_check(check: WordsCheck, by: Actor, seen: int) -> WordsCheck:
    check = hold(WordsCheck.objects.select_related("report__meeting__group"), check.pk)
    demand(policy.can_run(by.user, check.report.meeting), DESK_ONLY)
    refuse_stale(check, seen)
    if check.called_off_at:
        raise ValidationError(_("この確認の依頼は、既に取り下げています。"))
    return check


def _hold_reader(reader: WordsReader, by: Actor) -> WordsReader:
    rows = WordsReader.objects.select_related("membership__user", "check_asked__report__meeting__group")
    reader = hold(rows, reader.pk)
    demand(reader.membership.user == by.user, _("発言等の確認に回答できるのは、御本人だけです。"))
    if not reader.check_asked.takes_answers:
        raise ValidationError(_("確認の受付は終わりました。お気付きの点は、事務局へ御連絡ください。"))
    return reader


def _refuse_past(closes_at: datetime) -> None:
    if closes_at <= clock.now():
        raise ValidationError({"closes_at": _("確認の期限は、今より後の日時にしてください。")})
