"""What was once taken from a form is markup on no page, whoever opens it: also far from where it was typed.

Slow, because all pages are opened when everything has been said: by some roles, and by all of them in `make walk`.
"""

import pytest

from tests.access import PAGES, ROLES
from tests.hostile.strings import LANGUAGES, SCRIPT
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.world import World

WHO_WRITES = ["staff", "member", "desk", "administrator"]
WHO_READS = {
    "some": (["anonymous", "member", "desk", "staff", "administrator"], 60),
    "all": (ROLES, 109),
}
# What would take away the pages that are to be opened afterwards.
ENDS = ("/end/", "/cancel/", "/remove/", "/withdraw/", "/withhold/", "/logout/", "/reissue/")


WRITTEN = f"{SCRIPT}{LANGUAGES}"
# A section below whatever comes first is refused.
NOTHING_ABOVE = {"parent": ""}
SHOWN = f"&lt;script&gt;alert(1)&lt;/script&gt;{LANGUAGES}"


def write_everywhere(walk, addresses):
    """Markup in every field that asks for words, stored for good where the form takes it; no reading is markup."""
    for form in walk.forms_on(addresses):
        if form.words and not form.address.endswith(ENDS):
            words = {name: "かな" if "kana" in name else WRITTEN for name in form.words}
            answer = walk.client.post(form.address, form.fields | words | NOTHING_ABOVE)
            walk.take(form, answer, str(form))


# ASVS V1.1.2, V1.2.1, V1.2.2, V1.3.1, V1.3.5, V1.3.7, V1.3.10
@pytest.mark.parametrize("who", ["some", pytest.param("all", marks=pytest.mark.walk)])
def test_what_was_stored_is_markup_on_no_page(town, who):
    (roles, least) = WHO_READS[who]
    world = World(town)
    pages = [world.url(name, "own") for name in PAGES]
    writers = {role: Walk(visitor(world, role)) for role in WHO_WRITES}
    own = {role: opened_by(role, world) for role in WHO_WRITES}
    for role, walk in writers.items():
        write_everywhere(walk, own[role])
    readers = [Walk(visitor(world, role)) for role in roles]
    shown, changed = 0, []
    for walk in readers:
        for address in pages:
            with undone(walk.client):
                answer = walk.client.get(address)
            walk.judge(address, answer)
            body = answer.getvalue().decode(errors="replace")
            shown += "&lt;script&gt;alert(1)" in body
            changed += [address] if body.count("&lt;script&gt;alert(1)") != body.count(SHOWN) else []
    assert [wrong for walk in [*writers.values(), *readers] for wrong in walk.broken] == []
    print(sum(walk.stored for walk in writers.values()), "stored,", shown, "pages show it")  # noqa: T201
    assert sum(walk.stored for walk in writers.values()) >= 22
    assert (shown >= least, changed) == (True, [])
