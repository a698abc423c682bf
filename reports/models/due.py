"""Until when a group's meetings are told of, by its own rules: data of the desk, never code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import GroupRules, WorkingGroup
from reports.states import DayCount


class DueRules(GroupRules):
    """What has no number of days is not asked for."""

    group = models.OneToOneField(WorkingGroup, on_delete=models.PROTECT, related_name="due_rules", editable=False)
    summary_days = models.PositiveSmallIntegerField(_("会議の概要を公表するまでの日数"), null=True, blank=True)
    summary_count = models.CharField(
        _("概要の日数の数え方"), max_length=8, choices=DayCount, default=DayCount.WORKING
    )
    record_days = models.PositiveSmallIntegerField(_("会議録を公表するまでの日数"), null=True, blank=True)
    record_count = models.CharField(
        _("会議録の日数の数え方"), max_length=8, choices=DayCount, default=DayCount.CALENDAR
    )
    report_is_record = models.BooleanField(
        _("結果報告を会議録として公開する"),
        default=True,
        help_text=_(
            "チェックを入れると、結果報告を公開したときに会議録の期限も表示しなくなります。"
            "チェックを外すと、会議録を公表した日を記録するまで期限を表示します。"
        ),
    )

    class Meta:
        verbose_name = _("公表の期限")

    def __str__(self) -> str:
        return f"{self.group}"
