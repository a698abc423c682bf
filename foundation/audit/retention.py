"""The audit log of long ago, and how it goes (foundation/retention.py)."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from foundation.audit.models import Event
from foundation.retention import RecordKind, Rows, Unit, of_year, units_by_year


class Log(RecordKind):
    """A trigger keeps each row, and lets go of those that a decision on this kind names."""

    name = "log"
    label = _("操作記録")
    holds = _("誰が、いつ、何を操作したか。断られた操作と、その接続元を含みます。")
    years = 5
    of_group = False
    by_owner = True

    def units(self) -> Counter[Unit]:
        return units_by_year(Event.objects.all(), "at")

    def rows(self, unit: Unit) -> list[Rows]:
        return [of_year(Event.objects.all(), "at", unit)]
