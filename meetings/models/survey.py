from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, JSONObject, Now
from django.utils.translation import gettext_lazy as _

from foundation.db.functions import ClockTimestamp
from foundation.db.versioned import Versioned
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting
from meetings.states import PRESENT, Method, Mode, SectionKind
from members.models import Anybody, Membership, WorkingGroup
from members.models.membership import MembershipQuerySet
from members.models.municipality import town_beside

# What of a reply stands in rows of its own, in the query that reads the reply.
QUESTION = JSONObject(
    addressee_id="questions__addressee",
    item_id="questions__item",
    text="questions__text",
    show_name="questions__show_name",
    name_in_report="questions__name_in_report",
    state="questions__state",
)

# What somebody ticked, or what the desk has united it with since.
WANTED = Coalesce("theme_votes__theme__merged_into", "theme_votes__theme")
# An answer to one of the desk's own questions, in the same query.
ANSWER = JSONObject(
    field_id="field_answers__field",
    retired="field_answers__field__retired_at",
    value="field_answers__value",
)
# What is said in writing of an item, in the same query.
OPINION = JSONObject(
    item_id="opinions__item", approval="opinions__approval", text="opinions__text", title="opinions__item__title"
)
IN_ORDER = ["sections__order", "sections__id"]
FIELDS = ["id", "version", "kind", "label", "help_text", "options", "is_required", "retired_at"]


def questions_of(replies: "ReplyQuerySet") -> ArraySubquery:
    asked = replies.filter(questions__isnull=False).order_by("questions__id")
    return ArraySubquery(asked.values(row=QUESTION))


def themes_of(replies: "ReplyQuerySet") -> ArraySubquery:
    wanted = replies.filter(theme_votes__isnull=False).order_by()
    return ArraySubquery(wanted.values(theme=WANTED).distinct())


def answers_of(replies: "ReplyQuerySet") -> ArraySubquery:
    return ArraySubquery(replies.filter(field_answers__isnull=False).order_by().values(row=ANSWER))


def opinions_of(replies: "ReplyQuerySet") -> ArraySubquery:
    return ArraySubquery(
        replies.filter(opinions__isnull=False).order_by("opinions__item__order").values(row=OPINION)
    )


class SurveyQuerySet(models.QuerySet["Survey"]):
    def with_form(self) -> Self:
        """With the `kinds` of its sections in their order, and the `own_fields` of its desk, as rows."""
        itself = Survey.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            kinds=ArraySubquery(itself.exclude(sections=None).order_by(*IN_ORDER).values("sections__kind")),
            own_fields=ArraySubquery(
                itself.exclude(fields=None)
                .order_by("fields__order", "fields__id")
                .values(row=JSONObject(**{name: f"fields__{name}" for name in FIELDS}))
            ),
        )

    def for_person(self, membership: Membership | MembershipQuerySet) -> Self:
        """With `closes_for`, this person's own deadline, `clock`, what the database's clock says now, the
        `themes` to choose from, and its form.

        `membership` may be a queryset: a person has at most one in each group, and each form one group.
        """
        memberships = membership if isinstance(membership, models.QuerySet) else [membership]
        extension = SurveyExtension.objects.filter(survey=OuterRef("pk"), membership__in=memberships)
        return self.with_form().annotate(
            closes_for=Greatest("closes_at", Subquery(extension.values("until"))),
            clock=ClockTimestamp(),
            themes=ArraySubquery(
                Survey.objects.filter(
                    pk=OuterRef("pk"), meeting__themes__proposed_in=None, meeting__themes__merged_into=None
                )
                .exclude(meeting__themes=None)
                .order_by("meeting__themes__order", "meeting__themes__id")
                .values(row=JSONObject(pk="meeting__themes", title="meeting__themes__title"))
            ),
        )

    def with_own(self, memberships: Membership | MembershipQuerySet) -> Self:
        """With what this person answered, drafted and left with the desk: `own_reply`, `own_draft`, `own_late`."""
        people = memberships if isinstance(memberships, models.QuerySet) else [memberships]
        replies = Reply.objects.filter(survey=OuterRef("pk"), membership__in=people)
        # A join takes an expression where it takes no queryset.
        own = Subquery(people.values("pk")) if isinstance(people, models.QuerySet) else people
        return self.annotate(
            found_reply=FilteredRelation("replies", condition=Q(replies__membership__in=own)),
            found_draft=FilteredRelation("drafts", condition=Q(drafts__membership__in=own)),
            found_late=FilteredRelation("late_replies", condition=Q(late_replies__membership__in=own)),
            found_questions=questions_of(replies),
            found_themes=themes_of(replies),
            found_answers=answers_of(replies),
            found_opinions=opinions_of(replies),
            found_proposal=Subquery(replies.values("themes_proposed__title")[:1]),
        ).select_related("found_reply", "found_draft", "found_late")

    def with_town(self) -> Self:
        """With the `town`, for the head and the foot of the page."""
        return self.annotate(town=town_beside())

    def newest_first(self) -> Self:
        """A number is given again after a meeting was called off: its address is that of the newer one."""
        return self.order_by("-meeting_id")


class Survey(Versioned):
    """出欠の入力フォーム: one per meeting. Open or late is not stored; the database's clock says."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="survey")
    opens_at = models.DateTimeField(_("受付開始"))
    closes_at = models.DateTimeField(_("回答期限"))
    reminds = models.BooleanField(
        _("未回答の方に自動で再案内を送る"),
        default=True,
        db_default=True,
        help_text=_("回答期限の前開庁日の朝に送ります。開催通知から1開庁日以内のときは送りません。"),
    )
    # Where there were replies, and are none any more (meetings/retention.py).
    replies_disposed_on = models.DateField(_("回答を廃棄した日"), null=True, editable=False)

    # Told by `with_form()`.
    kinds: list[str]
    own_fields: list[dict[str, Any]]
    # Told by `for_person()`, beside these.
    closes_for: datetime
    clock: datetime
    themes: list[dict[str, Any]]
    # Told by `with_own()`; the first three are absent where there are none.
    found_reply: "Reply"
    found_draft: Any
    found_late: Any
    found_questions: list[dict[str, Any]]
    found_themes: list[int]
    found_answers: list[dict[str, Any]]
    found_opinions: list[dict[str, Any]]
    found_proposal: str | None
    # Told by `with_town()`, as a row.
    town: dict[str, Any] | None
    # Beside it by personal link: in which meetings this person is still asked about the day.
    undecided: list[int]

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("入力フォーム")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="meetings_survey_opens_before_close",
                violation_error_message=_("回答期限は受付開始より後にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} 入力フォーム"

    @property
    def own_row(self) -> "Reply | None":
        """As `Reply.objects.whole()` would have it; also one that was withdrawn."""
        reply: Reply | None = getattr(self, "found_reply", None)
        if reply:
            reply.asked, reply.theme_ids, reply.proposal = (
                self.found_questions,
                self.found_themes,
                self.found_proposal,
            )
            reply.given, reply.opined = self.found_answers, self.found_opinions
        return reply

    @property
    def own_reply(self) -> "Reply | None":
        """What stands."""
        reply = self.own_row
        return reply if reply and reply.stands else None


class SurveySection(models.Model):
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sections")
    kind = models.CharField(_("欄"), max_length=16, choices=SectionKind)
    order = models.PositiveSmallIntegerField(_("順番"), default=0, db_default=0)

    class Meta:
        verbose_name = _("入力フォームの欄")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "kind"],
                name="meetings_section_once",
                violation_error_message=_("同じ欄は一つだけ設けられます。"),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SurveyExtension(Versioned):
    """One person's later deadline, granted by the desk."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="extensions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField(_("延長後の期限"))

    class Meta:
        verbose_name = _("期限の延長")
        constraints = [models.UniqueConstraint(fields=["survey", "membership"], name="meetings_extension_once")]

    def __str__(self) -> str:
        return f"{self.membership} {self.until}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def visible_to(self, user: Anybody) -> Self:
        """One's own; names and reasons to the desk only."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(membership__user_id=user.pk) | Q(survey__meeting__group__in=WorkingGroup.objects.run_by(user))
        )

    def standing(self) -> Self:
        """Those that were not withdrawn: whoever withdrew theirs has not answered."""
        return self.filter(withdrawn_at=None)

    def opinions_to_record(self, meeting: Meeting) -> Self:
        """What the absent wrote, as long as the record has no line of theirs; not of those who came after all."""
        told = meeting.entries.standing().filter(speaker__isnull=False).values("speaker")
        came = meeting.roll.filter(mode__in=PRESENT, membership__isnull=False).values("membership")
        wrote = self.filter(survey__meeting=meeting, mode=Mode.ABSENT).exclude(written_opinion="")
        return wrote.exclude(membership__in=told).exclude(membership__in=came)

    def with_themes(self) -> Self:
        """With `theme_ids`, those that were ticked, and `proposal`."""
        chosen = ArrayAgg(WANTED, filter=Q(theme_votes__isnull=False), default=[], distinct=True)
        return self.annotate(theme_ids=chosen, proposal=F("themes_proposed__title"))

    def with_given(self) -> Self:
        """With `given`: what was said to the desk's own questions."""
        return self.annotate(given=answers_of(Reply.objects.filter(pk=OuterRef("pk"))))

    def whole(self) -> Self:
        """With everything that an answer consists of: `asked`, `theme_ids`, `proposal`, `given` and `opined`."""
        own = Reply.objects.filter(pk=OuterRef("pk"))
        beside = {"asked": questions_of(own), "opined": opinions_of(own)}
        return self.with_themes().with_given().select_related("membership__user").annotate(**beside)

    def in_kind_of(self, meeting: Meeting) -> Self:
        """In writing where it is held so, else of who comes: how it is held may have been changed since."""
        return self.filter(mode="") if meeting.is_written else self.exclude(mode="")

    def given_for(self, meeting: Meeting) -> Self:
        """What stands, as Reply.is_for has it."""
        own = self.standing().in_kind_of(meeting)
        return own if meeting.is_written else own.filter(said_for=meeting.starts_at)

    def as_asked(self) -> Self:
        """Each for the day that the meeting of its form has now, as Reply.is_for has it."""
        written = Q(survey__meeting__method=Method.WRITTEN)
        coming = ~written & ~Q(mode="") & Q(said_for=F("survey__meeting__starts_at"))
        return self.filter((written & Q(mode="")) | coming)


class Reply(Versioned, Attendance):
    """An answer that was acknowledged: one per person and form, changed in place until the deadline."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="replies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="replies")
    # Empty where nobody comes together: what is said then stands in Opinion.
    mode = models.CharField(_("出欠"), max_length=8, choices=Mode, blank=True)
    arrival_note = models.CharField(_("遅れて参加・途中退席"), max_length=100, blank=True)
    note = models.TextField(_("事務局への連絡"), max_length=400, blank=True)
    written_opinion = models.TextField(_("書面意見"), max_length=2000, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("入力した人"),
        on_delete=models.PROTECT,
        related_name="replies_entered",
    )
    # The key of the form page that was sent: the same page sent twice is one answer.
    idempotency_key = models.UUIDField()
    # The beginning of the meeting as the person had it before them: another one is to be confirmed.
    said_for = models.DateTimeField(_("回答した開催日時"), null=True, editable=False)
    answered_at = models.DateTimeField(_("回答日時"), db_default=Now())
    changed_at = models.DateTimeField(_("変更日時"), db_default=Now())
    # The row stays, with its revisions: it counts for nothing until its person answers anew.
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("取り消した人"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Told by `whole()`.
    asked: list[dict[str, Any]]
    given: list[dict[str, Any]]
    opined: list[dict[str, Any]]
    theme_ids: list[int]
    proposal: str | None

    objects = ReplyQuerySet.as_manager()

    class Meta(Attendance.Meta):
        verbose_name = _("出欠の回答")
        constraints = [
            *Attendance.Meta.constraints,
            models.UniqueConstraint(
                fields=["survey", "membership"],
                name="meetings_one_reply_each",
                violation_error_message=_("この方の回答は既に受け付けています。"),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="meetings_reply_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.get_mode_display()}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def receipt_number(self) -> str:
        return f"{self.pk:06}-{self.version}"

    def is_for(self, meeting: Meeting) -> bool:
        """Given for the day and time that the meeting has now; in writing one may answer for any day."""
        if meeting.is_written:
            return not self.mode
        return bool(self.mode) and self.said_for == meeting.starts_at

    @property
    def in_short(self) -> str:
        return str(Mode(self.mode).label if self.mode else _("書面で回答"))

    @property
    def with_substitute(self) -> str:
        return _("%s（代理：%s）") % (self.in_short, self.substitute_name) if self.is_substitute else self.in_short

    @property
    def entered_by_desk(self) -> bool:
        return self.entered_by_id != self.membership.user_id

    @property
    def withdrawn_by_desk(self) -> bool:
        return self.withdrawn_by_id not in {None, self.membership.user_id}
