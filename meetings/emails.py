"""The emails of a meeting: which text, to whom, under which key, and when they leave."""

import json
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.mail import outbox
from foundation.mail.models import Email
from meetings import notices
from meetings.letters import Reader
from meetings.models import Meeting
from meetings.models.material import handouts
from meetings.states import OF_DATES, LetterKind
from members import senders
from members.models import Membership, PersonalLink
from members.unasked import leaves_at


def text(name: str, *, meeting: Meeting, membership: Membership, **context: Any) -> tuple[str, str]:
    """Subject and body; the first line of an email's template is its subject."""
    values = {"meeting": meeting, "group": meeting.group, "person": membership, **context}
    if "desk_of" not in values:
        values["desk_of"] = meeting.group.desk_of
    values["code_page"] = f"{settings.SITE_URL}/a/"
    of_dates = name in OF_DATES
    if of_dates:
        poll = meeting.date_poll
        values |= {"poll": poll, "poll_deadline": wareki.deadline(poll.closes_at)}
    if context.get("link") is None:
        page = "meetings:answer_dates" if of_dates else "meetings:reply"
        values["answer_page"] = settings.SITE_URL + reverse(page, args=[meeting.group.slug, meeting.number])
    if name == LetterKind.ANNOUNCE:
        listed = [line["listed"] for line in context["materials"]]
        values["numbered"] = notices.numbered(meeting, context["notice"], context["items"], listed)
    if moment := context.get("until"):
        values["short_deadline"] = wareki.deadline(moment)
    if meeting.starts_at:
        values["short_day"] = wareki.short_date(timezone.localdate(meeting.starts_at))
    whole = render_to_string(f"meetings/mail/{name}.txt", values)
    subject, _, body = whole.strip().partition("\n")
    return subject.strip(), f"{body.strip()}\n"


class Texts:
    """One meeting's emails to many: what two of them read alike but for their names and links is rendered once."""

    def __init__(self, meeting: Meeting, **same: Any) -> None:
        self.meeting, self.same = meeting, same
        self.known: dict[str, tuple[str, str]] = {}
        # Signs that nobody can have typed into a field of the meeting stand where each reader's own comes in.
        self.user, self.department, self.link = (uuid4().hex for _sign in range(3))

    def of(self, name: str, person: Membership, link: PersonalLink | None, **own: Any) -> tuple[str, str]:
        """Subject and body; `own` is all that is this reader's beside name and link."""
        department = getattr(person, "department_name", "") or ""
        key = json.dumps([name, bool(department), link is None, own], cls=DjangoJSONEncoder)
        if key not in self.known:
            self.known[key] = self._rendered(name, bool(department), link is not None, own)
        signs = {self.user: str(person.user), self.department: department, self.link: str(link and link.pk)}
        subject, body = self.known[key]
        for sign, said in signs.items():
            subject, body = subject.replace(sign, said), body.replace(sign, said)
        return subject, body

    def _rendered(self, name: str, has_department: bool, has_link: bool, own: dict[str, Any]) -> tuple[str, str]:
        reader: Any = SimpleNamespace(user=self.user, department_name=self.department if has_department else "")
        link: Any = SimpleNamespace(pk=self.link) if has_link else None
        return text(name, meeting=self.meeting, membership=reader, link=link, **self.same, **own)


def draft(
    name: str,
    subject: str,
    body: str,
    *,
    meeting: Meeting,
    membership: Membership,
    key: str,
    due_at: datetime | None = None,
    calendar: str = "",
) -> outbox.Outgoing:
    """For the outbox: it leaves at once, or, where nobody waits for it, when it is due."""
    return {
        "to": membership.user,
        "to_address": membership.user.address,
        "subject": subject,
        "body": body,
        "calendar": calendar,
        **senders.of_group(meeting.group),
        "dedupe_key": f"meetings:{name}:{meeting.pk}:{membership.pk}:{key}",
        "due_at": due_at,
        "unasked": due_at is not None,
    }


def send(
    name: str, *, meeting: Meeting, membership: Membership, link: PersonalLink | None, key: str, **context: Any
) -> Email | None:
    """At once. Nothing is sent to a person without an address, or twice under a key."""
    if not membership.user.address:
        return None
    subject, body = text(name, meeting=meeting, membership=membership, link=link, **context)
    return outbox.enqueue(**draft(name, subject, body, meeting=meeting, membership=membership, key=key))


def when_it_leaves() -> str:
    """What the desk reads before it sends; in the demo, which waits for no office, something else is so."""
    if settings.MAIL_IN_OFFICE_HOURS:
        grace = settings.MAIL_GRACE // timedelta(minutes=1)
        said = _(
            "開庁時間（午前8時30分から午後5時15分まで）に順に送ります。"
            "送る前であれば、次の画面で取り消せます（少なくとも%s分間）。"
            "同じ日に事務局からのお知らせを既に受け取った方には、会議や回答期限が迫っている場合を除き、"
            "翌開庁日の朝に、他のお知らせと一つのメールにまとめて送ります。"
        )
        return said % grace
    grace = settings.MAIL_GRACE // timedelta(seconds=1)
    return _("体験用のため、開庁時間を待たずに%s秒後に送ります。それまでは、次の画面で取り消せます。") % grace


def first_day() -> date:
    """The day on which what is written now leaves."""
    return timezone.localdate(leaves_at(clock.now()))


def sample(name: str, meeting: Meeting, membership: Membership) -> tuple[str, str]:
    """An email as it will read, with words in the place of the secrets; nothing is made or sent."""
    link = PersonalLink(pk=0)
    items = list(meeting.items.all())
    survey = getattr(meeting, "survey", None)
    until = survey.closes_at if survey else None
    notice = notices.of(meeting)
    notice.dated_on = notice.dated_on or first_day()
    listed = Reader(membership).materials(handouts(meeting))
    given = {"survey": survey, "items": items, "until": until, "notice": notice, "materials": listed}
    subject, body = text(name, meeting=meeting, membership=membership, link=link, **given)
    body = body.replace("[[personal-link:0]]", _("（御本人専用のリンク）"))
    return subject, body.replace("[[personal-code:0]]", _("（御本人専用のコード）"))
