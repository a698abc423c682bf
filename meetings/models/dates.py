"""日程調整: the days that a meeting without one is put to its people as, and what each can do on them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import in_order
from foundation.db.versioned import Versioned
from meetings.models.meeting import Meeting
from meetings.states import DateMark, MeetingState
from members.models import Membership, User


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    def asked(self) -> Self:
        """Those that their people know of; a meeting that was called off is none of theirs any more."""
        known = self.filter(asked_at__isnull=False, meeting__disposed_on=None)
        return known.exclude(meeting__state=MeetingState.CANCELLED)

    def open(self) -> Self:
        """As `DatePoll.is_open`."""
        undecided = self.asked().filter(meeting__state=MeetingState.DRAFT, meeting__starts_at=None)
        return undecided.filter(closes_at__gt=clock.now())

    def open_for(self, user: User) -> Self:
        """Those that ask this person and take their answer, the nearest deadline first."""
        return self.open().filter(meeting__in=Meeting.objects.asking(user)).order_by("closes_at")


class DatePoll(Versioned):
    """One per meeting. Which day was chosen is not stored: it is the day that the meeting has."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="date_poll")
    closes_at = models.DateTimeField(_("回答期限"))
    note = models.TextField(_("添える文"), max_length=400, blank=True)
    asked_at = models.DateTimeField(_("依頼の日時"), null=True, editable=False)

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("日程調整")

    def __str__(self) -> str:
        return f"{self.meeting} 日程調整"

    @cached_property
    def days(self) -> "list[DateOption]":
        """The options in their order, read once."""
        return list(self.options.all())

    @property
    def is_decided(self) -> bool:
        return self.meeting.starts_at is not None

    @property
    def is_asking(self) -> bool:
        """Sent, and the meeting has no day yet: also after the deadline, when the desk enters what it is told."""
        return self.asked_at is not None and self.meeting.state == MeetingState.DRAFT and not self.is_decided

    @property
    def is_open(self) -> bool:
        return self.is_asking and clock.now() < self.closes_at


class DateOption(models.Model):
    poll = models.ForeignKey(DatePoll, on_delete=models.PROTECT, related_name="options")
    starts_at = models.DateTimeField(_("開始"))
    ends_at = models.DateTimeField(_("終了"))

    class Meta:
        verbose_name = _("候補日")
        ordering = ["starts_at", "ends_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at", "ends_at"],
                name="meetings_date_option_once",
                violation_error_message=_("同じ日時の候補日が二つあります。"),
            ),
            in_order(
                "starts_at",
                "ends_at",
                strict=True,
                name="meetings_date_option_in_order",
                message=_("終了時刻は開始時刻より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll} {self.starts_at}"


class DateReplyQuerySet(models.QuerySet["DateReply"]):
    def answered(self) -> Self:
        """With a mark at least: the days that somebody had marked may be no candidates any more."""
        return self.filter(Exists(DateChoice.objects.filter(reply=OuterRef("pk"))))


class DateReply(Versioned):
    """That somebody answered, and what they told the desk besides; their marks stand in `choices`."""

    poll = models.ForeignKey(DatePoll, on_delete=models.PROTECT, related_name="replies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="date_replies")
    comment = models.TextField(_("事務局への連絡"), max_length=400, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("入力した人"), on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("回答日時"), db_default=Now())

    objects = DateReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("日程調整の回答")
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "membership"],
                name="meetings_one_date_reply_each",
                violation_error_message=_("この方の回答は既に受け付けています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} 日程調整"

    @property
    def entered_by_desk(self) -> bool:
        return self.entered_by_id != self.membership.user_id

    @property
    def marks(self) -> dict[int, str]:
        """The key of the option → the mark."""
        return {choice.option_id: choice.mark for choice in self.choices.all()}


class DateChoice(models.Model):
    option = models.ForeignKey(DateOption, on_delete=models.PROTECT, related_name="choices")
    reply = models.ForeignKey(DateReply, on_delete=models.PROTECT, related_name="choices")
    mark = models.CharField(_("印"), max_length=5, choices=DateMark)

    class Meta:
        verbose_name = _("候補日ごとの印")
        constraints = [
            models.UniqueConstraint(
                fields=["option", "reply"],
                name="meetings_date_choice_once",
                violation_error_message=_("この候補日には既に回答があります。"),
            ),
            models.CheckConstraint(
                condition=models.Q(mark__in=DateMark.values),
                name="meetings_date_choice_is_a_mark",
                violation_error_message=_("○△×から選択してください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} {self.get_mark_display()}"
