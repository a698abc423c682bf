from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from meetings.models.meeting import Meeting
from meetings.models.question import Question
from meetings.models.survey import Reply


class ThemeQuerySet(models.QuerySet["Theme"]):
    def standing(self) -> Self:
        """Those that were not united with another."""
        return self.filter(merged_into=None)

    def examples(self) -> Self:
        """What the form offers to everybody; a proposal is its writer's own."""
        return self.standing().filter(proposed_in=None)

    def counted(self) -> Self:
        """With `wished`: how many people want it, or what was united with it. Each counts once."""
        wanting = Reply.objects.filter(
            Q(theme_votes__theme=OuterRef("pk"))
            | Q(theme_votes__theme__merged_into=OuterRef("pk"))
            | Q(themes_proposed=OuterRef("pk"))
            | Q(themes_proposed__merged_into=OuterRef("pk"))
        )
        people = wanting.order_by().values(all=Value(1)).annotate(count=Count("pk", distinct=True))
        return self.annotate(wished=Coalesce(Subquery(people.values("count")), 0))


class Theme(Versioned):
    """A theme to work on at a meeting: an example named by the desk, or proposed in the form.

    A proposal says what its writer wrote; the desk leads it to an example, and chooses among these.
    """

    # Told by `counted()`.
    wished: int

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="themes")
    order = models.PositiveSmallIntegerField(_("順番"), default=1000)
    title = models.CharField(_("テーマ"), max_length=100)
    proposed_in = models.ForeignKey(
        Reply,
        verbose_name=_("提案された回答"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="themes_proposed",
    )
    question = models.OneToOneField(
        Question,
        verbose_name=_("元になった質問"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="theme",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("まとめた先のテーマ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sources",
    )
    chosen_at = models.DateTimeField(_("採用した日時"), null=True, editable=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("テーマ")
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                condition=Q(proposed_in__isnull=True),
                name="meetings_theme_unique",
                violation_error_message=_("同じテーマが既にあります。"),
            ),
            models.UniqueConstraint(
                fields=["proposed_in"], name="meetings_one_proposal_each", nulls_distinct=True
            ),
            models.CheckConstraint(
                condition=Q(chosen_at=None) | Q(proposed_in=None, merged_into=None),
                name="meetings_theme_chosen_is_example",
                violation_error_message=_("採用できるのは、他のテーマにまとめていないテーマの例だけです。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ThemeVote(models.Model):
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="votes")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="theme_votes")

    class Meta:
        verbose_name = _("テーマの希望")
        constraints = [models.UniqueConstraint(fields=["theme", "reply"], name="meetings_vote_once")]

    def __str__(self) -> str:
        return f"{self.theme}"
