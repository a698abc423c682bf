from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.db.constraints import no_overlap
from foundation.db.versioned import Versioned
from members.models.department import Department
from members.models.municipality import Municipality
from members.models.terms import Dated, Day, true_on
from members.models.user import Anybody, User
from members.models.words import Words
from members.states import Majority, Quorum

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


BY_YEAR = ["-fiscal_year", "slug"]
# How long before the rights of a desk end its administrators are told.
WARNED_BEFORE = timedelta(days=30)


def _desk_on(day: date) -> Count:
    return Count("desk_grants__user", distinct=True, filter=true_on(day, "desk_grants__"))


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def run_by(self, user: User, day: Day | None = None) -> Self:
        """Groups whose desk this person runs that day, today without one."""
        grants = DeskGrant.objects.on(day or clock.today()).filter(user_id=user.pk)
        return self.filter(pk__in=grants.values("group"))

    def joined_by(self, user: User) -> Self:
        """Groups in which this person takes part today, in whatever category."""
        today = true_on(clock.today(), "memberships__terms__")
        return self.filter(pk__in=WorkingGroup.objects.filter(today, memberships__user_id=user.pk).values("pk"))

    def with_desk_count(self) -> Self:
        """`desk_count`: who runs the desk today."""
        return self.annotate(desk_count=_desk_on(clock.today()))

    def with_desk_that_ends(self) -> Self:
        """Two or more run the desk today, and fewer than two in a month: `desk_left`."""
        in_a_month = clock.today() + WARNED_BEFORE
        groups = self.with_desk_count().annotate(desk_left=_desk_on(in_a_month))
        return groups.filter(desk_count__gte=2, desk_left__lt=2)

    def with_short_desk(self) -> Self:
        """Fewer than two run the desk: one illness stops the group."""
        return self.with_desk_count().filter(desk_count__lt=2)

    def inside_for(self, user: User) -> Self:
        """Groups whose shown sheets this person reads: its people of today and its desk."""
        return self.run_by(user) | self.joined_by(user)

    def before(self, group: "WorkingGroup") -> Self:
        """Of earlier years, the nearest first: what came before under the same name, then the others."""
        same = Case(When(name=group.name, then=Value(0)), default=Value(1))
        return self.filter(fiscal_year__lt=group.fiscal_year).order_by(same, "-fiscal_year", "slug")

    def with_roster_for(self, user: User) -> Self:
        """Rosters are read by the group's people of today, its desk, and who names the desk."""
        return self.all() if user.is_administrator else self.inside_for(user)

    def visible_to(self, user: Anybody) -> Self:
        """Public ones to everybody; the others to their people, also after their time, and to their desk."""
        if not user.is_authenticated:
            return self.public()
        if user.is_administrator:
            return self.all()
        grants = DeskGrant.objects.current().filter(user_id=user.pk)
        return self.filter(
            Q(is_public=True) | Q(pk__in=grants.values("group")) | Q(memberships__user_id=user.pk)
        ).distinct()


class WorkingGroup(Versioned, Words):
    """A group set up under a charter, meeting a planned number of times in a fiscal year."""

    slug = models.SlugField(
        _("アドレス（URL）に使う名前"), max_length=50, unique=True, help_text=_("半角英数字とハイフン。例：dx-r8")
    )
    name = models.CharField(_("名称"), max_length=100, help_text=_("例：DX推進部会"))
    parent_body = models.CharField(_("設置者"), max_length=100, help_text=_("例：見本市行政経営本部"))
    fiscal_year = models.PositiveSmallIntegerField(_("年度（西暦）"))
    charter = models.CharField(
        _("設置根拠"), max_length=100, help_text=_("結果報告などに載せる呼び方。例：設置要綱")
    )
    # What citizens read of the body itself.
    aim = models.TextField(_("設置の目的"), max_length=1000, blank=True, default="", db_default="")
    charter_text = models.TextField(
        _("設置根拠の本文"),
        max_length=20_000,
        blank=True,
        default="",
        db_default="",
        help_text=_("設置要綱などの全文。貼り付けると、公開ページで読めます。"),
    )
    charter_url = models.URLField(
        _("設置根拠のあるページ"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("例規集などに掲載しているときのアドレス。「https://」から始めてください。"),
    )
    plan_name = models.CharField(_("策定する計画"), max_length=100, blank=True)
    plan_season = models.CharField(_("計画の時期"), max_length=20, blank=True, help_text=_("例：今秋"))
    member_phrase = models.CharField(
        _("構成員の表現"),
        max_length=50,
        blank=True,
        help_text=_("概要の文で人数の前に置く言葉。例：庁内の若手職員。空欄のときは、構成員の呼び方を使います。"),
    )
    expert_phrase = models.CharField(
        _("庁外から参加する方の表現"),
        max_length=50,
        blank=True,
        help_text=_(
            "概要の文で、庁外から参加する方の呼び方の前に置く言葉。例：地域のIT人材。空欄でも構いません。"
        ),
    )
    planned_meetings = models.PositiveSmallIntegerField(_("開催予定回数"))
    substitutes_allowed = models.BooleanField(_("代理出席を認める"), default=False)
    quorum = models.CharField(
        _("定足数"),
        max_length=10,
        choices=Quorum,
        blank=True,
        default="",
        db_default="",
        help_text=_("会議が成立するために必要な出席者の割合。構成員と庁外から参加する方を合わせて数えます。"),
    )
    quorum_counts_substitutes = models.BooleanField(_("代理出席を定足数に数える"), default=False, db_default=False)
    silence_consents = models.BooleanField(
        _("発言等の確認で、期限までに連絡のない方を、確認いただいたものとする"),
        default=False,
        db_default=False,
        help_text=_("チェックを入れると、確認をお願いするメールとページに、そのことを記載します。"),
    )
    majority = models.CharField(
        _("議決の方法"),
        max_length=10,
        choices=Majority,
        default=Majority.ANSWERED,
        db_default=Majority.ANSWERED,
        help_text=_("書面開催の結果を決める定めです。可否同数のときは、議長の決定を記録します。"),
    )
    is_public = models.BooleanField(
        _("概要、会議の予定、結果報告を公開する"),
        default=True,
        help_text=_(
            "チェックを入れると、会議体の概要、開催を通知した会議の日時と場所、公開した結果報告を誰でも閲覧できます。"
        ),
    )
    purpose_text = models.TextField(
        _("利用目的"), blank=True, help_text=_("回答ページに表示する、個人情報の利用目的")
    )
    retention_text = models.CharField(_("保存期間"), max_length=200, blank=True)
    contact_department = models.ForeignKey(
        Department,
        verbose_name=_("事務局の課"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groups_run",
    )
    contact_phone = models.CharField(_("事務局の電話・内線"), max_length=50, blank=True)
    contact_email = models.EmailField(_("事務局のメールアドレス"), blank=True)
    # The last day on which sheets are written; set by the desk on its page of them.
    sheets_lock_on = models.DateField(
        _("変更期限"), null=True, blank=True, help_text=_("この日まで、御本人が入力・変更できます。")
    )
    # Whose sheets stand beside the form as examples, as far as their writers allow it.
    forerunner = models.ForeignKey(
        "self",
        verbose_name=_("記入例にする会議体"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("前年度の会議体"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    # Where there were sheets, and are none any more (members/retention.py).
    sheets_disposed_on = models.DateField(_("自己紹介シートを廃棄した日"), null=True, editable=False)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議体")
        ordering = BY_YEAR
        indexes = [models.Index(fields=BY_YEAR, name="members_group_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_meetings__gte=1),
                name="members_group_meets_once",
                violation_error_message=_("開催予定回数は1以上にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def with_year(self) -> str:
        """DX推進部会（令和8年度）: where groups of several years stand side by side."""
        return f"{self.name}（{self.year}）"

    @property
    def year(self) -> str:
        """令和8年度"""
        return wareki.fiscal_year(date(self.fiscal_year, 4, 1))

    @property
    def tells_purpose(self) -> bool:
        """Whether a form may be opened to anybody: above it stands what for, and how long it is kept."""
        return bool(self.purpose_text.strip() and self.retention_text.strip())

    @property
    def has_locked_sheets(self) -> bool:
        return self.sheets_lock_on is not None and clock.today() > self.sheets_lock_on

    @property
    def last_day(self) -> date:
        """31 March of its year."""
        return date(self.fiscal_year + 1, 3, 31)

    @property
    def phone(self) -> str:
        """0000-00-0000（代表） 内線 2345: what also somebody outside can dial; asks for the town."""
        town = Municipality.objects.first()
        return town.phone(self.contact_phone) if town else self.contact_phone

    @property
    def contact(self) -> "StrOrPromise":
        """事務局（行政経営課 0000-00-0000（代表） 内線 2345）: whom to turn to."""
        where = self.desk_of
        return _("事務局（%s）") % where if where else _("事務局")

    @property
    def desk_of(self) -> str:
        """行政経営課 0000-00-0000（代表） 内線 2345"""
        return f"{self.contact_department or ''} {self.phone}".strip()


class DeskGrant(Dated):
    """Who may run the group's desk; apart from how that person is counted."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="desk_grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("担当者"),
        on_delete=models.PROTECT,
        related_name="desk_grants",
    )
    reviews_data = models.BooleanField(
        _("データの確認も担当する"),
        default=False,
        db_default=False,
        help_text=_("この会議体の課題として提出されたデータを、承認又は差し戻すことができます。"),
    )

    class Meta(Dated.Meta):
        verbose_name = _("事務局の権限")
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "group",
                "user",
                name="members_grant_no_overlap",
                message=_("この方には既に事務局の権限があります。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.user}"
