"""What really happened on the day."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.db.constraints import in_order
from foundation.db.versioned import Versioned
from meetings.models.attendance import Attendance, attended
from meetings.models.meeting import AgendaItem, Meeting
from meetings.states import BY_BALLOT, ElectionBasis, ElectionMethod, Mode, Origin, Point, RecordPlace
from members.models import Membership, OfficeTerm
from members.states import Category, Office


class AttendanceRecordQuerySet(models.QuerySet["AttendanceRecord"]):
    def walk_ins(self) -> Self:
        """Who came without being on the roster, in the order in which they were written down."""
        return self.filter(membership=None).order_by("id")

    def last_press(self) -> "tuple[UUID | None, int] | None":
        """Which it was, and how many of those that it wrote down nobody has touched since."""
        presses = self.filter(press__isnull=False, version=1).order_by().values_list("press")
        return (
            presses.annotate(models.Count("id"), last=models.Max("id"))
            .order_by("-last")
            .values_list("press", "id__count")
            .first()
        )


class AttendanceRecord(Versioned, Attendance):
    """One line of the roll. Name, category and title are as they were that day.

    Who is on no roster and came all the same (a walk-in) has no membership, and stays on the roll only as present.
    """

    # Two lines are two people in every sum, also where somebody was registered twice (members.merging).
    counts_people = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="roll")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance_records"
    )
    category = models.CharField(_("区分"), max_length=12, choices=Category)
    name = models.CharField(_("氏名"), max_length=100)
    title = models.CharField(_("所属・職名"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("名簿順"), default=1000)
    arrived_at = models.TimeField(_("到着した時刻（遅参）"), null=True, blank=True)
    left_at = models.TimeField(_("退席した時刻（早退）"), null=True, blank=True)
    # Of those who were written down in one press: they are taken back in one.
    press = models.UUIDField(null=True, editable=False)

    objects = AttendanceRecordQuerySet.as_manager()

    class Meta(Attendance.Meta):
        verbose_name = _("出席の記録")
        ordering = ["meeting", "order", "id"]
        constraints = [
            *Attendance.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="meetings_once_on_roll",
                violation_error_message=_("この方は既に出席の記録にあります。"),
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | ~Q(mode=Mode.ABSENT),
                name="meetings_walk_in_came",
                violation_error_message=_("名簿にない方は、出席したときだけ記録できます。"),
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ABSENT) | Q(arrived_at=None, left_at=None),
                name="meetings_times_of_who_came",
                violation_error_message=_("到着・退席の時刻は、出席した方だけに記録できます。"),
            ),
            in_order(
                "arrived_at",
                "left_at",
                strict=True,
                name="meetings_came_before_left",
                message=_("退席の時刻は、到着の時刻より後にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_mode_display()}"

    @property
    def was_there(self) -> str:
        """午後1時30分から午後3時まで; nothing of who was there all the time."""
        return attended(self.arrived_at, self.left_at)


class RecordEntryQuerySet(models.QuerySet["RecordEntry"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        return self.exclude(removed_at=None)


class RecordEntry(Versioned):
    """A line of 【詳細】 or 《連絡事項等》. Origins other than typed are composed from rows;
    `text` is then what a person adds to them (for FORM_THEMES the middle of the sentence), or empty.
    An override replaces the composed words and says why; the composed words stay visible beside it.
    What was removed keeps its place for whoever wants it back.
    """

    objects = RecordEntryQuerySet.as_manager()

    # Whether anybody handed in a sheet, told by the query of a report (compose.rows).
    has_sheets: bool
    # And of the meeting before.
    previous_number: int | None

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="entries")
    section = models.CharField(_("場所"), max_length=8, choices=RecordPlace)
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("議題"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    order = models.PositiveSmallIntegerField(_("順番"), default=1000)
    point = models.CharField(_("印"), max_length=12, choices=Point, default=Point.POINT)
    origin = models.CharField(_("文の作り方"), max_length=16, choices=Origin, default=Origin.TYPED)
    # Which result a line of these origins tells of: a meeting may have several.
    election = models.ForeignKey(
        "Election", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="entries"
    )
    assignment = models.ForeignKey(
        "Assignment", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="entries"
    )
    text = models.TextField(_("記録"), max_length=2000, blank=True)
    # Who said it: printed only where the desk chose a style that names who spoke.
    speaker = models.ForeignKey(
        Membership,
        verbose_name=_("発言した方"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    override = models.TextField(_("置き換える文"), max_length=2000, blank=True)
    override_reason = models.CharField(_("置き換える理由"), max_length=200, blank=True)
    withheld_reason = models.CharField(_("非公開の理由"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("削除した日時"), null=True, editable=False)

    class Meta:
        verbose_name = _("会議の記録")
        ordering = ["meeting", "section", "item__order", "order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section=RecordPlace.ITEM, item__isnull=False)
                | Q(section=RecordPlace.NOTICES, item__isnull=True),
                name="meetings_entry_has_place",
                violation_error_message=_("議題を選んでください。"),
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.TYPED) | ~Q(text=""),
                name="meetings_entry_has_text",
                violation_error_message=_("記録を入力してください。"),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.ELECTION, election__isnull=False)
                | (~Q(origin=Origin.ELECTION) & Q(election__isnull=True)),
                name="meetings_entry_has_election",
                violation_error_message=_(
                    "行の元になる互選の結果がありません。先に互選の結果を記録してください。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.ASSIGNMENT, assignment__isnull=False)
                | (~Q(origin=Origin.ASSIGNMENT) & Q(assignment__isnull=True)),
                name="meetings_entry_has_assignment",
                violation_error_message=_("行の元になる課題がありません。先に課題を記録してください。"),
            ),
            models.CheckConstraint(
                condition=Q(override="", override_reason="") | (~Q(override="") & ~Q(override_reason="")),
                name="meetings_override_has_reason",
                violation_error_message=_("自動の文を置き換えるときは、理由も入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50] or self.get_origin_display()


class Election(Versioned):
    """互選・了承. `rule` is what was applied that day (最年長者, or くじ where votes were equal), perhaps ad hoc;
    never a date of birth.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="elections")
    office = models.CharField(_("役職"), max_length=12, choices=Office, default=Office.CHAIR)
    elected = models.ForeignKey(
        Membership, verbose_name=_("選出された方"), on_delete=models.PROTECT, related_name="elections_won"
    )
    # What the roster has of it. An office that was taken off there by hand is none of ours any more.
    office_term = models.OneToOneField(
        OfficeTerm, null=True, editable=False, on_delete=models.SET_NULL, related_name="election"
    )
    method = models.CharField(
        _("選出の方法"),
        max_length=10,
        choices=ElectionMethod,
        default=ElectionMethod.CONSENT,
        db_default=ElectionMethod.CONSENT,
    )
    candidates = models.PositiveSmallIntegerField(_("立候補者の数"), default=0)
    cast = models.PositiveSmallIntegerField(_("投票総数"), null=True, blank=True)
    blank = models.PositiveSmallIntegerField(_("白票"), null=True, blank=True)
    invalid = models.PositiveSmallIntegerField(_("無効票"), null=True, blank=True)
    rule = models.CharField(_("決め方"), max_length=50, blank=True)
    basis = models.CharField(_("選出の根拠"), max_length=8, choices=ElectionBasis, default=ElectionBasis.AGREED)

    class Meta:
        verbose_name = _("互選")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "office"],
                name="meetings_one_election_per_office",
                violation_error_message=_("この役職の互選は既に記録されています。"),
            ),
            models.CheckConstraint(
                condition=Q(method__in=BY_BALLOT, cast__isnull=False, blank__isnull=False, invalid__isnull=False)
                | (~Q(method__in=BY_BALLOT) & Q(cast=None, blank=None, invalid=None)),
                name="meetings_election_counts_ballots",
                violation_error_message=_("投票のときは、投票総数・白票・無効票の数を入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.group.office(self.office)} {self.elected}"


class Candidacy(models.Model):
    """Who stood in an election, and how many were for them."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidacies")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="candidacies")
    order = models.PositiveSmallIntegerField(_("順番"))
    votes = models.PositiveSmallIntegerField(_("得票"))

    class Meta:
        verbose_name = _("立候補者と得票")
        ordering = ["election", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "membership"],
                name="meetings_candidate_once",
                violation_error_message=_("同じ方が2回入力されています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.votes}"


class Assignment(Versioned):
    """課題, set at one meeting and due at another or on a day; worded twice, date and number are composed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="assignments")
    due_meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("提出期限の会議"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments_due",
    )
    title = models.CharField(_("課題名"), max_length=100)
    summary_text = models.TextField(
        _("概要に載せる文"), max_length=500, help_text=_("「第2回の開催に向けて、」に続く文")
    )
    detail_text = models.TextField(_("詳細に載せる文"), max_length=500, help_text=_("「次回までに、」に続く文"))
    due_at = models.DateTimeField(_("提出期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("課題")
        constraints = [
            models.CheckConstraint(
                condition=~Q(due_meeting=models.F("meeting")), name="meetings_assignment_due_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(due_meeting__isnull=False) | Q(due_at__isnull=False),
                name="meetings_assignment_is_due",
                violation_error_message=_("提出期限の会議か、提出期限の日のどちらかを入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_answered(self) -> bool:
        """A floor above keeps something that was made for it."""
        above = [each for each in self._meta.related_objects if each.related_model not in {RecordEntry, Exemption}]
        return any(getattr(self, str(each.get_accessor_name())).exists() for each in above)


class Exemption(models.Model):
    """Of an assignment: who need not do it, and why. Who has done it is derived from the data sets."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="exemptions")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="exemptions")
    reason = models.CharField(_("対象外とする理由"), max_length=200)

    class Meta:
        verbose_name = _("課題の対象外")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "membership"],
                name="meetings_exempt_once",
                violation_error_message=_("この方は既に課題の対象外です。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.reason}"
