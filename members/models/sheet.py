from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from members.models.group import WorkingGroup
from members.models.membership import Membership
from members.models.user import Anybody
from members.states import Audience, SheetState

# Handed in for the group, and not yet shown to it.
WAITS = {"state": SheetState.SUBMITTED, "audience": Audience.GROUP}


class IntroSheetQuerySet(models.QuerySet["IntroSheet"]):
    def shown(self) -> Self:
        return self.filter(state=SheetState.SHOWN, audience=Audience.GROUP)

    def submitted(self) -> Self:
        return self.exclude(state=SheetState.DRAFT)

    def waiting(self) -> Self:
        """Handed in for the group, not shown to it yet."""
        return self.filter(**WAITS)

    def offered(self) -> Self:
        """Handed in, with a problem that its writer proposes as a theme."""
        return self.submitted().filter(offers_problem=True).exclude(problems="")

    def examples_for(self, group: WorkingGroup) -> Self:
        """Shown in the group before this one, and allowed by their writers to stand beside next year's form."""
        before = group.forerunner or WorkingGroup.objects.before(group).filter(name=group.name).first()
        allowed = self.shown().filter(is_example=True, membership__group=before)
        return allowed.order_by("membership__order", "pk") if before else self.none()

    def visible_to(self, user: Anybody) -> Self:
        """One's own always; the group's once shown; the desk reads what was submitted."""
        if not user.is_authenticated:
            return self.none()
        groups = WorkingGroup.objects
        return self.filter(
            Q(membership__user_id=user.pk)
            | Q(membership__group__in=groups.run_by(user), state__in=[SheetState.SUBMITTED, SheetState.SHOWN])
            | Q(
                membership__group__in=groups.joined_by(user),
                state=SheetState.SHOWN,
                audience=Audience.GROUP,
            )
        )


class IntroSheet(Versioned):
    """自己紹介シート: what a member tells the group before the first meeting."""

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="sheet")
    duties = models.TextField(_("担当業務"), max_length=400, blank=True)
    problems = models.TextField(
        _("業務での困り事"),
        max_length=400,
        blank=True,
    )
    wants = models.TextField(_("取り組みたいこと"), max_length=400, blank=True)
    skills = models.TextField(_("得意なこと"), max_length=400, blank=True)
    message = models.TextField(_("ひとこと"), max_length=200, blank=True)
    # Two favours, off until asked for, and taken back as they were given.
    offers_problem = models.BooleanField(
        _("この困り事をテーマの候補として提案する"), default=False, db_default=False
    )
    is_example = models.BooleanField(_("来年度の参加者に記入例として見せてよい"), default=False, db_default=False)
    audience = models.CharField(_("見られる人"), max_length=8, choices=Audience, default=Audience.GROUP)
    state = models.CharField(_("状態"), max_length=10, choices=SheetState, default=SheetState.DRAFT)
    # Rises with every change; `written_from` names the page that wrote last, so that a page goes on
    # saving its own draft, and the same page sent twice is one action.
    written_from = models.UUIDField(null=True, editable=False)
    submitted_at = models.DateTimeField(_("提出日時"), null=True, editable=False)
    shown_at = models.DateTimeField(_("公開日時"), null=True, editable=False)
    changed_at = models.DateTimeField(_("最終更新"), auto_now=True)

    objects = IntroSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("自己紹介シート")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SheetState.DRAFT) | (Q(submitted_at__isnull=False) & ~Q(wants="")),
                name="members_sheet_submitted_is_filled",
                violation_error_message=_("「取り組みたいこと」を入力してから提出してください。"),
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.SHOWN) | Q(shown_at__isnull=False),
                name="members_sheet_shown_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}"

    @property
    def first_line(self) -> str:
        """What a list shows of it."""
        return self.wants.strip().partition("\n")[0]

    @property
    def is_waiting(self) -> bool:
        """Handed in for the group, not shown to it yet (the queryset's `waiting`)."""
        return all(getattr(self, name) == value for name, value in WAITS.items())


class SheetPhoto(models.Model):
    """顔写真: drawn anew and small (foundation/apart/picture.py): it lies in its row, and goes with it at once."""

    sheet = models.OneToOneField(IntroSheet, on_delete=models.CASCADE, related_name="photo")
    jpeg = models.BinaryField(_("写真"))
    sha256 = models.CharField(max_length=64)
    put_at = models.DateTimeField(_("登録日時"), auto_now=True)

    class Meta:
        verbose_name = _("顔写真")

    def __str__(self) -> str:
        return f"{self.sheet}"
