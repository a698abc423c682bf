import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.db.constraints import no_overlap
from foundation.db.versioned import Versioned
from members import names
from members.models.department import Department
from members.models.group import WorkingGroup
from members.models.job_title import Titled
from members.models.placed import Placed, RosterOrder
from members.models.terms import Dated, DatedQuerySet, Day, true_on
from members.models.user import Anybody
from members.states import COUNTED, Category, Channel, Office, SheetState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_AFFILIATION = 100
# How long before its end a term is told of.
EXPIRES_SOON = dt.timedelta(days=60)
NAMED = Q(category__in=COUNTED, membership__named_since__isnull=False)
# Where emails go (Called.address), as the database says it.
ADDRESS = models.Case(
    models.When(
        user__channel=Channel.MAIL, then=Coalesce(NullIf("user__delivery_email", Value("")), "user__email")
    ),
    output_field=models.CharField(),
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: Day) -> Self:
        """Those with a term on that day, with `category`, `department_name`, `job_title` annotated from it.

        Terms of one membership never overlap: the join finds one. It is filtered by before it is read, for what
        is annotated reads the same join then; `group` says to the database what it has an index of.
        """
        with_term = self.alias(term=FilteredRelation("terms", condition=true_on(day, "terms__")))
        return with_term.filter(term__isnull=False, term__group=F("group")).annotate(
            category=F("term__category"),
            job_title=F("term__job_title"),
            department_name=Coalesce("term__department__label", "term__affiliation"),
            department_path=F("term__department__path"),
        )

    def current(self) -> Self:
        return self.on(clock.today())

    def counted(self) -> Self:
        """After on() or current(): members and experts, those who are summed."""
        return self.filter(category__in=COUNTED)

    def with_address(self) -> Self:
        """`address` annotated: where emails go, empty for whom no email reaches."""
        return self.annotate(address=Coalesce(ADDRESS, Value("")))

    def without_email(self) -> Self:
        """Those whom paper reaches, or the telephone."""
        return self.alias(reached_at=Coalesce(ADDRESS, Value(""))).filter(reached_at="")

    def without_sheet(self) -> Self:
        """Those counted today who can still hand in their sheet; where all were disposed of nobody is asked."""
        drafts = Q(sheet__isnull=True) | Q(sheet__state=SheetState.DRAFT)
        in_time = Q(group__sheets_lock_on__isnull=True) | Q(group__sheets_lock_on__gte=clock.today())
        open_ = self.filter(in_time | Q(has_sheet_reopened=True))
        asked = open_.filter(group__sheets_disposed_on__isnull=True)
        return asked.current().counted().filter(drafts, user__is_active=True)

    def in_roster_order(self) -> Self:
        """After on() or current(): by the roster's own order, experts last, then 建制順, then kana."""
        return self.order_by(f"term__{RosterOrder.ROSTER.key}")

    def in_speaking_order(self) -> Self:
        """After on() or current(): as the desk has arranged it; whoever came later follows in the roster's."""
        return self.order_by(F("speaking_order").asc(nulls_last=True), f"term__{RosterOrder.ROSTER.key}")

    def visible_to(self, user: Anybody) -> Self:
        """Rosters are read inside the group and at its desk."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self.all()
        groups = WorkingGroup.objects
        return self.filter(
            Q(group__in=groups.run_by(user)) | Q(group__in=groups.joined_by(user)) | Q(user_id=user.pk)
        )


class Membership(models.Model):
    """A person in a group, once for ever. Answers, sheets and links hang here; posts change in terms."""

    # Told by `on()` and `current()`; of somebody without a term on that day there is nothing to tell.
    category: str = ""
    job_title: str = ""
    department_name: str = ""
    department_path: str | None = ""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    order = models.PositiveIntegerField(_("名簿順"), default=1000)
    # For this person alone the desk has opened the sheet again after the group's last day.
    has_sheet_reopened = models.BooleanField(_("変更期限の後も変更できる"), default=False, db_default=False)
    # The turn in which people introduce themselves, where the desk has arranged it; else it is the roster's.
    speaking_order = models.PositiveIntegerField(_("自己紹介の順番"), null=True, blank=True)

    # On which day this person agreed that citizens read their name and post; without it they are counted alone.
    named_since = models.DateField(_("氏名の公表に同意した日"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議体への参加")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                name="members_membership_unique",
                violation_error_message=_("この方は既に登録されています。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def category_name(self) -> "StrOrPromise":
        """After on() or current(), in the words of the group."""
        return self.group.category(self.category)

    @property
    def post(self) -> str:
        """After on() or current(): 市民課 主査"""
        return f"{self.department_name} {self.job_title}".strip()

    @property
    def is_guest(self) -> bool:
        """After on() or current() whoever is in no section of the house; else the person tells."""
        return self.department_path is None if self.category else self.user.is_guest

    @property
    def with_honorific(self) -> str:
        """佐藤 花子さん; whoever is from outside is 様."""
        return f"{self.user}{names.honorific(is_guest=self.is_guest)}"

    @property
    def addressed(self) -> str:
        """After on() or current(): 市民課 佐藤 花子 さん; whoever is from outside is 様."""
        return f"{self.department_name} {self.user} {names.honorific(is_guest=self.is_guest)}".strip()

    def term_on(self, day: dt.date) -> "MembershipTerm | None":
        return self.terms.on(day).select_related("department__parent").first()


class MembershipTermQuerySet(DatedQuerySet["MembershipTerm"]):
    def roster(self, group: WorkingGroup) -> Self:
        """Those of today, each with its person, section and `office`; in_order() sorts them."""
        office = OfficeTerm.objects.current().filter(membership=OuterRef("membership"))
        people = self._of(group).select_related("membership__user", "department")
        return people.annotate(office=Subquery(office.values("office")[:1]))

    def named_to_citizens(self, group: WorkingGroup) -> Self:
        """Those counted today who agreed to it."""
        return self.roster(group).filter(NAMED).in_order(RosterOrder.ROSTER)

    def unnamed_to_citizens(self, group: WorkingGroup) -> int:
        """How many of them did not."""
        return self._of(group).filter(category__in=COUNTED, membership__named_since=None).count()

    def _of(self, group: WorkingGroup) -> Self:
        """The group is named of both: either is found by an index then, and not among all of the town."""
        return self.current().filter(group=group, membership__group=group)

    def expiring(self) -> Self:
        """Those of today that end soon, after which neither the person nor a successor goes on."""
        soon = self.current().filter(valid_to__lte=clock.today() + EXPIRES_SOON)
        later = MembershipTerm.objects.filter(
            membership=OuterRef("membership"), valid_from__gt=OuterRef("valid_to")
        )
        return soon.exclude(Exists(later)).filter(successors=None)

    def in_order(self, order: RosterOrder) -> Self:
        return self.order_by(order.key)

    def matching(self, words: str, *, also_registered: bool) -> Self:
        """Every word stands in the name, its reading, the section or body, or the title.

        The name in the register, where another one is shown, is found by the desk alone.
        """
        terms = self
        for word in words.split():
            post = Q(department__label__icontains=word) | Q(affiliation__icontains=word)
            post |= Q(job_title__icontains=word)
            key = "search_key" if also_registered else "shown_key"
            called = Q((f"membership__user__{key}__contains", names.same_to_search(word)))
            terms = terms.filter(post | called)
        return terms


class MembershipTerm(Versioned, Dated, Titled, Placed):
    """What a membership was from a day to a day: a change of post on 1 April is a new term.

    `group` repeats the membership's: it is written by the database, with the keys of the orders.
    """

    # Told by `roster()`.
    office: str | None = None

    group = models.ForeignKey(
        WorkingGroup,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="terms")
    category = models.CharField(_("区分"), max_length=12, choices=Category)
    department = models.ForeignKey(
        Department,
        verbose_name=_("所属"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="membership_terms",
    )
    affiliation = models.CharField(
        _("所属団体"), max_length=LONGEST_AFFILIATION, blank=True, help_text=_("庁外から参加する方の所属")
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("前任"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="successors",
    )

    objects = MembershipTermQuerySet.as_manager()  # type: ignore[misc]  # more than Dated's

    class Meta(Dated.Meta, Placed.Meta):
        verbose_name = _("参加の期間")
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "membership",
                name="members_term_no_overlap",
                message=_("参加の期間が、登録済みの期間と重なっています。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.membership.group.category(self.category)}"

    @property
    def post(self) -> str:
        """市民課 主査"""
        return f"{self.department or self.affiliation} {self.job_title}".strip()

    @property
    def house_title(self) -> str:
        """行政経営課長: how staff are named in reports."""
        if not self.department:
            return names.with_title(self.affiliation, self.job_title)
        return names.with_title(self.department.called_with(self.job_title), self.job_title)


class OfficeTerm(Dated):
    """An office on top of a category. `group` repeats the membership's so that one chair can be promised."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="office_terms")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="office_terms")
    office = models.CharField(_("役職"), max_length=12, choices=Office)

    class Meta(Dated.Meta):
        verbose_name = _("会議体の役職")
        constraints = [
            *Dated.Meta.constraints,
            no_overlap(
                "group",
                name="members_one_chair",
                message=_(
                    "この期間には、会議体の長が既に登録されています。先に、前任の方の終了日を登録してください。"
                ),
                condition=Q(office=Office.CHAIR),
            ),
            no_overlap(
                "membership",
                name="members_one_office_each",
                message=_("この方は既に役職に就いています。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.office(self.office)} {self.membership}"
