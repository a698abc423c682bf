"""Several hosts: one dies, a pool stands before the database, the database itself dies and another takes over.

Who was told so has it stored, an email goes out once, and nobody meets an error that trying again does not heal.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email import message_from_bytes
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urlencode

from foundation.jobs.states import JobState
from foundation.mail.jobs import NAME
from foundation.mail.message import message_id
from foundation.mail.models import Email
from members.models import DeskGrant, User
from opendata.models import DatasetVersion
from tools import town
from tools.drills import Counts, judge
from tools.drills.answers import open_form
from tools.drills.balanced import PEOPLE, Answerers, Host
from tools.drills.bucket import files_in_a_bucket
from tools.drills.cluster import at, running_cluster, url_of
from tools.drills.crash import of, wait_until_settled
from tools.drills.phone import HIDDEN, HOST, SECONDS
from tools.drills.sink import Sink, running_sink
from tools.drills.uploads import clerk_of, cookie_of, upload

FILES, CONNECTIONS, ROUNDS = 6, 3, 25
LIST = "名称,住所\r\n第{n}施設,見本市{n}\r\n".format


def one_of_two_dies() -> Counts:
    """Each has a disk of its own; files lie in a bucket. Three times one is killed while people answer."""
    with running_cluster() as cluster, ExitStack() as end:
        sink = end.enter_context(running_sink())
        environment = end.enter_context(files_in_a_bucket()) | mail_to(sink)
        environment |= {"DATABASE_URL": url_of(cluster.primary)}
        hosts = [end.enter_context(running_host(environment)) for _ in range(2)]
        people = Answerers(open_form())
        missing = sum(not is_read_by(*order) for order in [hosts, hosts[::-1]] * (FILES // 2))
        with people.answering(*(host.port for host in hosts)):
            for turn in range(3):
                people.until(PEOPLE * (turn + 1) // 4)
                hosts[turn % 2].die()
                people.until(len(people.acknowledged) + 3)
                hosts[turn % 2].start()
        counts = {"hosts killed": 3, **people.counts(), **mailed(sink)}
    files = {"files sent to one, read by the other": FILES - missing, "files not there": missing}
    return judged(counts | files, met_it=counts["broken off and tried again"] > 0)


def behind_a_pool() -> Counts:
    """A pgbouncer in transaction mode lends each statement, or transaction, whichever connection is free."""
    with running_cluster() as cluster, ExitStack() as end:
        sink = end.enter_context(running_sink())
        pool = {"DATABASE_URL": url_of(cluster.pool(CONNECTIONS))}
        host = end.enter_context(
            running_host(pool | mail_to(sink) | {"DATABASE_DIRECT_URL": url_of(cluster.primary)})
        )
        people = Answerers(open_form())
        with people.answering(host.port):
            opened = pages_with_choices(host.port)
        counts = {
            "connections": CONNECTIONS,
            "pages with choices": opened[200],
            "pages in error": opened.total() - opened[200],
            **people.counts(),
            **mailed(sink),
        }
    return judged(counts, met_it=opened.total() > 0)


def database_dies(over: str) -> Counts:
    """In the middle of everybody's answers; the standby has what was acknowledged, and the same worker goes on."""
    with running_cluster() as cluster, ExitStack() as end:
        standby = cluster.add_standby()
        sink = end.enter_context(running_sink())
        both = url_of(cluster.primary, standby, over=over)
        end.enter_context(at(both))
        host = end.enter_context(running_host({"DATABASE_URL": both} | mail_to(sink)))
        people = Answerers(open_form())
        with people.answering(host.port):
            people.until(PEOPLE // 3)
            before = len(people.acknowledged)
            cluster.fail_over()
        ended = host.worker.poll() is not None
        counts = {"acknowledged before": before, "workers ended": int(ended), **people.counts()}
        counts |= {} if ended else mailed(sink)
    return judged(counts, met_it=0 < before < counts["acknowledged"])


@contextmanager
def running_host(environment: dict[str, str]) -> Iterator[Host]:
    host = Host(environment)
    try:
        yield host
    finally:
        host.close()


def mail_to(sink: Sink) -> dict[str, str]:
    return {
        "DXBUKAI_MAIL_DELIVERY": "smtp",
        "DXBUKAI_SMTP_HOST": HOST,
        "DXBUKAI_SMTP_PORT": str(sink.port),
    }


def mailed(sink: Sink) -> dict[str, float]:
    """What became of the receipts. One whose worker died in the act is a person's to decide."""
    wait_until_settled(NAME)
    times = Counter(message_from_bytes(one)["Message-ID"] for one in sink.received)
    sent = Email.objects.filter(job__state=JobState.DONE).select_related("job")
    return {
        "emails sent": sent.count(),
        "left to a person": of(NAME).filter(state=JobState.UNCLEAR).count(),
        "emails lost": sum(not times[message_id(email)] for email in sent),
        "emails doubled": sum(number > 1 for number in times.values()),
    }


def is_read_by(first: Host, second: Host) -> bool:
    """A file that came in at one is shown by the other."""
    department = town.department(f"第{DatasetVersion.objects.count()}課")
    clerk = clerk_of(department)
    file = LIST(n=department.pk).encode()
    sent = upload(first.port, clerk, department.pk, "list.csv", file)
    slug = DatasetVersion.objects.latest("pk").dataset.slug
    return sent == "302" and is_previewed(second.port, f"/data/mine/{slug}/way/", clerk)


def pages_with_choices(port: int) -> "Counter[int]":
    """What a desk and an administrator are told, round after round."""
    group = town.group("choices")
    town.announced_meeting(group, number=1)
    chief = town.person(is_administrator=True)
    DeskGrant.objects.create(group=group, user=chief, valid_from=town.LONG_AGO)
    desk = f"/groups/{group.slug}/desk"
    pages = [
        "/manage/people/add/",
        "/manage/groups/add/",
        f"{desk}/meetings/1/record/election/",
        f"{desk}/meetings/1/agenda/",
    ]
    return Counter(asked(port, "GET", page, cookie_of(chief))[0] for page in pages * ROUNDS)


def is_previewed(port: int, address: str, clerk: User) -> bool:
    """The file itself is read for it; where it is not there, the title says so."""
    session = cookie_of(clerk)
    _, page, csrf = asked(port, "GET", address, session)
    body = urlencode({"csrfmiddlewaretoken": dict(HIDDEN.findall(page))["csrfmiddlewaretoken"], "preview": "1"})
    status, page, _ = asked(port, "POST", address, f"{session}; {csrf}", body)
    return status == 200 and "<title>エラー" not in page


def asked(port: int, method: str, address: str, cookie: str, body: str = "") -> tuple[int, str, str]:
    """Status, text, and the cookie that comes with it."""
    line = HTTPConnection(HOST, port, timeout=SECONDS)
    try:
        kind = "application/x-www-form-urlencoded"
        line.request(method, address, body, headers={"Cookie": cookie, "Content-Type": kind})
        answer = line.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "").partition(";")[0]
    finally:
        line.close()


def judged(counts: dict[str, float], *, met_it: bool) -> Counts:
    """`met_it`: people were in the middle of it when it happened."""
    wrong = ("errors", "lost", "doubled", "emails lost", "emails doubled", "files not there", "pages in error")
    everybody = PEOPLE == counts["people"] == counts["acknowledged"] == counts["stored"] == counts["receipts"]
    bad = sum(counts.get(what, 0) for what in (*wrong, "workers ended"))
    return judge(counts, all_right=everybody and met_it and not bad)


STEPS = {
    "one of two dies": one_of_two_dies,
    "behind a pool": behind_a_pool,
    "database dies, over a socket": partial(database_dies, "socket"),
    "database dies, over TCP": partial(database_dies, "tcp"),
}
