"""Whatever page is opened and whatever form is sent, no other machine is asked for anything.

Slow, because every form of these roles is sent. The database is spoken to by its own library, past Python's
sockets.
"""

import re
import sys

import pytest

from tests.access import PAGES
from tests.hostile.walk import Walk, visitor
from tests.repository import name, python_files
from tests.world import World

pytestmark = pytest.mark.no_cover
# Where somebody's address could be asked: online addresses of meetings, contacts, licences, sources.
EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}
ASKED: list[tuple] = []
# What can speak to another machine at all, and where it is imported.
SPEAKERS = (
    r"smtplib|ftplib|poplib|imaplib|telnetlib|socket|urllib\.request|http\.client|requests|httpx|aiohttp|boto\w+"
)
SPEAKERS += r"|botocore\S*|psycopg2|django\.core\.mail\.backends\.smtp|storages\.backends\.s3|xmlrpc\S*"
SPEAKERS += r"|allauth\.socialaccount\.providers\S*"


def note(event, arguments):
    if event in EVENTS:
        ASKED.append((event, arguments))


@pytest.fixture(scope="session")
def watched():
    """Such a hook cannot be taken out again, and is put in once; what it noted before a test is forgotten."""
    sys.addaudithook(note)


# ASVS V13.2.4
@pytest.mark.parametrize("role", ["anonymous", "desk", "staff", "administrator"])
def test_no_page_and_no_form_asks_another_machine(watched, town, role):
    world = World(town)
    walk = Walk(visitor(world, role))
    ASKED.clear()
    addresses = [world.url(page, "own") for page, row in PAGES.items() if row.outcome(role, "get", "own") == "200"]
    for form in walk.forms_on(addresses):
        walk.post(
            form, {field: "https://elsewhere.example/" for field, kind in form.kinds.items() if kind == "url"}
        )
    assert (ASKED, walk.broken) == ([], [])
    assert walk.posts > 5


def test_the_watch_notices(watched):
    import socket

    ASKED.clear()
    with socket.socket() as line:
        line.settimeout(0.1)
        assert line.connect_ex(("127.0.0.1", 9)) != 0
    assert [event for event, _arguments in ASKED] == ["socket.connect"]


# ASVS V13.2.4
def test_what_could_speak_to_another_machine_is_in_these_modules_alone():
    """Mail, bucket, the town's login, database, the demo itself: docs/reference.md, 通信先."""
    pattern = re.compile(rf"^\s*(?:import|from) (?:{SPEAKERS})\b", re.MULTILINE)
    assert {name(path) for path in python_files() if pattern.search(path.read_text())} == {
        "dxbukai/demo/management/commands/demo.py",
        "foundation/db/away.py",
        "foundation/db/embedded.py",
        "foundation/files/bucket.py",
        "foundation/jobs/bell.py",
        "foundation/mail/delivery.py",
        "members/sso.py",
        "members/views/sso.py",
        "opendata/table/rows.py",
    }
