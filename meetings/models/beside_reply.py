"""What stands beside a reply: what is not sent, what came too late, and what was said before."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.audit.models import Via
from foundation.db.versioned import Versioned
from meetings.models.survey import Reply, Survey
from members.models import Membership


class ReplyDraft(models.Model):
    """What somebody has typed and not yet sent; nobody else sees it."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="drafts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reply_drafts")
    # Form field name → list of raw values, as typed.
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("保存日時"), db_default=Now())

    class Meta:
        verbose_name = _("回答の下書き")
        constraints = [models.UniqueConstraint(fields=["survey", "membership"], name="meetings_one_draft_each")]

    def __str__(self) -> str:
        return f"{self.membership}"


class LateReply(Versioned):
    """What somebody left with the desk after the deadline: no reply until the desk takes it over."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="late_replies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="late_replies")
    # As a draft has it.
    data = models.JSONField(default=dict)
    left_at = models.DateTimeField(_("預かった日時"), db_default=Now())
    # The desk does not take it over; its writer is told so, and still reads it.
    dismissed_at = models.DateTimeField(_("受け付けないこととした日時"), null=True)

    class Meta:
        verbose_name = _("期限後に届いた内容")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "membership"],
                name="meetings_one_late_reply_each",
                violation_error_message=_("期限後に届いたこの方の内容は、既に預かっています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership}"


class ReplyRevision(models.Model):
    """What a reply said each time it was given or changed; a trigger keeps it as it was."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("版"))
    # Section kind → its part, as meetings.survey has it; nothing where the reply was withdrawn.
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(_("経路"), max_length=8, choices=Via)
    at = models.DateTimeField(_("日時"))

    class Meta:
        verbose_name = _("回答の履歴")
        ordering = ["reply_id", "number"]
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="meetings_revision_once")]

    def __str__(self) -> str:
        return f"{self.reply} 第{self.number}版"

    @property
    def is_withdrawal(self) -> bool:
        return not self.content
