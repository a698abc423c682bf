"""Whatever is typed into a form, nobody is met by a broken page (500), and nothing comes out as markup or header.

The walk opens every page that a role can open, finds the forms on it as a browser would, and sends each with
something hostile in place of what a person would type; each request is undone. Every field meets every string that
fits its control in `make walk`; in `make test` each form meets one round of each sort, the next form the next one.
Slow, because it sends some hundred requests a role; with DEEP=1 every field meets each string alone.
"""

from itertools import chain

import pytest

from tests.access import PAGES
from tests.hostile.strings import BY_CONTROL, fitting
from tests.hostile.walk import Walk, visitor
from tests.machines import DEEP
from tests.world import World

# Forms, fields, posts and deeds that were done: below these the walk has lost its way.
LEAST = {
    "anonymous": {"forms": 5, "fields": 27, "posts": 40, "stored": 20},
    "member": {"forms": 3, "fields": 15, "posts": 20, "stored": 5},
    "desk": {"forms": 45, "fields": 130, "posts": 450, "stored": 200},
    "staff": {"forms": 5, "fields": 13, "posts": 30, "stored": 10},
    "administrator": {"forms": 18, "fields": 95, "posts": 150, "stored": 40},
}
# Posts and deeds where each form meets one round of each sort.
LEAST_IN_TURN = {
    "anonymous": {"posts": 10, "stored": 3},
    "member": {"posts": 5, "stored": 1},
    "desk": {"posts": 120, "stored": 50},
    "staff": {"posts": 8, "stored": 2},
    "administrator": {"posts": 40, "stored": 8},
}


@pytest.fixture
def world(town):
    return World(town)


def opened_by(role, world):
    """What this role can open and the public cannot."""
    pages = [name for name, page in PAGES.items() if page.outcome(role, "get", "own") == "200"]
    if role != "anonymous":
        pages = [name for name in pages if PAGES[name].outcome("anonymous", "get", "own") != "200"]
    return [world.url(name, "own") for name in pages]


def sorts_of_rounds(form):
    """What is sent in place of what a person would send.

    Words alone are stored, and shown; what asks for a day or a number meets one by one what its control lets
    through; at last every field holds something hostile at once, each string in its turn.
    """
    strings = {name: fitting(form.kinds.get(name)) for name in form.fields}
    alone = form.fields if DEEP else [name for name in form.fields if form.kinds.get(name) in BY_CONTROL]
    some = slice(None if DEEP else 2)
    return [
        [{name: strings[name][place] for name in form.words} for place in range(4)],
        [{name: string} for name in alone for string in strings[name][some]],
        [
            {name: own[place % len(own)] for name, own in strings.items()}
            for place in range(max(map(len, strings.values()), default=0))
        ],
    ]


def rounds(form):
    return [{}, *chain.from_iterable(sorts_of_rounds(form))]


def rounds_in_turn(form, turn):
    return [sort[turn % len(sort)] for sort in sorts_of_rounds(form) if sort]


def send(walk, form, fields):
    """Of a round that broke, each field is sent alone, to say which it was."""
    known = len(walk.broken)
    walk.post(form, fields)
    if len(walk.broken) > known and len(fields) > 1:
        for name, value in fields.items():
            walk.post(form, {name: value})


# ASVS V1.2.2, V2.2.1, V16.5.3
@pytest.mark.parametrize("role", LEAST)
def test_no_form_breaks_on_what_is_typed_into_it(world, role):
    walk = Walk(visitor(world, role))
    for turn, form in enumerate(walk.forms_on(opened_by(role, world))):
        for fields in rounds_in_turn(form, turn):
            send(walk, form, fields)
    walk.tell(role)
    assert walk.broken == []
    assert walk.fewer_than(LEAST[role] | LEAST_IN_TURN[role]) == {}


# ASVS V1.2.2, V2.2.1, V16.5.3
@pytest.mark.walk
@pytest.mark.parametrize("role", LEAST)
def test_no_form_breaks_on_anything_that_is_typed_into_it(world, role):
    walk = Walk(visitor(world, role))
    for form in walk.forms_on(opened_by(role, world)):
        for fields in rounds(form):
            send(walk, form, fields)
    walk.tell(role)
    assert walk.broken == []
    assert walk.fewer_than(LEAST[role]) == {}
