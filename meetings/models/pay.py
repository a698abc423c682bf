"""By which rules a group's people are paid for coming: data of the desk. No bank details, no My Number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.states import HourRounding, PayUnit
from members.models import GroupRules, WorkingGroup


class PayRules(GroupRules):
    """Without amounts, the list says days and hours alone."""

    group = models.OneToOneField(WorkingGroup, on_delete=models.PROTECT, related_name="pay_rules", editable=False)
    unit = models.CharField(_("報償費の単位"), max_length=4, choices=PayUnit, default=PayUnit.DAY)
    rounding = models.CharField(_("時間の端数"), max_length=9, choices=HourRounding, default=HourRounding.EXACT)
    amount = models.PositiveIntegerField(_("1単位当たりの金額（円）"), null=True, blank=True)
    travel = models.PositiveIntegerField(_("会場に出席したときの旅費（円）"), null=True, blank=True)
    pays_members = models.BooleanField(_("構成員も対象にする"), default=False)

    class Meta:
        verbose_name = _("報償費の決まり")

    def __str__(self) -> str:
        return f"{self.group}"
