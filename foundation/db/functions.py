"""Words of PostgreSQL that Django has no name for."""

from django.db.models import DateTimeField, Func


class ClockTimestamp(Func):
    """The database's clock at this very moment; `Now()` stands still for a whole transaction."""

    function = "clock_timestamp"
    output_field = DateTimeField()
