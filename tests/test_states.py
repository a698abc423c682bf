"""Each page × state of the world × role has the outcome that tests/states/ says, and tells no secret.

`make test` opens each page in each state that can change it as two people: who has it (or is told otherwise in
that state), and who is refused. `make walk` opens all of them as everybody, with every method. Slow (a second or
more each), because each state is a walk over many pages.
"""

import copy
from collections import Counter

import pytest

from tests.access import PAGES, REFUSED_EVERYWHERE, ROLES
from tests.states import STATES
from tests.walk import Walker, undone

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
# Who has a page is asked in this order: whoever would lose most by a broken or a leaking page comes first.
WATCHED = ["desk", "member", "staff", "administrator", "administrator_inside", "expert", "anonymous"]
UNWELCOME = ["other_desk", "stranger", "other_staff", "anonymous", "member"]
REFUSED = {"login", "403", "404"}
EVERYTHING = [(role, method) for role in ROLES for method in ("get", "head", "post", *REFUSED_EVERYWHERE)]


def world_in(planted, state):
    """The planted world after the change; what a state does to its objects it does to copies."""
    world = copy.deepcopy(planted)
    state.change(world)
    world.secrets = state.readers(planted.secrets)
    return world


def method_of(name):
    """How a page is mostly met: read, or where there is nothing to read, sent."""
    return "post" if PAGES[name].get.split()[-1] == "405" else "get"


def watchers(name, state):
    """Two people: of those for whom the state makes a difference first, then who has the page, and who has not."""
    method = method_of(name)
    told = [role for role in WATCHED if (role, method, name) in state.differences or role in state.like]
    having = [role for role in WATCHED if PAGES[name].outcome(role, method, "own") not in REFUSED]
    refused = [role for role in UNWELCOME if PAGES[name].outcome(role, method, "own") in REFUSED]
    return list(dict.fromkeys([*told[:1], *having[:1], *refused[:1], *UNWELCOME]))[:2]


def walked(planted, state, wanted):
    """Where the answer is another than the table's, as a line of tests/states/ would say it; what no page may
    do; and how much was met."""
    with undone():
        world = world_in(planted, state)
        walkers = {role: Walker(world, role) for role in ROLES}
        wrong = []
        for name in state.pages:
            for role, method in wanted(name):
                expected, found = state.outcome(role, method, name), walkers[role].visit(method, name)
                wrong += [f"{role} {method} {expected} → {found} {name}"] if found != expected else []
    faults = [f"{walker.role} {fault}" for walker in walkers.values() for fault in walker.faults]
    return wrong, faults, sum((walker.met for walker in walkers.values()), Counter())


@pytest.mark.parametrize("name", STATES)
def test_each_page_in_each_state_is_met_by_two_people(planted, name, record_property):
    state = STATES[name]

    def wanted(page):
        return [(role, method_of(page)) for role in watchers(page, state)]

    wrong, faults, met = walked(planted, state, wanted)
    record_property("met", dict(met))
    assert (wrong, faults) == ([], [])
    assert met["requests"] == 2 * len(state.pages)
    assert met["pages"] >= 10, met


@pytest.mark.walk
@pytest.mark.parametrize("name", STATES)
def test_each_page_in_each_state_is_met_by_everybody_with_every_method(planted, name, record_property):
    state = STATES[name]
    wrong, faults, met = walked(planted, state, lambda _page: EVERYTHING)
    record_property("met", dict(met))
    assert (wrong, faults) == ([], [])
    assert met["requests"] == len(state.pages) * len(EVERYTHING)
    assert met["pages"] >= 100, met


@pytest.mark.parametrize("name", STATES)
def test_a_difference_is_one(name):
    """What a state says was so is what the plain table says, and it says something else."""
    state = STATES[name]
    stale = {key for key, (was, now) in state.differences.items() if was == now or was != state.plain(*key)}
    assert (stale, {page for _role, _method, page in state.differences} - set(state.pages)) == (set(), set())


def test_the_states_are_many():
    assert len(STATES) >= 48
