"""What a browser would not let through (a choice that is not offered, a day that is none), the server refuses too.

Slow, because each such control of each form that is taken is sent once.
"""

import pytest

from foundation.audit.models import Event
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.world import World

# By the type of the control.
IMPOSSIBLE = {
    "option": "no-such-choice",
    "radio": "no-such-choice",
    "date": "2026-02-30",
    "datetime-local": "2026-02-30T25:00",
    "time": "25:61",
    "number": "many",
    "email": "nobody",
    "url": "javascript:alert(1)",
}
# Controls sent, of forms that are taken when sent as they are.
LEAST = {"member": 2, "desk": 40, "staff": 2, "administrator": 24}


def deeds(walk, form, fields):
    """How many actions were done; the forms of one's own that leave no row answer with a redirect."""
    with undone(walk.client):
        before = Event.objects.filter(refusal=None).count()
        answer = walk.client.post(form.address, form.fields | fields)
        return Event.objects.filter(refusal=None).count() - before + (answer.status_code == 302)


# ASVS V2.2.2, V15.3.5
@pytest.mark.parametrize("role", LEAST)
def test_what_a_browser_would_refuse_is_refused_without_one(town, role):
    world = World(town)
    walk = Walk(visitor(world, role))
    sent, taken = 0, []
    for form in walk.forms_on(opened_by(role, world)):
        controls = [name for name, kind in form.kinds.items() if kind in IMPOSSIBLE and name not in form.unasked]
        if not controls or not deeds(walk, form, {}):
            continue
        for name in controls:
            sent += 1
            if deeds(walk, form, {name: IMPOSSIBLE[form.kinds[name]]}):
                taken.append(f"{form.address} {name}")
    print(role, sent, "controls")  # noqa: T201
    assert taken == []
    assert sent >= LEAST[role]
