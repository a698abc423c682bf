"""What a member's superior needs to know before they let them go: one page of A4, from rows that exist."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.calendar.workdays import OFFICE_HOURS, TOKYO
from foundation.db import clock
from foundation.documents.blocks import Block, Document, Gap, NumberedLine, Side, TextLine
from meetings import notices
from meetings.models import Meeting, Reply
from meetings.states import KNOWN, Mode
from members import working_days
from members.models import Membership


def page_for_superior(
    meeting: Meeting, person: Membership, *, reply: Reply | None, closes_at: datetime | None
) -> Document:
    title = _("%sへの出席について") % meeting
    blocks = (*_head(meeting, person, title), *_numbered(meeting, person, reply, closes_at), *_foot(meeting))
    return Document(title, author=str(meeting.group), blocks=blocks)


def _head(meeting: Meeting, person: Membership, title: str) -> Iterator[Block]:
    group = meeting.group
    yield TextLine(wareki.plain_date(clock.today()), Side.END)
    yield Gap()
    yield TextLine(_("%s　所属長　様") % person.department_name if person.department_name else _("所属の長　様"))
    yield Gap()
    yield TextLine(_("%(body)s %(group)s 事務局") % {"body": group.parent_body, "group": group}, Side.END)
    yield Gap()
    yield TextLine(title, Side.CENTER, is_title=True)
    yield Gap()
    told = _("%(person)sさんは、%(group)sの%(category)sです。次の会議への出席に、御配慮をお願いします。")
    named = {"person": person.user, "group": group, "category": group.category(person.category)}
    yield TextLine("　" + told % named)
    yield Gap()


def _numbered(
    meeting: Meeting, person: Membership, reply: Reply | None, closes_at: datetime | None
) -> Iterator[Block]:
    parts = [
        (_("日時"), _time(meeting), []),
        (_("場所"), _place(meeting, reply), []),
        (_("議題"), "", [item.title for item in meeting.items.all()]),
        (_("会議までに行うこと"), "", list(_before(meeting, reply, closes_at))),
        (_("今後の予定"), "", list(_later(meeting))),
    ]
    said = [part for part in parts if part[1] or part[2]]
    for number, (label, text, lines) in enumerate(said, 1):
        yield NumberedLine(number, text, label)
        for below, line in enumerate(lines, 1):
            yield NumberedLine(below, line, level=1)


def _time(meeting: Meeting) -> str:
    lines = [notices.when(meeting)]
    if meeting.starts_at and meeting.ends_at:
        lines.append(_("所要時間：%s") % _long(meeting.ends_at - meeting.starts_at))
        if _is_in_office_hours(meeting.starts_at, meeting.ends_at):
            lines.append(_("勤務時間内の開催です。"))
    return "\n".join(lines)


def _place(meeting: Meeting, reply: Reply | None) -> str:
    """Where this person will be, as far as they have said so."""
    if reply and reply.mode == Mode.ONLINE:
        return _("オンライン（自席などから出席します）")
    return notices.where(meeting)


def _before(meeting: Meeting, reply: Reply | None, closes_at: datetime | None) -> Iterator[str]:
    if reply is None and closes_at:
        yield _("出欠の回答（%sまで。1分程度）") % wareki.datetime(closes_at)
    for assignment in meeting.assignments_due.all():
        until = _("（%sまで）") % wareki.datetime(assignment.due_at) if assignment.due_at else ""
        yield f"{assignment.title}{until}"


def _later(meeting: Meeting) -> Iterator[str]:
    """What is known of the rest of the year."""
    coming = Q(state__in=KNOWN, number__gt=meeting.number, starts_at__isnull=False)
    for other in Meeting.objects.filter(coming, group=meeting.group_id).select_related("group").order_by("number"):
        yield f"{_('第%s回') % other.number}　{notices.when(other)}"
    planned = {"all": meeting.group.planned_meetings, "now": meeting.number}
    yield _("年度内に全%(all)s回を予定しています（今回は第%(now)s回）。") % planned


def _foot(meeting: Meeting) -> Iterator[Block]:
    yield Gap()
    yield TextLine(_("お問い合わせ：%s") % meeting.group.contact, Side.END)


def _long(span: timedelta) -> str:
    hours, minutes = divmod(span.seconds // 60, 60)
    return (_("%s時間") % hours if hours else "") + (_("%s分") % minutes if minutes else "")


def _is_in_office_hours(starts_at: datetime, ends_at: datetime) -> bool:
    """Of one working day, from when the office opens until it closes."""
    start, end = starts_at.astimezone(TOKYO), ends_at.astimezone(TOKYO)
    opens, closes = OFFICE_HOURS
    in_hours = start.date() == end.date() and opens <= start.time() and end.time() <= closes
    return in_hours and working_days.is_workday(start.date())
