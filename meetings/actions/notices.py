"""The words of a call: written, corrected as long as it has not gone to everybody, tried on oneself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record, refuse_stale, write
from foundation.mail import outbox
from meetings import emails, notices
from meetings.actions._shared import count_change, hold_to_prepare
from meetings.actions.letters import settle
from meetings.models import Meeting, Notice
from members import senders


@action
def edit_notice(*, meeting: Meeting, by: Actor, seen: int, **words: Any) -> Notice:
    """What waits is replaced by the new words; who has the old ones keeps them."""
    meeting = hold_to_prepare(meeting, by)
    notice = notices.of(meeting)
    if notice.pk:
        refuse_stale(notice, seen)
    changes = write(notice, **words)
    record(by=by, action="meetings.edit_notice", target=meeting, **changes)
    count_change(meeting)
    settle(meeting, by=by)
    return notice


def pin(meeting: Meeting) -> Notice:
    """Part of the call: the words as they go out, with their day."""
    notice = notices.of(meeting)
    write(notice, dated_on=notice.dated_on or emails.first_day())
    return notice


@action
def send_test(*, meeting: Meeting, by: Actor) -> str:
    """The email of a call to oneself, at once, with words in the place of what is secret. Returns where to."""
    meeting = hold_to_prepare(meeting, by)
    assert by.user is not None, "a person presses it"
    person = meeting.asked().select_related("user").in_roster_order().first()
    if not by.user.address:
        raise ValidationError(_("御自身のメールアドレスが登録されていないため、テスト送信はできません。"))
    if person is None or meeting.starts_at is None:
        raise ValidationError(_("テスト送信の前に、開催日を決め、名簿に方を登録してください。"))
    subject, body = emails.sample("announce", meeting, person)
    event = record(by=by, action="meetings.send_test", target=meeting)
    outbox.enqueue(
        to=by.user,
        to_address=by.user.address,
        subject=_("【テスト】%s") % subject,
        body=_("（これは、事務局の担当者が御自身に送ったテストです。構成員には送っていません。）") + f"\n\n{body}",
        **senders.of_group(meeting.group),
        dedupe_key=f"notices:test:{meeting.pk}:{event.pk}",
    )
    return by.user.address
