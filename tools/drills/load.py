"""A whole group answers at once, everybody pressing three times; each answer is there once."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections
from django.test import Client

from foundation.audit.models import Event
from foundation.mail.models import Email
from meetings.models import Reply, Survey
from members import links
from members.models import PersonalLink
from members.states import Purpose
from tools import town
from tools.drills import Counts, Failed

PEOPLE = 80
PRESSES = 3
AT_ONCE = 12


def drill() -> Iterator[tuple[str, Counts]]:
    survey = open_form()
    pages = [page_of(survey) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = Counter(crowd.map(press, [page for page in pages for _ in range(PRESSES)]))
    counts = {
        "sent": PEOPLE * PRESSES,
        "acknowledged": answers[302],
        "stored": Reply.objects.count(),
        "changed": Reply.objects.exclude(version=1).count(),
        "receipts": Email.objects.count(),
        "audited": Event.objects.filter(action="meetings.reply").count(),
    }
    if list(counts.values()) != [PEOPLE * PRESSES, PEOPLE * PRESSES, PEOPLE, 0, PEOPLE, PEOPLE]:
        raise Failed(str(counts))
    yield "everybody three times", counts


def open_form() -> Survey:
    return town.open_form(town.announced_meeting(town.group("drill"), number=1))


def page_of(survey: Survey) -> tuple[str, dict[str, str]]:
    """The address of one more person's page, and what stands in it when it is sent."""
    membership = town.member(survey.meeting.group)
    link = PersonalLink.objects.create(membership=membership, purpose=Purpose.MEETING)
    address = f"/a/{links.token(link)}/meetings/{survey.meeting.number}/"
    return address, {"key": str(uuid4()), "seen": "0", "mode": "venue"}


def press(page: tuple[str, dict[str, str]]) -> int:
    """Send it as the browser does; the word of the portal is the status."""
    try:
        return Client(headers={"host": "127.0.0.1"}).post(*page).status_code
    finally:
        connections.close_all()
