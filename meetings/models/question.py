from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from meetings.models.meeting import AgendaItem, Meeting
from meetings.models.survey import Reply
from meetings.states import QuestionChannel, QuestionState
from members.models import Anybody, Membership, WorkingGroup


class QuestionQuerySet(models.QuerySet["Question"]):
    def standing(self) -> Self:
        return self.filter(state=QuestionState.OPEN)

    def asked_of(self, people: Any) -> Self:
        """To these memberships (or to the one of an outer query), or about an item that one of them presents."""
        among = "" if isinstance(people, OuterRef) else "__in"
        of_item = Q((f"item__presenter{among}", people), addressee=None)
        return self.standing().filter(Q((f"addressee{among}", people)) | of_item)

    def unanswered(self) -> Self:
        return self.exclude(Exists(Answer.objects.filter(question=OuterRef("pk"))))

    def can_be_taken_back(self) -> Self:
        """By whoever asked: neither answered nor chosen for the report."""
        return self.unanswered().filter(in_report=False)

    def kept(self) -> Self:
        """The rest of those that stand."""
        taken = Question.objects.can_be_taken_back()
        return self.exclude(state=QuestionState.WITHDRAWN).exclude(pk__in=taken.values("pk"))

    def in_report(self) -> Self:
        return self.filter(in_report=True)

    def visible_to(self, user: Anybody) -> Self:
        """The asker's own, those to this person, and the desk's; others when a report publishes them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(asker__user_id=user.pk)
            | Q(addressee__user_id=user.pk, state=QuestionState.OPEN)
            | Q(meeting__group__in=WorkingGroup.objects.run_by(user))
        )


class Question(Versioned):
    """質疑. Asked in a form or at the meeting, of a person or of an agenda item, or of nobody in particular."""

    # A report reads its answers in the same query: pk and text (compose.rows).
    replies: list[dict[str, Any]]

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField(_("順番"), default=1000)
    channel = models.CharField(_("受付"), max_length=10, choices=QuestionChannel)
    state = models.CharField(_("状態"), max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    text = models.TextField(_("質問"), max_length=1000)
    reply = models.ForeignKey(Reply, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    asker = models.ForeignKey(
        Membership,
        verbose_name=_("質問者"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions_asked",
    )
    # Two consents: of the one who is asked, and of everybody who reads the report.
    show_name = models.BooleanField(_("質問の宛先の方に名前を伝える"), default=False)
    name_in_report = models.BooleanField(_("結果報告に名前を出す"), default=False, db_default=False)
    addressee = models.ForeignKey(
        Membership,
        verbose_name=_("宛先"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions_received",
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("議題"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    in_report = models.BooleanField(_("結果報告に載せる"), default=False)
    # When the person who is asked was told of it, in the one letter of a day.
    told_at = models.DateTimeField(_("宛先の方に知らせた日時"), null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("質問")
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="meetings_question_has_text",
                violation_error_message=_("質問を入力してください。"),
            ),
            models.UniqueConstraint(
                fields=["reply", "addressee"],
                condition=Q(addressee__isnull=False),
                name="meetings_question_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["reply", "item"],
                condition=Q(item__isnull=False),
                name="meetings_question_once_per_item",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]

    @property
    def asked_person(self) -> Membership | None:
        """Who is to answer: the person it is put to, or who presents the item."""
        return self.addressee or (self.item.presenter if self.item else None)


class Answer(Versioned):
    """A question may have several."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    order = models.PositiveSmallIntegerField(_("順番"), default=1000)
    text = models.TextField(_("回答"), max_length=2000)
    answerer = models.ForeignKey(
        Membership,
        verbose_name=_("回答者"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answers_given",
    )

    class Meta:
        verbose_name = _("回答")
        ordering = ["question", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="meetings_answer_has_text",
                violation_error_message=_("回答を入力してください。"),
            )
        ]

    def __str__(self) -> str:
        return self.text[:50]


class Theme(models.Model):
    """A theme to work on at a meeting: an example named by the desk, or proposed in the form."""

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
