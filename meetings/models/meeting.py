from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import in_order
from meetings.states import ItemKind, MeetingState, Method
from members.models import Membership, WorkingGroup


class MeetingQuerySet(models.QuerySet):
    def standing(self):
        return self.exclude(state=MeetingState.CANCELLED)

    def announced(self):
        return self.filter(state__in=[MeetingState.ANNOUNCED, MeetingState.HELD])

    def upcoming(self):
        return self.filter(state=MeetingState.ANNOUNCED).order_by("starts_at", "number")

    def with_progress(self):
        """How far the desk has come, for its steps: in the query that reads the meetings."""
        return self.select_related("group", "form").annotate(
            item_count=Count("items", distinct=True),
            answer_count=Count("form__responses", distinct=True),
        )

    def run_by(self, user):
        return self.filter(group__in=WorkingGroup.objects.run_by(user))

    def visible_to(self, user):
        """Inside the group once announced; drafts and cancelled ones to the desk."""
        if not user.is_authenticated:
            return self.none()
        groups = WorkingGroup.objects
        return self.filter(
            Q(group__in=groups.run_by(user))
            | Q(group__in=groups.joined_by(user), state__in=[MeetingState.ANNOUNCED, MeetingState.HELD])
        )


class Meeting(models.Model):
    # Added by with_progress().
    item_count: int
    answer_count: int

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("回"))
    theme = models.CharField(_("テーマ"), max_length=100, blank=True)
    method = models.CharField(_("進め方"), max_length=12, choices=Method, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=MeetingState, default=MeetingState.DRAFT, editable=False
    )
    starts_at = models.DateTimeField(_("開始予定"), null=True, blank=True)
    ends_at = models.DateTimeField(_("終了予定"), null=True, blank=True)
    date_note = models.CharField(
        _("日程のめど"), max_length=50, blank=True, help_text=_("日時が決まっていないとき。例：9月上旬")
    )
    building = models.CharField(_("建物"), max_length=100, blank=True)
    room = models.CharField(_("部屋"), max_length=100, blank=True)
    online_url = models.URLField(
        _("オンラインの接続先"), blank=True, help_text=_("オンラインで出席する方だけに表示します。")
    )
    notice_number = models.CharField(_("文書番号"), max_length=50, blank=True)
    announced_at = models.DateTimeField(_("開催通知の日時"), null=True, editable=False)
    held_from = models.DateTimeField(_("開会"), null=True, blank=True)
    held_to = models.DateTimeField(_("閉会"), null=True, blank=True)
    # What was true when the meeting was held: {"members": {"member": 26, "expert": 3},
    # "next": {"number": 2, "starts_at": ISO 8601 or null, "date_note": ""} or null}. Null until then.
    snapshot = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議")
        ordering = ["group", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meetings_number_unique",
                violation_error_message=_("この回の会議はすでに登録されています。"),
            ),
            in_order(
                "starts_at",
                "ends_at",
                strict=True,
                name="meetings_starts_before_end",
                message=_("終了時刻は開始時刻より後にしてください。"),
            ),
            in_order(
                "held_from",
                "held_to",
                strict=True,
                name="meetings_held_in_order",
                message=_("閉会は開会より後にしてください。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.ANNOUNCED)
                | Q(starts_at__isnull=False, announced_at__isnull=False),
                name="meetings_announced_has_date",
                violation_error_message=_("開催通知には日時が必要です。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD)
                | Q(held_from__isnull=False, held_to__isnull=False, snapshot__isnull=False),
                name="meetings_held_has_times",
                violation_error_message=_("開催済みにするには、開会と閉会の時刻が必要です。"),
            ),
        ]

    def __str__(self):
        return f"第{self.number}回{self.group.name}"

    @property
    def place(self):
        return " ".join(part for part in (self.building, self.room) if part)

    @property
    def day(self):
        """The day on which people's posts are looked up."""
        return timezone.localdate(self.held_from or self.starts_at or timezone.now())

    def asked(self):
        """Whose attendance the form asks for: those who are counted on the day."""
        return self.group.memberships.on(self.day).counted()


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(_("順番"))
    kind = models.CharField(_("種類"), max_length=14, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(_("議題"), max_length=100)
    presenter = models.ForeignKey(
        Membership,
        verbose_name=_("説明者"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    minutes = models.PositiveSmallIntegerField(_("時間（分）"), null=True, blank=True)
    minutes_each = models.PositiveSmallIntegerField(_("1人当たりの時間（分）"), null=True, blank=True)

    class Meta:
        verbose_name = _("議題")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="meetings_item_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self):
        return f"{self.order}. {self.title}"
