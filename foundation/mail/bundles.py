"""What nobody has asked for leaves as one message a person and sender: gathered when its first is taken.

Each email in it keeps a job of its own, which shares the fate of the first: until they leave, each can be taken
back by itself, and what a page says of one of them is so.
"""

import datetime as dt
import re
import time
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import F, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email, EmailQuerySet

# A number of ours, which nothing else locks.
LOCK = 7_250_109
TRIES, PAUSE = 10, 0.05
# More than a mailbox shows nobody reads; the next ones are a message of their own.
MOST = 20
# RFC 3676: what follows is who wrote it.
DELIMITER = "\n-- \n"
# A line that is a link, or that ends with what comes in as the message leaves.
LINK = re.compile(r"^(?:https?://\S+|.*\[\[[a-z-]+:\d+\]\]\S*)$", re.MULTILINE)
LEFT = [JobState.RUNNING, JobState.DONE, JobState.UNCLEAR]


# In the worker's hand


def one_hand_at_a_time() -> None:
    """Two workers, each with one of two emails that belong together, would send both alone.

    One that hangs in the middle of taking keeps nobody from the rest for longer than half a second.
    """
    with connection.cursor() as cursor:
        for _try in range(TRIES):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() == (True,):
                return
            time.sleep(PAUSE)


def gather(job: Job) -> None:
    """Whatever is unasked and due to the same person leaves with this one, by the same lease."""
    email = Email.objects.get(job=job)
    if not email.unasked or email.to_id is None:
        return
    Email.objects.filter(Q(sent_with=email) | Q(pk=email.pk, sent_with__isnull=False)).update(sent_with=None)
    due = _of([email.to_id], from_name=email.from_name, reply_to=email.reply_to).filter(
        to_address=email.to_address, job__state=JobState.WAITING, job__due_at__lte=Now()
    )
    due = due.select_for_update(of=("job",), skip_locked=True, no_key=True).select_related("job")
    found = list(due.order_by("job__due_at", "pk")[: MOST - 1])
    if found:
        Email.objects.filter(pk__in=[one.pk for one in found]).update(sent_with=email)
        Job.objects.filter(pk__in=[one.job_id for one in found]).update(
            state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=job.lease_until
        )


def lay_down(job: Job) -> None:
    """Nothing has left: all of them wait for the same moment."""
    first = Job.objects.filter(pk=job.pk)
    own = Job.objects.filter(email__sent_with__job=job, state=JobState.RUNNING)
    own.update(
        state=JobState.WAITING,
        lease_until=None,
        due_at=Subquery(first.values("due_at")),
        last_error=Subquery(first.values("last_error")),
    )


def end(job: Job) -> None:
    """All have come as far as the first; what was taken back or sent anew by itself meanwhile is left out."""
    first = Job.objects.filter(pk=job.pk).exclude(state=JobState.CANCELLED)
    own = Job.objects.filter(email__sent_with__job__in=first, state__in=LEFT)
    own.update(**{name: Subquery(first.values(name)) for name in ("state", "finished_at", "last_error")})


# What they say


def companions(email: Email) -> list[Email]:
    return list(email.companions.order_by("pk")) if email.unasked and email.pk else []


def subject(emails: Sequence[Email]) -> str:
    first, *others = emails
    if not others:
        return first.subject
    return _("%(subject)s ほか%(count)s件") % {"subject": first.subject, "count": len(others)}


def body(emails: Sequence[Email]) -> str:
    """One after the other under its subject; who wrote them stands at the end, and a link but once."""
    if len(emails) == 1:
        return emails[0].body
    parts = [email.body.partition(DELIMITER) for email in emails]
    feet = list(dict.fromkeys(foot.strip() for _text, _delimiter, foot in parts if foot.strip()))
    texts = _with_links_once([text.strip() for text, _delimiter, _foot in parts])
    told = [
        f"■ {number}　{email.subject}\n\n{text}\n"
        for number, (email, text) in enumerate(zip(emails, texts, strict=True), start=1)
    ]
    beginning = _("お知らせが%s件あります。一つのメールにまとめてお送りします。") % len(emails)
    whole = "\n\n".join([f"{beginning}\n", *told])
    return whole + (DELIMITER + "\n\n".join(feet) + "\n" if feet else "")


def _with_links_once(texts: Sequence[str]) -> list[str]:
    """A paragraph with a link, or its code, that stood above word for word gives way to where that was."""
    first_in: dict[str, int] = {}
    return [_with_new_links(text, number, first_in) for number, text in enumerate(texts, start=1)]


def _with_new_links(text: str, number: int, first_in: dict[str, int]) -> str:
    shown: list[str] = []
    refers_to = number
    for paragraph in text.split("\n\n"):
        link = LINK.search(paragraph)
        before, refers_to = refers_to, first_in.setdefault(paragraph, number) if link else number
        if not link or refers_to == number:
            shown.append(paragraph)
        elif refers_to != before:
            shown.append(paragraph[: link.start()] + _("（上の「■ %s」と同じです。）") % refers_to)
    return "\n\n".join(shown)


# When they leave


def had_one(people: Collection[int], *, since: dt.datetime, from_name: str, reply_to: str) -> set[int]:
    """Whoever of these was sent something unasked by this sender since then."""
    left = _of(people, from_name=from_name, reply_to=reply_to).filter(job__state__in=LEFT)
    left = left.filter(Q(job__finished_at__gte=since) | Q(job__state=JobState.RUNNING))
    return {pk for pk in left.values_list("to", flat=True) if pk}


def hold_back(
    people: Collection[int], *, since: dt.datetime, until: dt.datetime, from_name: str, reply_to: str
) -> None:
    """What would have left a moment before, on the same day, waits for what comes after it."""
    waiting = _of(people, from_name=from_name, reply_to=reply_to).filter(
        job__state=JobState.WAITING, job__due_at__gte=since, job__due_at__lt=until
    )
    Job.objects.filter(pk__in=waiting.values("job")).update(due_at=until)


def _of(people: Collection[int], *, from_name: str, reply_to: str) -> EmailQuerySet:
    return Email.objects.filter(unasked=True, to__in=people, from_name=from_name, reply_to=reply_to)
