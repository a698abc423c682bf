from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.mail.states import NEEDING_A_PERSON, EmailState

LONGEST_SUBJECT = 200


class EmailQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state=EmailState.WAITING, due_at__lte=now)

    def abandoned(self, now):
        return self.filter(state=EmailState.SENDING, lease_until__lt=now)

    def needing_a_person(self):
        """Not login codes: who got none asks for another."""
        return self.filter(state__in=NEEDING_A_PERSON, sensitive=False)


class Email(models.Model):
    """A mail as it was decided; what is secret stands as [[placeholder:id]] until it leaves.

    A trigger keeps address, subject and body as they were written (see the migration).
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("宛先の人"),
        null=True,
        on_delete=models.PROTECT,
        # Its own name, for a person has an `email`, the address.
        related_name="emails",
    )
    to_address = models.EmailField(_("宛先"))
    subject = models.CharField(_("件名"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("本文"))
    # A login code must not lie around: the body is emptied when the email has left, or never will.
    sensitive = models.BooleanField(default=False)
    state = models.CharField(_("状態"), max_length=16, choices=EmailState, default=EmailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("試行回数"), default=0)
    created_at = models.DateTimeField(_("作成"), db_default=Now())
    due_at = models.DateTimeField(_("送信予定"), db_default=Now())
    # Until when the worker that took the email may have it in hand; also tells one taking from the next.
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("送信日時"), null=True)
    last_error = models.TextField(_("直近のエラー"), blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("送信メール")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_queue")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=EmailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=EmailState.SENT) & models.Q(sent_at__isnull=True)),
                name="mail_sent_has_time",
                violation_error_message=_("送信済みのメールには送信日時が必要です。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=EmailState.SENDING) | models.Q(lease_until__isnull=False),
                name="mail_sending_has_lease",
            ),
            # A line break would begin a header of the sender's choice.
            models.CheckConstraint(
                condition=~models.Q(subject__regex=r"[\r\n]") & ~models.Q(to_address__regex=r"\s"),
                name="mail_one_line",
                violation_error_message=_("件名と宛先に改行は使えません。"),
            ),
        ]

    def __str__(self):
        return self.subject
