"""What was taken back after the backup stays so after the restore, and nobody gets an email twice."""

import logging
import tempfile
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from foundation.actions import Actor
from foundation.jobs.worker import Worker
from foundation.mail.outbox import enqueue
from members import links
from members.actions import groups, people
from members.actions.links import personal_link, revoke_link
from members.models import DeskGrant, Membership, PersonalLink, User
from members.states import Purpose
from tools import town
from tools.drills import Counts, judge

PEOPLE, EMAILS = 40, 40


def stay_shut() -> Counts:
    with tempfile.TemporaryDirectory() as place, override_settings(MEDIA_ROOT=Path(place) / "files"):
        return as_they_were_left(Path(place))


def as_they_were_left(place: Path) -> Counts:
    call_command("flush", interactive=False, verbosity=0)
    group = town.group("doors")
    desk, chief = Actor(town.desk(group)), Actor(town.person(is_administrator=True))
    members = [town.member(group) for _ in range(PEOPLE)]
    for row in members:
        personal_link(membership=row, purpose=Purpose.MEETING, by=desk)
        DeskGrant.objects.create(group=group, user=row.user, valid_from=town.LONG_AGO)
    tokens = [links.token(link) for link in PersonalLink.objects.all()]
    with transaction.atomic():
        for number in range(EMAILS):
            enqueue(to_address="a@example.jp", subject=f"{number}", body="本文\n", dedupe_key=f"doors-{number}")
    call_command("backup", place / "saved", stdout=StringIO())
    sent = Counter(delivered(place / "before"))
    take_back(members, desk, chief)
    shut = doors(tokens)
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", place / "saved", stdout=StringIO())
    sent.update(delivered(place / "after"))
    counts = {
        "doors shut after the backup": shut["shut"],
        "doors left open on purpose": shut["open"],
        "doors reopened": doors(tokens)["open"] - shut["open"],
        "emails": len(sent),
        "sent twice": sum(times > 1 for times in sent.values()),
    }
    everything = counts["emails"] == EMAILS and shut["shut"] >= PEOPLE and shut["open"] > 0
    return judge(counts, all_right=everything and not counts["doors reopened"] and not counts["sent twice"])


def take_back(members: list[Membership], desk: Actor, chief: Actor) -> None:
    """Of four people one keeps everything, one loses the link, one the account, one the right to the desk."""
    for number, row in enumerate(members):
        match number % 4:
            case 1:
                revoke_link(link=row.links.get(), by=desk)
            case 2:
                person = User.objects.get(pk=row.user_id)
                people.edit_person(person=person, by=chief, seen=person.version, is_active=False)
            case 3:
                yesterday = timezone.localdate() - timedelta(days=1)
                groups.end_grant(grant=row.user.desk_grants.get(), by=chief, valid_to=yesterday)


def doors(tokens: list[str]) -> Counter[str]:
    """Of each person the link, the account, the right to the desk."""
    opened = [links.find_by_token(token) is not None for token in tokens]
    opened += User.objects.values_list("is_active", flat=True)
    current = set(DeskGrant.objects.current())
    opened += [grant in current for grant in DeskGrant.objects.all()]
    return Counter("open" if is_open else "shut" for is_open in opened)


def delivered(folder: Path) -> list[str]:
    logging.getLogger("foundation.jobs").setLevel(logging.WARNING)
    with override_settings(MAIL_FOLDER=folder, MAIL_DELIVERY="folder"):
        Worker().run_once()
    return [path.name for path in folder.glob("*.eml")] if folder.exists() else []
