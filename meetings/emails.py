"""The emails of a meeting: which text, to whom, under which key, and when they leave."""

from typing import Any

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.mail import outbox
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from meetings.models import Meeting
from members import working_days
from members.models import Membership, PersonalLink


def text(name: str, *, meeting: Meeting, membership: Membership, **context: Any) -> tuple[str, str]:
    """Subject and body; the first line of an email's template is its subject."""
    values = {"meeting": meeting, "group": meeting.group, "person": membership, **context}
    values["code_page"] = f"{settings.SITE_URL}/a/"
    if context.get("link") is None:
        path = reverse("meetings:reply", args=[meeting.group.slug, meeting.number])
        values["answer_page"] = settings.SITE_URL + path
    if moment := context.get("until") or (context.get("survey") and context["survey"].closes_at):
        values["short_deadline"] = wareki.deadline(moment)
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
    at_once: bool = False,
    **context: Any,
) -> Email | None:
    """Put the email into the outbox. Nothing is sent to a person without an address, or twice under a key."""
    user = membership.user
    if not user.address:
        return None
    subject, body = text(name, meeting=meeting, membership=membership, link=link, **context)
    return outbox.enqueue(
        to=user,
        to_address=user.address,
        subject=subject,
        body=body,
        dedupe_key=f"meetings:{name}:{meeting.pk}:{membership.pk}:{key}",
        due_at=None if at_once else working_days.next_office_moment(clock.now()),
    )


def sample(name: str, meeting: Meeting, membership: Membership) -> tuple[str, str]:
    """An email as it will read, with words in the place of the secrets; nothing is made or sent."""
    link = PersonalLink(pk=0)
    items = list(meeting.items.all())
    survey = getattr(meeting, "survey", None)
    subject, body = text(name, meeting=meeting, membership=membership, link=link, survey=survey, items=items)
    body = body.replace("[[personal-link:0]]", _("（御本人専用のリンク）"))
    return subject, body.replace("[[personal-code:0]]", _("（御本人専用のコード）"))


def states(meeting: Meeting) -> list[tuple[str, int]]:
    """How many emails of the meeting wait, are sent, came back."""
    found = Email.objects.about(rf"^meetings:\w+:{meeting.pk}:")
    counts = dict(found.values_list("job__state").annotate(Count("id")).order_by("job__state"))
    return [(state, counts[state]) for state in EmailState if state in counts]
