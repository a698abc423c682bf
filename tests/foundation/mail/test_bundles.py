"""What nobody waits for, due to one person from one sender, is one message; each in it keeps its own state."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.management import call_command
from django.utils import timezone

from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.outcomes import NotNow, Refused, Unclear
from foundation.mail import bundles, outbox
from foundation.mail.delivery import FolderDelivery
from foundation.mail.envelope import envelope_sender
from foundation.mail.jobs import NAME
from foundation.mail.message import compose
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from tests.foundation.mail.conftest import OVER
from tests.foundation.mail.reports import report
from tests.foundation.mail.test_jobs import send, states, worker
from tools.drills.sink import text_of

TOGETHER = """\
お知らせが2件あります。一つのメールにまとめてお送りします。


■ 1　資料について

資料を加えました。


■ 2　質問について

質問が1件あります。

--\x20
DX推進部会 事務局
"""


@pytest.fixture
def tell(post, sato):
    """`tell(1)`: something that Sato has not asked for."""
    given = {"to": sato, "from_name": "DX推進部会 事務局", "reply_to": "dx@example.jp", "unasked": True}
    return lambda number, **fields: post(number, **(given | fields))


@pytest.fixture
def two(tell):
    foot = "-- \nDX推進部会 事務局\n"
    return (
        tell(1, subject="資料について", body=f"資料を加えました。\n\n{foot}"),
        tell(2, subject="質問について", body=f"質問が1件あります。\n{foot}"),
    )


def texts(folder):
    return [text_of(file.read_bytes()) for file in sorted(folder.folder.iterdir())]


def test_two_of_them_are_one_message_and_both_were_sent(two, folder):
    send(folder)
    assert (texts(folder), states()) == ([TOGETHER], [EmailState.SENT] * 2)
    assert len({email.sent_at for email in Email.objects.select_related("job")}) == 1


LINK = """こちらから：
[[personal-link:7]]

開けないときは、番号を入力してください。
[[personal-code:7]]
"""
ONE_LINK = """お知らせが3件あります。一つのメールにまとめてお送りします。


■ 1　資料について

こちらから：
[[personal-link:7]]

開けないときは、番号を入力してください。
[[personal-code:7]]

資料を加えました。


■ 2　質問について

質問が1件あります。

こちらから：
（上の「■ 1」と同じです。）

お早めに。


■ 3　発言の確認

[[personal-link:7]]meetings/1/words/

こちらから：
（上の「■ 1」と同じです。）
"""


def test_a_link_stands_once_and_the_others_say_where(tell):
    told = [
        tell(1, subject="資料について", body=f"{LINK}\n資料を加えました。\n"),
        tell(2, subject="質問について", body=f"質問が1件あります。\n\n{LINK}\nお早めに。\n"),
        tell(3, subject="発言の確認", body=f"[[personal-link:7]]meetings/1/words/\n\n{LINK}"),
    ]
    assert bundles.body(told) == ONE_LINK


def test_its_subject_says_that_there_is_more(two, smtp, sink):
    send(smtp)
    (mail,) = (message_from_bytes(raw, policy=default) for raw in sink.received)
    assert (mail["Subject"], states()) == ("資料について ほか1件", [EmailState.SENT] * 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"unasked": False},
        {"to_address": "other@example.jp"},
        {"from_name": "別の部会 事務局"},
        {"reply_to": "other@example.jp"},
        {"due_at": timezone.now() + timedelta(days=1)},
        {"to": None},
    ],
)
def test_what_belongs_to_something_else_leaves_by_itself(tell, folder, fields):
    tell(1, body="一\n"), tell(2, body="二\n", **fields)
    send(folder)
    assert texts(folder) == ["一\n", "二\n"][: 1 if "due_at" in fields else 2]


def test_of_one_that_was_taken_back_nothing_is_said(two, folder):
    assert outbox.stop([two[1]]) == {two[1].pk}
    send(folder)
    assert (texts(folder), states()) == ([two[0].body], [EmailState.SENT, EmailState.CANCELLED])


class Failing(FolderDelivery):
    repeatable = False

    def __init__(self, error):
        self.error = error

    def open(self):
        """Always there."""

    def send(self, _email):
        raise self.error


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotNow("450"), EmailState.WAITING),
        (Refused("550"), EmailState.UNDELIVERABLE),
        (Unclear("?"), EmailState.UNCERTAIN),
    ],
)
def test_what_becomes_of_the_message_becomes_of_each(two, error, state):
    worker(Failing(error)).run_once()
    assert states() == [state] * 2
    first, second = Job.objects.filter(kind=NAME).order_by("pk")
    assert (first.last_error, first.finished_at) == (second.last_error, second.finished_at)
    if state == EmailState.WAITING:
        assert (first.due_at, first.lease_until) == (second.due_at, second.lease_until)


def test_after_a_server_was_away_it_is_one_message_still(two, folder):
    worker(Failing(NotNow("450"))).run_once()
    Job.objects.update(due_at=timezone.now())
    send(folder)
    assert texts(folder) == [TOGETHER]


def test_a_message_that_is_laid_down_waits_whole(two, take):
    assert queue.back(take())
    assert states() == [EmailState.WAITING] * 2


def test_a_worker_that_died_leaves_a_doubt_about_each(two, take, smtp):
    take(OVER)
    send(smtp)
    assert states() == [EmailState.UNCERTAIN] * 2


def test_into_a_folder_the_same_message_is_written_again(two, take, folder):
    job = take(OVER)
    folder.open()
    folder.send(Email.objects.select_related("to", "job").get(job=job))
    send(folder)
    assert (texts(folder), states()) == ([TOGETHER], [EmailState.SENT] * 2)


def test_a_message_that_comes_back_was_none_of_them(two, folder, tmp_path, settings):
    settings.BOUNCE_ADDRESS = "bounces@example.jp"
    send(folder)
    found = tmp_path / "report"
    found.write_bytes(report(envelope_sender(two[0])))
    call_command("read_bounces", str(found))
    assert states() == [EmailState.UNDELIVERABLE] * 2


def test_one_that_is_sent_again_goes_alone_and_tells_nothing_of_the_other(two, folder):
    send(folder)
    queue.again(two[0].job)
    send(folder)
    assert (texts(folder), states()) == ([two[0].body], [EmailState.SENT] * 2)


def test_one_that_is_taken_back_before_it_is_sent_again_leaves_the_other_as_it_is(two, folder):
    send(folder)
    queue.again(two[0].job)
    queue.cancel(two[0].job)
    assert states() == [EmailState.CANCELLED, EmailState.SENT]


def test_a_report_about_the_message_says_nothing_of_one_that_waits_to_be_sent_again(two, folder):
    send(folder)
    queue.again(two[1].job)
    queue.came_back(two[0].job, "550")
    assert states() == [EmailState.UNDELIVERABLE, EmailState.WAITING]


def test_both_appointments_go_along(tell, take):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    tell(1, calendar=calendar), tell(2, calendar=calendar)
    message = compose(Email.objects.select_related("to", "job").get(job=take()), encoding="8bit")
    assert [part.get_filename() for part in message.iter_attachments()] == ["meeting.ics", "meeting-2.ics"]
