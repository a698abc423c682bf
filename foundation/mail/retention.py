"""Emails that left long ago, and how they go (foundation/retention.py)."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import Job
from foundation.jobs.states import ENDED
from foundation.mail.models import Email
from foundation.retention import RecordKind, Rows, Unit, of_year, units_by_year


class Letters(RecordKind):
    name = "letters"
    label = _("送信したメール")
    holds = _("送信した通知などの宛先、件名、本文と送信の結果。回答用リンクの文字列は含みません。")
    of_group = False

    def units(self) -> Counter[Unit]:
        return units_by_year(self._ended(), "job__created_at")

    def rows(self, unit: Unit) -> list[Rows]:
        return [of_year(self._ended(), "job__created_at", unit)]

    def dispose(self, unit: Unit, *, on: date) -> None:
        """An email hangs on its job: the job goes after it."""
        jobs = list(self.rows(unit)[0].values_list("job", flat=True))
        super().dispose(unit, on=on)
        Job.objects.filter(pk__in=jobs).delete()

    @staticmethod
    def _ended() -> Rows:
        return Email.objects.filter(job__state__in=ENDED)
