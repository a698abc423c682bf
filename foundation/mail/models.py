import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import Job
from foundation.jobs.states import NEEDING_A_PERSON
from foundation.mail.states import EmailState

LONGEST_SUBJECT = 200
LONGEST_NAME = 200


class EmailQuerySet(models.QuerySet["Email"]):
    def needing_a_person(self) -> "EmailQuerySet":
        """Not login codes: who got none asks for another."""
        return self.filter(job__state__in=NEEDING_A_PERSON, sensitive=False)

    def about(self, pattern: str | Combinable) -> "EmailQuerySet":
        """Those whose key fits the regular expression."""
        return self.filter(job__key__regex=pattern)


class Email(models.Model):
    """A mail as it was decided; what is secret stands as [[placeholder:id]] until it leaves.

    When it leaves, how often it was tried and what became of it stands in its job. A trigger keeps addresses,
    subject and body as they were written (see the migrations).
    """

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="email")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("宛先の人"),
        null=True,
        on_delete=models.PROTECT,
        # Its own name, for a person has an `email`, the address.
        related_name="emails",
    )
    to_address = models.EmailField(_("宛先"))
    # Whose letter it is, and who reads the answer; empty: the system's own name, and nobody.
    from_name = models.CharField(_("差出人の名前"), max_length=LONGEST_NAME, blank=True, default="", db_default="")
    reply_to = models.EmailField(_("返信先"), blank=True, default="", db_default="")
    subject = models.CharField(_("件名"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("本文"))
    # An iCalendar object that goes with it; empty where there is none.
    calendar = models.TextField(_("予定表のファイル"), blank=True, default="", db_default="")
    # Nobody waits for it: what is due together leaves as one message (bundles.py), and this is the one it left in.
    unasked = models.BooleanField(default=False, db_default=False)
    sent_with = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="companions"
    )
    # A login code must not lie around: the body is emptied when the email has left, or never will.
    sensitive = models.BooleanField(default=False)

    # Told by the page that offers it (policy).
    may_resend: bool
    may_cancel: bool

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("送信メール")
        ordering = ["-id"]
        constraints = [
            # A line break would begin a header of the sender's choice.
            models.CheckConstraint(
                condition=~models.Q(subject__regex=r"[\r\n]") & ~models.Q(to_address__regex=r"\s"),
                name="mail_one_line",
                violation_error_message=_("件名と宛先に改行は使えません。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(from_name__regex=r"[\r\n]") & ~models.Q(reply_to__regex=r"\s"),
                name="mail_sender_one_line",
                violation_error_message=_("差出人の名前と返信先に改行は使えません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> EmailState:
        return EmailState(self.job.state)

    @property
    def sent_at(self) -> dt.datetime | None:
        return self.job.finished_at if self.state == EmailState.SENT else None
