"""The emails about a report: who looks at their words before, and who is told when it is published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.mail import outbox
from foundation.mail.models import Email
from meetings.models import Meeting
from members import links as link_texts, senders, unasked
from members.models import Membership, PersonalLink, WorkingGroup
from reports.models import ReportRevision, WordsCheck, WordsReader


def readers(group: WorkingGroup, by: Actor) -> list[Membership]:
    """Whoever is in the group today and has an address; not the one who publishes."""
    people = group.memberships.current().in_roster_order().select_related("user").exclude(user=by.user)
    return [person for person in people if person.user.is_active and person.user.address]


def tell(revision: ReportRevision, *, by: Actor) -> list[Email]:
    meeting = revision.report.meeting
    address = reverse("reports:report", args=[meeting.group.slug, meeting.number])
    people = readers(meeting.group, by)
    due = unasked.moments([person.user_id for person in people], senders.of_group(meeting.group))
    page = settings.SITE_URL + address
    told = [_send(revision, person, page, due[person.user_id]) for person in people]
    return [email for email in told if email]


def stop(revisions: Sequence[ReportRevision]) -> set[int]:
    """What has not left would lead to a page that says no more than why it is gone."""
    which = "|".join(str(revision.pk) for revision in revisions)
    return outbox.stop(Email.objects.about(rf"^reports:published:({which}):"))


def ask_for_words(
    check: WordsCheck, readers: Iterable[WordsReader], links: Mapping[int, PersonalLink], *, kind: str
) -> list[Email]:
    """One to each who has an address; what is on paper the desk hands out."""
    meeting = check.report.meeting
    people = [reader for reader in readers if reader.membership.user.address]
    due = unasked.moments([one.membership.user_id for one in people], senders.of_group(meeting.group))
    page = settings.SITE_URL + reverse("reports:words", args=[meeting.group.slug, meeting.number])
    context = {"check": check, "deadline": wareki.deadline(check.closes_at), "page": page}
    context |= {"kind": kind, "code_page": link_texts.code_page()}
    sent = [
        _enqueue(
            "reports/mail/words.txt",
            meeting=meeting,
            person=one.membership,
            key=f"words:{check.pk}:{one.pk}:{uuid4().hex}",
            due_at=due[one.membership.user_id],
            link=links.get(one.membership_id),
            **context,
        )
        for one in people
    ]
    return [email for email in sent if email]


def stop_words(check: WordsCheck, reader: WordsReader | None = None) -> set[int]:
    """Nobody is reminded of what was answered, moved or called off."""
    who = reader.pk if reader else "[0-9]+"
    return outbox.stop(Email.objects.about(rf"^reports:words:{check.pk}:{who}:"))


def _send(revision: ReportRevision, person: Membership, page: str, due_at: datetime) -> Email | None:
    return _enqueue(
        "reports/mail/published.txt",
        meeting=revision.report.meeting,
        person=person,
        key=f"published:{revision.pk}:{person.pk}",
        due_at=due_at,
        revision=revision,
        page=page,
    )


def _enqueue(
    template: str, *, meeting: Meeting, person: Membership, key: str, due_at: datetime, **context: Any
) -> Email | None:
    """The first line of the template is the subject."""
    group = meeting.group
    told = {"meeting": meeting, "group": group, "desk_of": group.desk_of, "person": person}
    whole = render_to_string(template, told | context)
    subject, _, body = whole.strip().partition("\n")
    return outbox.enqueue(
        to=person.user,
        to_address=person.user.address,
        subject=subject.strip(),
        body=f"{body.strip()}\n",
        **senders.of_group(group),
        due_at=due_at,
        unasked=True,
        dedupe_key=f"reports:{key}",
    )
