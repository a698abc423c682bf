from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import in_order
from foundation.db.versioned import Versioned
from meetings.states import KNOWN, Approval, ItemKind, MeetingState, Method, Openness
from members import names, rules
from members.models import Anybody, IntroSheet, Membership, MembershipTerm, User, WorkingGroup
from members.models.membership import MembershipQuerySet
from members.models.terms import Day
from members.states import COUNTED


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def standing(self) -> Self:
        return self.exclude(state=MeetingState.CANCELLED)

    def kept(self) -> Self:
        """Whose records were not disposed of: of the others there is nothing to work on."""
        return self.filter(disposed_on__isnull=True)

    def announced(self) -> Self:
        """Those that their people know of."""
        return self.filter(state__in=KNOWN)

    def told(self) -> Self:
        """Those that may stand in a calendar: also what was called off after its people had heard of it."""
        called_off = Q(state=MeetingState.CANCELLED, announced_at__isnull=False)
        return self.filter(Q(state__in=KNOWN) | called_off)

    def before(self, meeting: "Meeting") -> Self:
        """Those of its group that stand below its number, the nearest first: one may have been called off."""
        return self.standing().filter(group=meeting.group_id, number__lt=meeting.number).order_by("-number")

    def after(self, meeting: "Meeting") -> Self:
        return self.standing().filter(group=meeting.group_id, number__gt=meeting.number).order_by("number")

    def upcoming(self) -> Self:
        return self.filter(state=MeetingState.ANNOUNCED).order_by("starts_at", "number")

    def with_progress(self) -> Self:
        """How far the desk has come, for its steps: in the query that reads the meetings."""
        return self.select_related("group", "survey", "date_poll").annotate(
            item_count=self.number_of("items"),
            answer_count=self.number_of("survey__replies", Q(survey__replies__withdrawn_at=None)),
            date_reply_count=self.number_of("date_poll__replies"),
        )

    @staticmethod
    def number_of(what: str, only: Q | None = None) -> Coalesce:
        """How many each has, counted for itself: joined to one another they would be multiplied."""
        itself = Meeting.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Coalesce(Subquery(itself.annotate(number=Count(what, filter=only)).values("number")), 0)

    def with_asked(self) -> Self:
        """`asked_count` with each, in the query that reads them."""
        asked = MembershipTerm.objects.on(OuterRef("on_day")).filter(group=OuterRef("group"))
        counted = asked.filter(category__in=COUNTED).order_by().values("group")
        number = counted.annotate(number=Count("membership", distinct=True)).values("number")
        return self._with_day().annotate(asked_count=Coalesce(Subquery(number), 0))

    def run_by(self, user: User, day: Day | None = None) -> Self:
        return self.filter(group__in=WorkingGroup.objects.run_by(user, day))

    def asking(self, user: User) -> Self:
        """Whose survey asks this person, judged on each meeting's own day."""
        return self._on_its_day(rules.is_asked, user)

    def with_part_of(self, user: User) -> Self:
        """In which this person takes part, judged on each meeting's own day."""
        return self._on_its_day(rules.takes_part, user)

    def visible_to(self, user: Anybody) -> Self:
        """Announced ones to the group's people of today and to those who take part on the day; all to the desk.

        Of one whose records were disposed of there is what was published, and no page inside.
        """
        if not user.is_authenticated:
            return self.none()
        inside = Q(state__in=KNOWN) & self._inside(user)
        return self.kept().filter(Q(group__in=WorkingGroup.objects.run_by(user)) | inside)

    def called_off_for(self, user: Anybody) -> Self:
        """What this person had heard of before it was called off, the last one first; the desk knows of all."""
        if not user.is_authenticated:
            return self.none()
        gone = self.kept().filter(state=MeetingState.CANCELLED).order_by("-pk")
        told = Q(announced_at__isnull=False) & self._inside(user)
        again = Meeting.objects.standing().filter(group=OuterRef("group"), number=OuterRef("number"))
        found = gone.filter(Q(group__in=WorkingGroup.objects.run_by(user)) | told)
        return found.annotate(is_made_again=Exists(again))

    def in_calendar_of(self, user: User) -> Self:
        """As a person of the group sees them, and what they had heard of before it was called off."""
        return self.kept().told().filter(self._inside(user))

    def _inside(self, user: User) -> Q:
        return Q(group__in=WorkingGroup.objects.joined_by(user)) | Q(pk__in=self.with_part_of(user).values("pk"))

    def _on_its_day(self, rule: Callable[..., Exists], user: User) -> Self:
        # Said for itself, the database begins with the person's groups, and not with all meetings of the town.
        own = self._with_day().filter(group__in=user.memberships.values("group"))
        return own.filter(rule(user, day=OuterRef("on_day"), group=OuterRef("group")))

    def _with_day(self) -> Self:
        """As Meeting.day has it, in SQL."""
        return self.alias(on_day=Coalesce(TruncDate("held_from"), TruncDate("starts_at"), clock.today()))


class Meeting(Versioned):
    # Added by with_progress().
    item_count: int
    answer_count: int
    date_reply_count: int
    # Told by the desk's list of what was called off.
    can_be_made_again = False
    # Of the next meeting, told by the query of a report (compose.rows).
    section_kinds: list[str]
    theme_titles: list[str]

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(_("回"))
    theme = models.CharField(_("テーマ"), max_length=100, blank=True)
    method = models.CharField(_("進め方"), max_length=12, choices=Method, blank=True)
    state = models.CharField(
        _("状態"), max_length=10, choices=MeetingState, default=MeetingState.DRAFT, editable=False
    )
    starts_at = models.DateTimeField(_("開始予定"), null=True, blank=True)
    ends_at = models.DateTimeField(_("終了予定"), null=True, blank=True)
    date_note = models.CharField(
        _("日程のめど"), max_length=50, blank=True, help_text=_("日時が決まっていないとき。例：9月上旬")
    )
    building = models.CharField(_("建物"), max_length=100, blank=True)
    building_kana = models.CharField(
        _("建物のふりがな"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=_("入力すると、建物の名前に添えます。読みにくい名前のときに入力してください。"),
    )
    room = models.CharField(_("部屋"), max_length=100, blank=True)
    online_url = models.URLField(
        _("オンラインの接続先"), blank=True, help_text=_("オンラインで出席する方だけに表示します。")
    )
    announced_at = models.DateTimeField(_("開催通知の日時"), null=True, blank=True, editable=False)
    held_from = models.DateTimeField(_("開会"), null=True, blank=True)
    held_to = models.DateTimeField(_("閉会"), null=True, blank=True)
    # Nobody counted is not nobody came.
    observers = models.PositiveSmallIntegerField(_("傍聴者の数"), null=True, blank=True)
    # Who chaired where the chair did not.
    chaired_by = models.ForeignKey(
        Membership,
        verbose_name=_("議長を務めた方"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings_chaired",
    )
    # Calendars ask when what they have was last true.
    changed_at = models.DateTimeField(_("変更日時"), db_default=Now(), editable=False)
    # What was true when the meeting was held: {"members": {"member": 26, "expert": 3},
    # "next": {"number": 2, "starts_at": ISO 8601 or null, "date_note": ""} or null}. Null until then.
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    called_off_at = models.DateTimeField(_("中止した日時"), null=True, editable=False)
    called_off_reason = models.CharField(
        _("中止の理由"), max_length=400, blank=True, db_default="", editable=False
    )
    # 流会: nobody called it off, too few came.
    fell_short = models.BooleanField(default=False, db_default=False, editable=False)
    openness = models.CharField(
        _("会議の公開"), max_length=8, choices=Openness, blank=True, default="", db_default=""
    )
    openness_reason = models.CharField(_("公開しない理由"), max_length=200, blank=True, default="", db_default="")
    observer_seats = models.PositiveSmallIntegerField(_("傍聴の定員"), null=True, blank=True)
    observing_how = models.TextField(_("傍聴の手続"), max_length=500, blank=True, default="", db_default="")
    # How long before the day citizens are told of it.
    public_notice_days = models.PositiveSmallIntegerField(
        _("公表を始める日（開催日の何日前）"), default=7, db_default=7
    )
    # Since then nothing is known but number, date and agenda, and what was published (meetings/retention.py).
    disposed_on = models.DateField(_("記録を廃棄した日"), null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議")
        ordering = ["group", "number"]
        indexes = [
            # What comes next, among all that was held.
            models.Index(
                fields=["starts_at", "number"],
                condition=Q(state=MeetingState.ANNOUNCED),
                name="meetings_called_by_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meetings_number_unique",
                violation_error_message=_("この回の会議は既に登録されています。"),
            ),
            in_order(
                "starts_at",
                "ends_at",
                strict=True,
                name="meetings_starts_before_end",
                message=_("終了時刻は開始時刻より後にしてください。"),
            ),
            in_order(
                "held_from",
                "held_to",
                strict=True,
                name="meetings_held_in_order",
                message=_("閉会は開会より後にしてください。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.ANNOUNCED)
                | Q(starts_at__isnull=False, announced_at__isnull=False),
                name="meetings_announced_has_date",
                violation_error_message=_("開催通知には日時が必要です。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD)
                | Q(held_from__isnull=False, held_to__isnull=False, snapshot__isnull=False),
                name="meetings_held_has_times",
                violation_error_message=_("開催済みにするには、開会と閉会の時刻が必要です。"),
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}回{self.group.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.changed_at = clock.now()
        super().save(*args, **kwargs)

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django would make one
        return str(_("流会") if self.fell_short else MeetingState(self.state).label)

    @property
    def is_written(self) -> bool:
        """Nobody comes together: each says in writing what they think, and there is no roll."""
        return self.method == Method.WRITTEN

    @property
    def answer_word(self) -> str:
        return str(_("書面での回答") if self.is_written else _("出欠の回答"))

    @property
    def day_word(self) -> str:
        return str(_("議決の日時") if self.is_written else _("日時"))

    @property
    def place_word(self) -> str:
        return str(_("開催の方法") if self.is_written else _("場所"))

    @property
    def place(self) -> str:
        return " ".join(words for words, _reading in self.place_parts)

    @property
    def place_parts(self) -> list[tuple[str, str]]:
        """Building and room, each with how it is read; a name that says so itself is not read twice."""
        if self.is_written:
            return [(str(Method.WRITTEN.label), "")]
        is_said = names.same_to_search(self.building_kana) in names.same_to_search(self.building)
        parts = [(self.building, "" if is_said else self.building_kana), (self.room, "")]
        return [part for part in parts if part[0]]

    @property
    def place_read(self) -> str:
        """見本会館（みほんかいかん） 第1会議室, where there is no ruby."""
        return " ".join(f"{words}（{reading}）" if reading else words for words, reading in self.place_parts)

    @property
    def day(self) -> date:
        """The day on which it is judged who takes part, and as what."""
        return timezone.localdate(self.held_from or self.starts_at or clock.now())

    @property
    def public_from(self) -> date | None:
        """Since when citizens are told of it."""
        return self.day - timedelta(days=self.public_notice_days) if self.starts_at else None

    @property
    def is_last_planned(self) -> bool:
        return self.number >= self.group.planned_meetings

    @cached_property
    def asked_count(self) -> int:
        return self.asked().count()

    @cached_property
    def around(self) -> "list[AgendaItem]":
        """Its own agenda and the talks of the meeting before, read once for a page that shows both."""
        last = Meeting.objects.before(self).values("pk")[:1]
        talks = Q(meeting__in=last, kind=ItemKind.TALK)
        items = AgendaItem.objects.filter(Q(meeting=self) | talks, meeting__group=self.group_id)
        return list(items.select_related("meeting", "presenter__user").order_by("meeting__number", "order"))

    @property
    def agenda(self) -> "list[AgendaItem]":
        return [item for item in self.around if item.meeting_id == self.pk]

    @cached_property
    def introduced(self) -> list[Membership]:
        """Those who take part and have a sheet that the group may read, with it."""
        people: list[Any] = list(self.with_introduced())
        return [person for person in people if person.is_introduced]

    def with_introduced(self, **others: Any) -> MembershipQuerySet:
        """The same and whoever else is meant (`is_meant`): so a page reads its own person as well."""
        shown = Q(sheet__in=IntroSheet.objects.shown())
        meant = Q(**others) if others else Q(pk__in=[])
        people = (
            self.group.memberships.on(self.day)
            .filter(shown | meant)
            .annotate(
                is_introduced=ExpressionWrapper(shown, models.BooleanField()),
                is_meant=ExpressionWrapper(meant, models.BooleanField()),
            )
        )
        return people.select_related("user", "sheet").in_roster_order()

    def asked(self) -> MembershipQuerySet:
        """Whose attendance the form asks for: those who are counted on the day."""
        return self.group.memberships.on(self.day).counted()


class AgendaItem(Versioned):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(_("順番"))
    kind = models.CharField(_("種類"), max_length=14, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(_("議題"), max_length=100)
    presenter = models.ForeignKey(
        Membership,
        verbose_name=_("説明者"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    begins = models.TimeField(
        _("開始時刻（予定）"),
        null=True,
        blank=True,
        help_text=_("空欄のときは、前の議題の時間（分）から計算します。"),
    )
    begun_at = models.DateTimeField(_("始めた時刻"), null=True, editable=False)
    minutes = models.PositiveSmallIntegerField(_("時間（分）"), null=True, blank=True)
    minutes_each = models.PositiveSmallIntegerField(_("1人当たりの時間（分）"), null=True, blank=True)
    needs_decision = models.BooleanField(
        _("承認するかどうかを尋ねる"),
        default=False,
        db_default=False,
        help_text=_("チェックを入れない議題には、意見だけを尋ねます。"),
    )
    # Where as many were for it as against it.
    casting_vote = models.CharField(
        _("議長の決定"),
        max_length=5,
        choices=Approval.choices[:2],
        blank=True,
        default="",
        db_default="",
        editable=False,
    )

    class Meta:
        verbose_name = _("議題")
        ordering = ["meeting_id", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="meetings_item_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"
