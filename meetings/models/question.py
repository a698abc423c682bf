from typing import Any, Self

from django.conf import settings
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
        """To these memberships (or to the one of an outer query), or about an item that one of them presents.

        Where the desk has led it to somebody else, it is theirs alone.
        """
        among = "" if isinstance(people, OuterRef) else "__in"
        of_item = Q((f"item__presenter{among}", people), addressee=None)
        as_asked = Q(Q((f"addressee{among}", people)) | of_item, routed_to=None, routed_item=None)
        routed = Q((f"routed_to{among}", people)) | Q((f"routed_item__presenter{among}", people))
        return self.standing().filter(as_asked | routed)

    def unanswered(self) -> Self:
        return self.exclude(Exists(Answer.objects.filter(question=OuterRef("pk"))))

    def open_before(self, meeting: Meeting) -> Self:
        """Of the group's earlier meetings: what still stands and nobody has answered."""
        earlier = Meeting.objects.standing().kept().filter(group=meeting.group_id, number__lt=meeting.number)
        return self.standing().unanswered().filter(meeting__in=earlier)

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
            | Q(addressee__user_id=user.pk, routed_to=None, routed_item=None, state=QuestionState.OPEN)
            | Q(routed_to__user_id=user.pk, state=QuestionState.OPEN)
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
    # Whom the desk has led it to instead; what was asked in the form stays as it was.
    routed_to = models.ForeignKey(
        Membership,
        verbose_name=_("回答をお願いする方"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions_routed",
    )
    routed_item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("取り上げる議題"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions_routed",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("まとめた先の質問"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    declined_reason = models.CharField(_("見送る理由"), max_length=200, blank=True, db_default="")
    # The page on which it was asked said that it may be printed, and the asker was there.
    asker_told = models.BooleanField(
        _("掲載することがあると伝えて受け付けた"), default=False, db_default=False, editable=False
    )
    # Else the desk has asked, and says so.
    agreed_at = models.DateTimeField(_("掲載の了承を確認した日時"), null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("掲載の了承を確認した人"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
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
            models.CheckConstraint(
                condition=Q(state=QuestionState.MERGED, merged_into__isnull=False)
                | (~Q(state=QuestionState.MERGED) & Q(merged_into=None)),
                name="meetings_question_merged_into_another",
                violation_error_message=_("どの質問にまとめるかを選択してください。"),
            ),
            models.CheckConstraint(
                condition=(Q(state=QuestionState.DECLINED) & ~Q(declined_reason=""))
                | (~Q(state=QuestionState.DECLINED) & Q(declined_reason="")),
                name="meetings_question_declined_has_reason",
                violation_error_message=_("見送る理由を入力してください。"),
            ),
            models.CheckConstraint(
                condition=Q(routed_to=None) | Q(routed_item=None),
                name="meetings_question_routed_once",
                violation_error_message=_("回答をお願いする方と議題は、どちらか一方だけを選択してください。"),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None) | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="meetings_question_agreed_by_somebody",
                violation_error_message=_("掲載の了承を確認した人と日時が必要です。"),
            ),
            models.CheckConstraint(
                condition=Q(in_report=False)
                | Q(channel=QuestionChannel.ORAL)
                | Q(asker_told=True)
                | Q(agreed_at__isnull=False),
                name="meetings_question_in_report_by_consent",
                violation_error_message=_("結果報告に載せる前に、質問した方の了承を確認してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]

    @property
    def asked_person(self) -> Membership | None:
        """Who is to answer: the person it is put to, or who presents the item; or whom the desk has led it to."""
        if self.routed_to or self.routed_item:
            return self.routed_to or (self.routed_item.presenter if self.routed_item else None)
        return self.addressee or (self.item.presenter if self.item else None)

    @property
    def needs_consent(self) -> bool:
        """What was said at a meeting belongs to its record; of all else the asker has to know first."""
        return self.channel != QuestionChannel.ORAL and not self.asker_told and self.agreed_at is None


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
