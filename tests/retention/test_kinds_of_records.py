"""What a kind of records has to say of itself (foundation/retention.py)."""

import pytest

from foundation.retention import RecordKind, Unit


def test_a_kind_that_does_not_say_what_there_is_of_it_or_what_goes_is_a_mistake():
    kind = RecordKind()
    with pytest.raises(NotImplementedError):
        kind.units()
    with pytest.raises(NotImplementedError):
        kind.rows(Unit(year=2026))
