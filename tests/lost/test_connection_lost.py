"""The database goes away at each step of each deed: nothing is half-done, and nothing that was typed is lost.

Whoever sends the page again, as it asks for, has done it, and once. The line breaks around each commit of a few
kinds of deeds and at some statements, beginning elsewhere for each; in `make walk` they are more kinds and three
times the statements, with DEEP=1 each kind and every statement. Slow, because each time is a request of its own,
and what was done needs a fresh database.
"""

import html
from collections import Counter
from typing import NamedTuple

import pytest

from tests import builders
from tests.hostile.walk import visitor
from tests.lost.copies import added, copies_of, rows
from tests.lost.cut import cut_at
from tests.lost.deeds import ROLES, deeds_of
from tests.machines import DEEP
from tests.planted import plant
from tests.world import World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.no_cover,
    pytest.mark.timeout(3600 if DEEP else 300),
]
NEVER = 1_000_000


class Walk(NamedTuple):
    """`kinds` of deeds, spread over those that there are, broken at every `step`th statement. Who has done fewer
    than the `least` has lost the way.
    """

    kinds: int
    step: int
    least: dict[str, int]


FEW = Walk(3, 39, {"anonymous": 1, "member": 1, "desk": 1, "staff": 1, "administrator": 1})
SOME = Walk(5, 13, {"anonymous": 2, "member": 4, "desk": 3, "staff": 3, "administrator": 2})
ALL = Walk(1000, 1, {"anonymous": 2, "member": 5, "desk": 30, "staff": 4, "administrator": 15})


def planted():
    world = World(builders.make_municipality())
    plant(world)
    return world, {role: visitor(world, role) for role in ROLES}


@pytest.fixture(scope="module")
def copies(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), copies_of(planted) as copies:
        yield copies


@pytest.fixture
def fresh(copies, settings):
    settings.BRAKES = dict.fromkeys(settings.BRAKES, "1000000/h/address")
    copies.again()
    return copies


class Lost:
    """One deed, sent while the line breaks now here and now there, and sent again where the page asks for it."""

    def __init__(self, copies, client, deed):
        self.copies, self.client, self.deed = copies, client, deed
        self.cookies, self.before = client.cookies.copy(), rows()
        self.wrong, self.met = [], Counter()
        # Where it broke, the status, and what was different in the end.
        self.ends = []

    def walk(self, start, step):
        """At last the same is sent on an unbroken line, after all that was tried before."""
        self.send_while_it_breaks("statement", 1 + start % step, step)
        self.send_while_it_breaks("commit", 1, 1)
        self.send_while_it_breaks("committed", 1, 1)
        _, _answer, change = self.send()
        if change:
            self.met["deeds"] += 1
            self.wrong += [f"{end}, not {change}" for end in self.ends if end[2] not in ({}, change)]
            self.wrong += [f"{where}: lost, and the page says {status}" for where, status, _ in self.unsaid]
            self.copies.again()

    @property
    def unsaid(self):
        """Nothing was done, and no page says so. Of what is refused in any case it may be."""
        return [end for end in self.ends if not end[2] and end[1] != 503]

    def send_while_it_breaks(self, what, number, step):
        while self.breaks(what, number):
            number += step

    def breaks(self, what, number):
        """Whether it was not over before."""
        cut, answer, change = self.send(what, number)
        if change and answer.status_code == 503:
            self.met["kept although the page did not know"] += cut.is_done
            _, _, change = self.send()
        elif answer.status_code == 503:
            # It is sent again at the end.
            change = None
        if change:
            self.copies.again()
        if cut.is_done:
            self.met["breaks"] += 1
            self.look_at(f"{what} {number}", answer, change)
        return cut.is_done

    def send(self, what="statement", number=NEVER):
        self.client.cookies = self.cookies.copy()
        with cut_at(what, number) as cut:
            answer = self.deed.send(self.client)
        return cut, answer, added(self.before, rows())

    def look_at(self, where, answer, change):
        if change is not None:
            self.ends.append((where, answer.status_code, change))
        if answer.status_code == 503:
            page = answer.content.decode()
            lost = [name for name, value in self.deed.fields.items() if html.escape(str(value)) not in page]
            self.wrong += [f"{where}: lost is {name}" for name in lost]
            self.wrong += [] if "もう一度送信してください" in page else [f"{where}: does not say what to do"]
        elif answer.status_code >= 500:
            self.wrong.append(f"{where}: answers {answer.status_code}")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("walk", [FEW, pytest.param(SOME, marks=pytest.mark.walk)], ids=["few", "some"])
def test_whatever_is_lost_on_its_way_is_not_done_and_can_be_sent_again(fresh, role, walk):
    walk = ALL if DEEP else walk
    world, clients = fresh.planted
    met, wrong = Counter(), []
    deeds = deeds_of(role, world, clients[role])
    deeds = deeds[:: max(1, len(deeds) // walk.kinds)]
    for start, deed in enumerate(deeds):
        lost = Lost(fresh, clients[role], deed)
        lost.walk(start, walk.step)
        wrong += [f"{deed.name}: {each}" for each in lost.wrong]
        met += lost.met
    print(f"{role}:", ", ".join(f"{count} {what}" for what, count in met.items()))  # noqa: T201
    assert "\n".join(wrong) == ""
    assert met["deeds"] >= walk.least[role]
