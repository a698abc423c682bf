from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki


class ClosedDay(models.Model):
    """A day on which the town hall is closed beside weekends, public holidays and the turn of the year."""

    day = models.DateField(
        _("閉庁日"),
        unique=True,
        error_messages={"unique": _("この日は既に登録されています。")},
    )
    label = models.CharField(_("理由"), max_length=50, help_text=_("例：市制記念日"))

    class Meta:
        verbose_name = _("閉庁日")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{wareki.date(self.day)} {self.label}"
