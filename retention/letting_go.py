"""The moment at which a kind's rows of a unit go, by a decision that stands in its row."""

from datetime import date

from django.db import connection

from foundation.actions import write
from foundation.db import clock
from retention.models import Disposal


def let_go(disposal: Disposal, *, on: date) -> None:
    """Frozen rows go for this decision alone (migrations/0002_let_go.py). Part of a transaction."""
    _say(str(disposal.pk))
    disposal.of_kind.dispose(disposal.unit, on=on)
    _say("")
    write(disposal, done_at=clock.now())


def _say(which: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dxbukai.disposal', %s, true)", [which])
