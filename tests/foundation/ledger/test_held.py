"""After a restore without its notes citizens wait until somebody has looked."""

import pytest

from foundation.db import clock
from foundation.ledger.models import Restoration


@pytest.mark.parametrize(
    ("whole", "released", "holds"), [(False, False, True), (False, True, False), (True, False, False)]
)
def test_only_what_came_back_without_its_notes_holds_until_it_is_released(abe, whole, released, holds):
    now = clock.now()
    release = {"released_at": now, "released_by": abe} if released else {}
    Restoration.objects.create(backup_at=now, ledger_was_whole=whole, **release)
    assert Restoration.objects.holding().exists() is holds
