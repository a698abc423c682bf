"""The emails of a meeting: which text, to whom, under which key, and when they leave."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
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


def send(
    name: str,
    *,
    meeting: Meeting,
    membership: Membership,
    link: PersonalLink | None,
    key: str,
    due_at: datetime | None = None,
    calendar: str = "",
    **context: Any,
) -> Email | None:
    """Put the email into the outbox: it leaves at once, or, where nobody waits for it, when it is due.

    Nothing is sent to a person without an address, or twice under a key.
    """
    user = membership.user
    if not user.address:
        return None
    subject, body = text(name, meeting=meeting, membership=membership, link=link, **context)
    return outbox.enqueue(
        to=user,
        to_address=user.address,
        subject=subject,
        body=body,
        calendar=calendar,
        **senders.of_group(meeting.group),
        dedupe_key=f"meetings:{name}:{meeting.pk}:{membership.pk}:{key}",
        due_at=due_at,
        unasked=due_at is not None,
    )


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
