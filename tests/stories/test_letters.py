"""A letter from the desk to the mailbox and back: whose it is, who reads the answer, and what became of it."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail import actions as mail_actions
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from meetings.actions import meetings
from members import emails as members_emails
from members.actions.links import personal_link
from members.models import DeskGrant, WorkingGroup
from members.states import Purpose
from tests import builders
from tests.foundation.mail.reports import report
from tests.members.logins import write_letters
from tests.repository import ROOT, emails, name
from tools.drills.sink import running_sink, text_of

SATO, TANAKA = "sato@example.jp", "tanaka@example.com"
DELIMITER = '--{{ " " }}'


@pytest.fixture
def desk(group, member, expert, suzuki):
    """With an address of its own; Sato and Tanaka are its members."""
    group.contact_email = "dx@mihon.example.jp"
    group.save()
    return Actor(suzuki)


@pytest.fixture
def called(group, desk):
    return call(group, desk)


def call(group, desk):
    times = builders.make_meeting(group=builders.make_group())
    meeting = meetings.create_meeting(group=group, by=desk, starts_at=times.starts_at, ends_at=times.ends_at)
    meetings.announce(meeting=meeting, by=desk, seen=meeting.version)
    return meeting


@pytest.fixture
def by_smtp(settings):
    settings.MAIL_DELIVERY = "smtp"
    settings.BOUNCE_ADDRESS = "bounces@example.jp"
    settings.DEFAULT_FROM_EMAIL = "portal@city.example.jp"
    with running_sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def send():
    """What is due, now; what was put off too."""
    Job.objects.filter(state=JobState.WAITING).update(due_at=Now())
    Worker().run_once()


def states():
    """Of Sato's letter and of Tanaka's."""
    return [email.state for email in Email.objects.select_related("job").order_by("to_address")]


@pytest.fixture
def mailbox(tmp_path, capsys):
    """`mailbox(sender)`: what the command says of a report that came to this envelope's sender."""

    def mailbox(sender):
        path = tmp_path / "mailbox"
        path.write_bytes(report(sender))
        call_command("read_bounces", str(path))
        return capsys.readouterr().out

    return mailbox


# Whose it is


def test_d1_each_letter_of_a_group_bears_its_name_and_is_answered_to_its_desk(called, by_smtp):
    send()

    heads = [message_from_bytes(one, policy=default) for one in by_smtp.received]
    assert {(head["From"], head["Reply-To"]) for head in heads} == {
        ("DX推進部会 事務局 <portal@city.example.jp>", "dx@mihon.example.jp")
    }
    assert to_whom(by_smtp) == [SATO, TANAKA]
    assert len(set(by_smtp.senders)) == 2


@pytest.mark.parametrize("address", ["", "dx@mihon"])
def test_a_group_without_an_address_is_not_answered_and_its_letters_leave(group, desk, by_smtp, address):
    WorkingGroup.objects.filter(pk=group.pk).update(contact_email=address)
    group.refresh_from_db()
    call(group, desk)
    send()

    assert states() == [EmailState.SENT] * 2
    assert {message_from_bytes(one)["Reply-To"] for one in by_smtp.received} == {None}


def test_a_request_for_a_sheet_and_the_right_to_run_the_desk_are_the_groups_letters(group, desk, member, suzuki):
    members_emails.ask_for_sheet(personal_link(membership=member, purpose=Purpose.SHEET, by=desk))
    members_emails.tell_of_grant(DeskGrant.objects.get(user=suzuki))

    whose = set(Email.objects.values_list("from_name", "reply_to"))
    assert whose == {("DX推進部会 事務局", "dx@mihon.example.jp")}


def test_a_login_code_and_word_of_a_login_are_the_portals(client, sato):
    client.post(reverse("account_request_login_code"), {"email": sato.email})
    write_letters()
    members_emails.tell_of_login(sato, "factor_reset")

    whose = list(Email.objects.values_list("from_name", "reply_to"))
    assert whose == [("見本市 DX推進部会ポータル", "")] * 2


# How it is called

PERSONAL = re.compile(r"欠席|代理|オンライン|会場|出席|person|user|address")


def test_no_subject_tells_anything_of_its_reader():
    """It stands on screens that others see, and in the log of each server on its way."""
    whole = [path for path in emails() if path.parent.name == "mail" and not path.name.startswith("_")]
    alone = [path for path in emails() if path.name.endswith("_subject.txt")]
    subjects = {name(path): path.read_text().splitlines()[0] for path in [*whole, *alone]}
    assert len(whole) > 25
    assert len(alone) > 5
    assert {each: subject for each, subject in subjects.items() if PERSONAL.search(subject)} == {}


# Where it ends


def test_every_text_with_a_signature_cuts_it_off_as_mail_programs_know_it():
    """RFC 3676: two hyphens and a blank, which a program that quotes leaves out. Editors take a bare one away."""
    found = {
        name(path): line
        for path in emails()
        for line in path.read_text().splitlines()
        if re.search(r"(?:^|%\})\s*--", line) and not line.endswith(DELIMITER)
    }
    assert found == {}


def test_the_blank_is_there_when_the_letter_leaves(called, by_smtp, client, sato):
    client.post(reverse("account_request_login_code"), {"email": sato.email})
    write_letters()
    send()

    assert [text_of(one).count("\n-- \n") for one in by_smtp.received] == [1, 1, 1]


def test_each_letter_of_this_floor_is_signed_once(town):
    """But for those of data sets, and the pieces of others."""
    signed = {}
    for path in emails():
        where = path.relative_to(ROOT / "templates").as_posix()
        if re.search(r"account/email/[a-z_]+_message|members/mail/[a-z]|meetings/mail/_foot", where):
            text = get_template(where).template.render(Context({}))
            signed[where] = [line for line in text.splitlines() if line.startswith("--")]
    assert len(signed) == 15
    assert {tuple(lines) for lines in signed.values()} == {("-- ",)}


# What became of it


def test_d26_a_change_that_bounced_later_is_named_to_the_desk(as_, group, called, suzuki, by_smtp, mailbox):
    """The town hall's gateway takes everything and finds out afterwards."""
    send()
    called.refresh_from_db()
    meetings.edit_meeting(meeting=called, by=Actor(suzuki), seen=called.version, room="第二会議室")
    send()
    assert to_whom(by_smtp) == [SATO, TANAKA] * 2
    assert mailbox(sender_to(by_smtp, TANAKA)) == said(failed=1)

    desk = as_(suzuki)
    tally = reverse("meetings:tally", args=[group.slug, 1])
    rows = desk.get(f"{tally}?show=undelivered").context["rows"]
    assert [str(row.person.user) for row in rows] == ["田中 三郎"]
    hub = desk.get(reverse("desk_meeting", args=[group.slug, 1])).content.decode()
    assert "メールが届かなかった方が1名います" in hub


def test_whatever_the_mail_server_does_no_letter_is_lost_and_none_doubled(called, by_smtp, abe, mailbox):
    """Put off, cut off after the text, taken, come back, sent again: each state is what is known by then."""
    by_smtp.answers = {"RCPT": "450 greylisted"}
    send()
    assert (states(), to_whom(by_smtp)) == ([EmailState.WAITING] * 2, [])

    by_smtp.answers, by_smtp.hangs_up = {}, True
    send()
    assert states() == [EmailState.UNCERTAIN] * 2
    by_smtp.hangs_up = False
    send()
    assert to_whom(by_smtp) == [SATO, TANAKA]

    assert mailbox(sender_to(by_smtp, TANAKA)) == said(failed=1)
    assert states() == [EmailState.UNCERTAIN, EmailState.UNDELIVERABLE]
    resend(SATO, abe)
    assert states() == [EmailState.SENT, EmailState.UNDELIVERABLE]

    by_smtp.answers = {"RCPT": "550 no such user"}
    resend(TANAKA, abe)
    assert states() == [EmailState.SENT, EmailState.UNDELIVERABLE]
    by_smtp.answers = {}
    resend(TANAKA, abe)
    assert mailbox(sender_to(by_smtp, TANAKA)) == said(known=1)
    assert states() == [EmailState.SENT, EmailState.SENT]
    # Doubled where a person asked for it, and nowhere else.
    assert to_whom(by_smtp) == [SATO, TANAKA, SATO, TANAKA]


def test_a_server_that_is_too_slow_over_a_text_leaves_it_to_a_person(called, by_smtp, settings):
    settings.EMAIL_TIMEOUT = 0.2
    by_smtp.is_silent = True
    send()
    by_smtp.is_silent = False

    assert (states(), to_whom(by_smtp)) == ([EmailState.UNCERTAIN] * 2, [SATO, TANAKA])


def resend(address, person):
    mail_actions.resend(email=Email.objects.get(to_address=address), by=Actor(person))
    send()


def to_whom(server):
    return [message_from_bytes(one)["To"] for one in server.received]


def sender_to(server, address):
    """What stood on the newest envelope to this address, for which the server keeps no brackets."""
    found = {Email.objects.get(pk=re.search(r"\+(\d+)-", one)[1]).to_address: one for one in server.senders}
    return found[address].strip("<>")


def said(failed=0, known=0):
    return f"読んだ通知 1 件：不達 {failed}、遅延 0、既知 {known}、該当なし 0\n"
