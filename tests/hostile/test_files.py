"""Whatever is sent as a file, the answer is a page with a sentence, and every page that tells of it is one.

Slow, because each file is sent to each form, and the pages of what came of it are opened.
"""

import re

import pytest

from tests.hostile.files import FILES, multipart
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.world import World

OWN = re.compile(r"/data/mine/(?!new/)[^/]+/")
PAGES_OF_OWN = ["", "findings/", "table/", "publication/"]
# Forms with a place for a file, and files that were taken.
LEAST = {
    "anonymous": {"forms": 1, "stored": 30},
    "staff": {"forms": 2, "stored": 55},
    "administrator": {"forms": 1, "stored": 2},
}


def pages_of(address):
    """Where a section looks at what came of its file."""
    own = OWN.match(address)
    return [own[0] + page for page in PAGES_OF_OWN] if own else []


@pytest.mark.parametrize("role", LEAST)
def test_no_form_breaks_on_a_file(town, role):
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
