"""Whatever is sent as a file, the answer is a page with a sentence, and every page that tells of it is one.

Slow, because each file is sent to each form, and the pages of what came of it are opened.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opendata.models import DatasetVersion
from tests.hostile.files import FILES, multipart
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.world import World

# By the hash of the bytes.
OURS = re.compile(r"(originals|materials)/[0-9a-f]{64}")
OWN = re.compile(r"/data/mine/(?!new/)[^/]+/")
PAGES_OF_OWN = ["", "findings/", "table/", "publication/"]
# Forms with a place for a file, and files that were taken.
LEAST = {
    "anonymous": {"forms": 4, "stored": 40},
    "desk": {"forms": 4, "stored": 38},
    "staff": {"forms": 2, "stored": 55},
    "administrator": {"forms": 1, "stored": 2},
}


def pages_of(address):
    """Where a section looks at what came of its file."""
    own = OWN.match(address)
    return [own[0] + page for page in PAGES_OF_OWN] if own else []


def names_below(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


# ASVS V5.3.2
@pytest.mark.parametrize("role", LEAST)
def test_no_form_breaks_on_a_file(town, role, settings):
    world = World(town)
    walk = Walk(visitor(world, role))
    forms = [form for form in walk.forms_on(opened_by(role, world)) if form.files]
    for form in forms:
        for what, (name, data) in FILES.items():
            body, kind = multipart(form.fields, form.files[0], name, data)
            with undone(walk.client):
                answer = walk.client.generic("POST", form.address, body, kind)
                follow = pages_of(answer.url) if answer.status_code == 302 else []
                walk.take(form, answer, f"{form} <- {what}", follow=follow)
    walk.tell(f"{role}, {len(FILES)} files")
    assert walk.broken == []
    assert walk.posts == len(forms) * len(FILES)
    assert len(forms) >= LEAST[role]["forms"]
    assert walk.stored >= LEAST[role]["stored"]
    assert {name for name in names_below(settings.MEDIA_ROOT) if not OURS.fullmatch(name)} == set()


FOREIGN = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "svg with a declaration": b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''>\n<svg><a/></svg>",
    "xml": b"<?xml version='1.0'?><svg/>",
    "php": b"<?php system('id'); ?>\na,b\n",
    "part of a page": b"<script>alert(1)</script>\n<p>a</p>\n",
    "page": b"\n<HTML><body>a</body></HTML>",
    "table of a page": b"<table><tr>\n<td>1</td>\n</tr></table>",
    "pdf": b"%PDF-1.7\n1 0 obj",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "program": b"MZ\x90\x00\x03" + bytes(40),
    "archive": b"\x1f\x8b\x08" + bytes(40),
}


# ASVS V1.3.4
@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("ending", ["csv", "svg", "xlsx"])
def test_what_is_no_table_is_refused_in_words_whatever_it_is_called(as_, kimura, what, ending):
    sent = {"file": SimpleUploadedFile(f"一覧.{ending}", FOREIGN[what])}
    as_(kimura).post(reverse("opendata:upload"), sent)
    version = DatasetVersion.objects.get()
    assert (version.is_read, version.rows.count(), version.unreadable[-1:]) == (False, 0, "。")
