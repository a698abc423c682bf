"""The DX推進部会 of 2020: by now the time of everything it kept is over."""

import pytest

from foundation.actions import Actor
from foundation.retention import Unit
from retention import actions
from retention.models import Archive
from tests import builders
from tests.retention.decisions import decide


@pytest.fixture
def old(town):
    return builders.make_group(slug="dx-r2", fiscal_year=2020)


@pytest.fixture
def old_unit(old):
    return Unit(2020, old.pk)


@pytest.fixture
def taken(old, suzuki):
    """The year's ZIP lies in the document system."""
    return Archive.objects.create(group=old, made_by=suzuki, sha256="0" * 64, size=1)


@pytest.fixture
def by_abe(abe):
    return Actor(abe)


@pytest.fixture
def carried_out(by_abe, taken):
    """`carried_out(kind, unit)`: decided a week ago, and done today."""

    def do(kind, unit):
        disposal = decide(kind, unit, by=by_abe)
        type(disposal).objects.update(due_on=builders.LONG_AGO)
        assert actions.carry_out(disposal=disposal)
        disposal.refresh_from_db()
        return disposal

    return do
