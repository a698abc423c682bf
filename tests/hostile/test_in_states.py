"""No form breaks in another state of the world either: a meeting held, a file unread, a person whose term is gone.

Slow, because all pages of a kind are opened for each state and role.
"""

import pytest

from tests.access import PAGES
from tests.hostile.states import STATES
from tests.hostile.test_typed import rounds, send
from tests.hostile.walk import Walk, visitor
from tests.machines import DEEP
from tests.world import World

# Forms and posts of all roles together: below these the walk has lost its way.
LEAST = {
    "held": (70, 70),
    "not called": (55, 55),
    "survey closed": (60, 60),
    "submitted": (15, 15),
    "unread": (9, 9),
    "faulty": (12, 12),
    "without a term": (70, 70),
}


def some(form):
    """Words that are shown; where the form asks for none, as a person would send it."""
    every = list(rounds(form))
    return every if DEEP else [every[2 if form.words else 0]]


@pytest.mark.parametrize("state", STATES)
def test_no_form_breaks_in_another_state(town, state):
    """Neither one that this state shows nor one from a page that was opened before."""
    change, roles, kinds = STATES[state]
    world = World(town)
    walks = {role: Walk(visitor(world, role)) for role in roles}
    pages = {role: pages_of(role, world, kinds) for role in roles}
    before = {role: walk.forms_on(pages[role]) for role, walk in walks.items()}
    change(world)
    for role, walk in walks.items():
        for form in before[role]:
            send(walk, form, some(form)[-1])
        for form in walk.forms_on(pages[role]):
            for fields in some(form):
                send(walk, form, fields)
        walk.tell(f"{state}, {role}")
    assert [f"{role}: {wrong}" for role, walk in walks.items() for wrong in walk.broken] == []
    met = sum(walk.forms for walk in walks.values()), sum(walk.posts for walk in walks.values())
    assert all(found >= least for found, least in zip(met, LEAST[state], strict=True)), met


def pages_of(role, world, kinds):
    read = {name for name, page in PAGES.items() if page.outcome(role, "get", "own") not in {"405", "login"}}
    return [world.url(name, "own") for name in sorted(read) if name.startswith(kinds)]
