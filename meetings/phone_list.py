"""Whom the desk calls where it cannot wait for a mail to be read: on paper, those first whom no mail reaches."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from meetings import notices
from meetings.correspondence import Addressee, Correspondence
from meetings.models import Meeting
from meetings.states import LetterKind, MeetingState


def no_mail_reaches(line: Addressee) -> bool:
    return line.reader.has_not_arrived or not line.reader.person.user.address


def in_order_of_calls(found: Correspondence) -> list[int]:
    """Of each sort those of the roster's order."""
    first = {pk for each in found.alike if each.no_mail_reaches for pk in each.people}
    return sorted(found.people, key=lambda pk: pk not in first)


def to_say(meeting: Meeting, found: Correspondence) -> list[str]:
    """What was written last, as one says it: the meeting, its day, and what is asked of whoever answers."""
    return list(_sentences(meeting, found))


def _sentences(meeting: Meeting, found: Correspondence) -> Iterator[str]:
    named = {"meeting": meeting, "when": notices.when(meeting), "where": notices.where(meeting)}
    if meeting.state == MeetingState.CANCELLED:
        if named["when"]:
            yield _("%(when)sに予定していた%(meeting)sは、中止になりました。") % named
        else:
            yield _("日程を調整していた%(meeting)sは、中止になりました。") % named
        if meeting.called_off_reason:
            yield _("理由：%s") % meeting.called_off_reason
        return
    moved = any(letter.kind == LetterKind.CHANGE for each in found.alike for letter in each.reader.letters)
    yield from _of_written(named) if meeting.is_written else _of_day(named, moved=moved)
    survey = getattr(meeting, "survey", None)
    if survey and survey.closes_at > clock.now():
        asked = {"what": meeting.answer_word, "until": wareki.datetime(survey.closes_at)}
        yield _("まだ回答していない方には、%(what)sをお願いします（回答期限：%(until)s）。") % asked


def _of_day(named: dict[str, object], *, moved: bool) -> Iterator[str]:
    if moved:
        yield _("%(meeting)sの日時・場所を変更しました。") % named
        yield _("変更後の日時：%(when)s") % named
        yield _("変更後の場所：%(where)s") % named
    else:
        yield _("%(meeting)sを、%(when)sに開催します。") % named
        yield _("場所：%(where)s") % named


def _of_written(named: dict[str, object]) -> Iterator[str]:
    yield _("%(meeting)sは、お集まりいただかず、書面により開催します。") % named
