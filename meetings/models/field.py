from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from meetings.models.beside_reply import ReplyRevision
from meetings.models.survey import Reply, Survey
from meetings.states import CHOOSING, FieldKind

LABEL_LENGTH, HELP_LENGTH = 100, 200


class SurveyFieldQuerySet(models.QuerySet["SurveyField"]):
    def living(self) -> Self:
        """Those that are still asked."""
        return self.filter(retired_at=None)

    def with_answers(self) -> Self:
        """With `is_answered`: somebody has answered it once, be it that they changed their mind since."""
        answered = FieldAnswer.objects.filter(field=OuterRef("pk"))
        said = ReplyRevision.objects.filter(
            reply__survey=OuterRef("survey"),
            content__custom__answers__has_key=models.functions.Cast(OuterRef("pk"), models.TextField()),
        )
        return self.annotate(is_answered=Exists(answered) | Exists(said))


class SurveyField(Versioned):
    """設問: a question of the desk's own. One that was answered is never another: it is retired, and replaced."""

    # Told by `with_answers()`.
    is_answered: bool

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="fields")
    order = models.PositiveSmallIntegerField(_("順番"), default=1000)
    kind = models.CharField(_("答え方"), max_length=10, choices=FieldKind)
    label = models.CharField(_("設問"), max_length=LABEL_LENGTH)
    help_text = models.CharField(_("補足"), max_length=HELP_LENGTH, blank=True)
    # What is chosen from, in the words that an answer keeps.
    options = models.JSONField(_("選択肢"), default=list, blank=True)
    is_required = models.BooleanField(_("必ず答える"), default=False)
    retired_at = models.DateTimeField(_("取りやめた日時"), null=True, editable=False)

    objects = SurveyFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("独自の設問")
        ordering = ["survey", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CHOOSING) & ~Q(options=[]) | ~Q(kind__in=CHOOSING) & Q(options=[]),
                name="meetings_field_options_fit",
                violation_error_message=_("選択肢は、「一つ選ぶ」「いくつでも選ぶ」のときに入力してください。"),
            )
        ]

    def __str__(self) -> str:
        return self.label


class FieldAnswer(models.Model):
    """What a reply says to one of them; of what was left open there is no row."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="field_answers")
    field = models.ForeignKey(SurveyField, on_delete=models.PROTECT, related_name="answers")
    # A text, or the texts that were ticked; a day as ISO 8601.
    value = models.JSONField(_("答え"))

    class Meta:
        verbose_name = _("独自の設問への答え")
        constraints = [
            models.UniqueConstraint(fields=["reply", "field"], name="meetings_field_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.value}"
