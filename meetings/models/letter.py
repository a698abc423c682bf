from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings.models.meeting import Meeting
from meetings.states import LetterKind
from members.models import Membership

# An email that reached its reader, or may have: whoever is told again is told what is different since.
REACHED = [JobState.RUNNING, JobState.DONE, JobState.UNCLEAR]
GIVEN_UP = [JobState.CANCELLED]


class LetterQuerySet(models.QuerySet["Letter"]):
    def standing(self) -> Self:
        """Those that were not taken back before they left."""
        return self.filter(withdrawn_at=None).exclude(email__job__state__in=GIVEN_UP)

    def waiting(self) -> Self:
        """In the house still: they can be taken back."""
        on_paper = Q(by_paper=True, handed_at=None)
        return self.standing().filter(on_paper | Q(email__job__state=JobState.WAITING))

    def with_email(self) -> Self:
        return self.select_related("email__job")


class Letter(models.Model):
    """What one person was told of a meeting, or is about to be: by email, or on paper from the desk's hand.

    `facts` is what it says of day, place and deadline; from it follows what has to be told when these change
    (meetings/letters.py). An old email may be gone; the letter stays.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="letters")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("種類"), max_length=10, choices=LetterKind)
    facts = models.JSONField(default=dict)
    email = models.OneToOneField(Email, null=True, on_delete=models.SET_NULL, related_name="letter")
    by_paper = models.BooleanField(_("紙"), default=False)
    handed_at = models.DateTimeField(_("配布した日時"), null=True)
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True)
    made_at = models.DateTimeField(_("作成した日時"), db_default=Now())

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議の通知")
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "membership"], name="meetings_letter_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(by_paper=True),
                name="meetings_letter_handed_is_paper",
                violation_error_message=_("メールの通知は、配布済みにできません。"),
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(withdrawn_at=None),
                name="meetings_letter_handed_is_out",
                violation_error_message=_("配布済みの通知は、取り消せません。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.membership}"

    @property
    def is_waiting(self) -> bool:
        """Of a standing letter."""
        if self.by_paper:
            return self.handed_at is None
        return self.email is not None and self.email.job.state == JobState.WAITING

    @property
    def has_reached(self) -> bool:
        """Of a standing letter: its reader knows what it says. An email that is gone had left long before."""
        if self.by_paper:
            return self.handed_at is not None
        return self.email is None or self.email.job.state in REACHED
