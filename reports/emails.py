"""The emails about a published report: who is told, in which words, and that none leaves after it was withheld."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.actions import Actor
from foundation.mail import outbox
from foundation.mail.models import Email
from members import senders, unasked
from members.models import Membership, WorkingGroup
from reports.models import ReportRevision


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


def _send(revision: ReportRevision, person: Membership, page: str, due_at: datetime) -> Email | None:
    meeting = revision.report.meeting
    context = {
        "revision": revision,
        "meeting": meeting,
        "group": meeting.group,
        "desk_of": meeting.group.desk_of,
        "person": person,
        "page": page,
    }
    whole = render_to_string("reports/mail/published.txt", context)
    subject, _, body = whole.strip().partition("\n")
    return outbox.enqueue(
        to=person.user,
        to_address=person.user.address,
        subject=subject.strip(),
        body=f"{body.strip()}\n",
        **senders.of_group(meeting.group),
        due_at=due_at,
        unasked=True,
        dedupe_key=f"reports:published:{revision.pk}:{person.pk}",
    )
