"""Whatever address is typed or stands in a file, the portal calls nobody: a server waits for it in vain.

Slow, because each form is sent, and each file is read in a child.
"""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.hostile.files import BOOK, rewritten
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.tablecheck.books import ods, word
from tests.world import World


@pytest.fixture
def ear():
    """A server of which nobody but the test knows; `called()` says whether somebody came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def address_of(ear):
    return f"http://127.0.0.1:{ear.getsockname()[1]}/x"


def called(ear):
    try:
        ear.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_who_calls_is_heard(ear):
    socket.create_connection(ear.getsockname()).close()
    assert called(ear)


# ASVS V1.3.6
@pytest.mark.parametrize("role", ["desk", "administrator", "staff", "member"])
def test_no_form_calls_what_was_typed_into_it(town, ear, role):
    world = World(town)
    walk, sent = Walk(visitor(world, role)), 0
    for form in walk.forms_on(opened_by(role, world)):
        typed = {name: address_of(ear) for name, kind in form.kinds.items() if kind in {"url", "text", "textarea"}}
        with undone(walk.client):
            walk.client.post(form.address, form.fields | typed)
        sent += bool(typed)
    assert (called(ear), sent > 0) == (False, True)


# ASVS V1.3.6, V1.5.1
def test_no_file_makes_its_reader_call(as_, kimura, ear):
    here = address_of(ear)
    outside = f'<!DOCTYPE x SYSTEM "{here}" [<!ENTITY e SYSTEM "{here}"><!ENTITY % p SYSTEM "{here}">%p;]>'
    files = {
        "一覧.csv": f'名称,URL\r\n公園,{here}\r\n"=WEBSERVICE(""{here}"")",{here}\r\n'.encode(),
        "一覧.xlsx": rewritten(BOOK, "xl/workbook.xml", lambda text: outside.encode() + text),
        "表.xlsx": rewritten(BOOK, "xl/worksheets/sheet1.xml", lambda text: outside.encode() + text),
        "一覧.ods": rewritten(ods(word("名称"), word("&e;")), "content.xml", lambda text: outside.encode() + text),
    }
    for name, data in files.items():
        sent = {"file": SimpleUploadedFile(name, data)}
        assert as_(kimura).post(reverse("opendata:upload"), sent).status_code == 302
    assert not called(ear)
