from datetime import timedelta

from django.utils import timezone

from foundation import retention
from retention import actions
from retention.kinds import KINDS


def decide(name, unit, *, by, **given):
    """The head of the section has decided it; the day on which it goes is tomorrow."""
    today = timezone.localdate()
    words = {"decided_on": today, "decided_by": "行政経営部長", "due_on": today + timedelta(days=1)}
    shown = given.pop("shown", None) or retention.digest(KINDS[name], unit)
    return actions.decide(kind=KINDS[name], unit=unit, by=by, shown=shown, **(words | given))
