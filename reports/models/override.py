"""What a person writes in place of a sentence that the rows make."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from reports.models.report import Report


class SentenceOverride(Versioned):
    """Of a line of the record its own row tells (`meetings.RecordEntry.override`); this is of all others."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="overrides")
    # Names the block (reports.formats.blocks).
    key = models.CharField(max_length=60, editable=False)
    words = models.TextField(_("置き換える文"), max_length=2000)
    reason = models.CharField(_("置き換える理由"), max_length=200)
    # What the rows said when it was replaced: where they say something else since, a person looks again.
    computed = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("置き換えた文")
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="reports_sentence_overridden_once"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(reason=""),
                name="reports_sentence_override_has_reason",
                violation_error_message=_("置き換える文と理由を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:50]
