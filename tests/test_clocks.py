"""Hosts whose clocks differ decide alike: what time it is the database says (foundation/db/clock.py).

The host's own clock is an hour or a day wrong here; what is decided is what the day and the hour really are.
"""

import datetime as dt
import re
import time

import pytest
from allauth.account.forms import default_token_generator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.db import clock
from foundation.http.sessions import clear
from foundation.http.stamped import SEEN
from foundation.jobs.models import Job
from foundation.jobs.rules import Clock
from foundation.ledger import notes
from meetings.actions import meetings as actions
from meetings.models import Survey
from meetings.states import MeetingState
from members import sessions
from members.models import MembershipTerm
from tests import builders
from tests.members.logins import PASSWORD, long_ago
from tests.repository import name, python_files

WRONG = {"an hour ahead": 1, "an hour behind": -1, "a day ahead": 24, "a day behind": -24}


@pytest.fixture(params=WRONG)
def host_is_wrong(request, monkeypatch):
    """Call it, and from then on this host's clock is, by whatever it is asked."""

    def begin():
        by, now, seconds = dt.timedelta(hours=WRONG[request.param]), timezone.now, time.time
        monkeypatch.setattr(timezone, "now", lambda: now() + by)
        monkeypatch.setattr(time, "time", lambda: seconds() + by.total_seconds())
        # Django's own asks the clock in a way that nobody can be put in the place of.
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: dt.datetime.now() + by)  # noqa: DTZ005

    return begin


def in_minutes(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0] + dt.timedelta(minutes=number)


def can_be_announced(group, suzuki, number, closes_at):
    meeting = builders.make_meeting(group=group, number=number, state=MeetingState.DRAFT)
    builders.make_survey(meeting=meeting, opens_at=in_minutes(-60), closes_at=closes_at)
    try:
        actions.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    except ValidationError:
        return False
    return True


def test_a_deadline_is_the_databases(host_is_wrong, group, suzuki, sato):
    host_is_wrong()
    announced = [can_be_announced(group, suzuki, 1 + late, in_minutes(30 - 31 * late)) for late in (False, True)]
    assert announced == [True, False]
    assert Survey.objects.get(meeting__number=1).opens_at <= in_minutes(0)


def test_so_is_how_long_somebody_was_away(host_is_wrong, abe):
    """An administrator's login ends after half an hour."""
    found = {}
    for minutes in (0, 29, 31):
        client = Client()
        client.force_login(abe)
        long_ago(client, minutes=minutes, stamp=SEEN)
        found[minutes] = client
    host_is_wrong()
    assert [client.get("/data/mine/").status_code for client in found.values()] == [200, 200, 302]


def test_a_login_that_began_here_goes_on_elsewhere(host_is_wrong, abe, monkeypatch):
    host_is_wrong()
    client = Client()
    client.force_login(abe)
    monkeypatch.undo()
    assert (client.get("/data/mine/").status_code, sessions.is_fresh(client.session)) == (200, True)


def test_no_worker_clears_a_session_that_still_runs(host_is_wrong, abe):
    client = Client()
    client.force_login(abe)
    host_is_wrong()
    clear.handle(None)
    assert client.get("/data/mine/").status_code == 200


def test_so_is_who_has_shown_again_who_they_are(host_is_wrong, known, monkeypatch):
    """For ten minutes, on whatever host."""
    client = Client()
    client.force_login(known)
    long_ago(client, minutes=11)
    host_is_wrong()
    assert not sessions.is_fresh(client.session)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert sessions.is_fresh(client.session)
    monkeypatch.undo()
    assert sessions.is_fresh(client.session)


def test_a_link_to_choose_a_password_is_as_old_as_it_is(host_is_wrong, known, settings):
    settings.PASSWORD_RESET_TIMEOUT = 600
    token = default_token_generator.make_token(known)
    host_is_wrong()
    assert default_token_generator.check_token(known, token)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not default_token_generator.check_token(known, token)


def test_what_is_noted_waits_its_minute_and_no_longer(host_is_wrong, group):
    host_is_wrong()
    with transaction.atomic():
        notes.note("group", group, is_open=False)
    due = Job.objects.get(kind=notes.NAME).due_at
    assert in_minutes(0) < due <= in_minutes(1)


def test_what_is_done_at_night_is_of_this_night(host_is_wrong, settings, db):
    host_is_wrong()
    Clock().strike()
    jobs = Job.objects.filter(kind="http.clear_sessions")
    assert [job.due_at <= in_minutes(0) for job in jobs] == [True]


def test_who_takes_part_today_is_who_does_by_the_towns_day(host_is_wrong, group):
    today = timezone.localdate(in_minutes(0))
    on = [builders.make_membership(group=group, valid_from=today, valid_to=today).pk]
    builders.make_membership(group=group, valid_from=today + dt.timedelta(days=1))
    builders.make_membership(group=group, valid_to=today - dt.timedelta(days=1))
    host_is_wrong()
    assert list(MembershipTerm.objects.current().values_list("membership", flat=True)) == on


# The clock itself


def test_it_is_the_databases_to_a_moment(host_is_wrong, db):
    host_is_wrong()
    before, said, after = in_minutes(0), clock.now(), in_minutes(0)
    assert before - dt.timedelta(seconds=1) < said < after + dt.timedelta(seconds=1)
    assert said.tzinfo is dt.UTC


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_lives_on_is_asked_again_but_never_within_a_transaction(monkeypatch):
    """What came before in it may have failed."""
    clock.now()
    connection.clock = (clock.now() - dt.timedelta(days=9), time.monotonic() - clock.READ_EVERY - 1)
    with transaction.atomic():
        assert clock.now() < in_minutes(-60)
    assert clock.now() > in_minutes(-1)


def test_nobody_decides_by_the_clock_of_the_host():
    """The demo has one host; security.txt runs out some day, an email's header says when it was written,
    and a mail that tries the server asks no database.
    """
    own = re.compile(
        r"timezone\.now\(\)|timezone\.localdate(?!\()|local(?:date|time)\(\)|\btime\.time\(\)|\.today\(\)"
    )
    found = {
        f"{name(path)}: {match}"
        for path in python_files()
        if "demo" not in path.parts
        for match in own.findall(path.read_text().replace("clock.today()", ""))
    }
    assert found == {
        "dxbukai/well_known.py: localdate()",
        "foundation/mail/management/commands/send_test_mail.py: timezone.now()",
        "foundation/mail/message.py: localtime()",
    }
