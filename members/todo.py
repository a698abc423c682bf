"""What somebody has to do on this floor."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.mail.models import Email
from foundation.ui.todo import Todo
from members import factors
from members.models import Membership, MembershipTerm, User, WorkingGroup
from members.models.sheet import WAITS
from members.policy import can_administrate


def todo(user: User) -> list[Todo]:
    administrators = of_administrator() if can_administrate(user) else []
    return [*own_factor(user), *own_sheets(user), *sheets_to_show(user), *terms_to_renew(user), *administrators]


def own_factor(user: User) -> list[Todo]:
    """Before it is due: then there is no other page."""
    if not factors.is_required_of(user) or factors.of(user).exists():
        return []
    left = factors.logins_left(user)
    note = (
        _("設定しないままログインできるのは、あと%(left)s回です。")
        if left
        else _("次のログインの後は、設定するまで他のページを開けません。")
    )
    return [Todo(text=_("二段階認証を設定する"), url=reverse("members:factors"), note=note % {"left": left})]


def own_sheets(user: User) -> list[Todo]:
    asked = Membership.objects.without_sheet().filter(user=user).select_related("group")
    return [
        Todo(
            text=_("%(group)sの自己紹介シートを提出する") % {"group": membership.group},
            url=reverse("members:edit_sheet", args=[membership.group.slug]),
            note=_("5分ほどで書けます。"),
        )
        for membership in asked
    ]


def sheets_to_show(user: User) -> list[Todo]:
    waiting = Q(*((f"memberships__sheet__{name}", value) for name, value in WAITS.items()))
    groups = WorkingGroup.objects.run_by(user).annotate(waiting=Count("memberships", filter=waiting))
    return [
        Todo(
            text=_("%(group)sの自己紹介シートを参加者に公開する") % {"group": group},
            url=reverse("members:desk_sheets", args=[group.slug]),
            note=_("%(count)s名分が公開を待っています。") % {"count": group.waiting},
        )
        for group in groups.filter(waiting__gt=0)
    ]


def terms_to_renew(user: User) -> list[Todo]:
    ends = MembershipTerm.objects.expiring().filter(group__in=WorkingGroup.objects.run_by(user))
    groups = ends.order_by("group").values_list("group__slug", "group__name").annotate(count=Count("pk"))
    return [
        Todo(
            text=_("%(group)sの任期満了が近い方の、再任又は後任を登録する") % {"group": name},
            url=reverse("members:desk_expiring", args=[slug]),
            note=_("%(count)s名です。") % {"count": count},
        )
        for slug, name, count in groups
    ]


def of_administrator() -> list[Todo]:
    short = [
        Todo(
            text=_("%(group)sの事務局の担当者を2名以上にする") % {"group": group},
            url=reverse("members:manage_group", args=[group.slug]),
        )
        for group in WorkingGroup.objects.with_short_desk()
    ]
    ending = [
        Todo(
            text=_("%(group)sの事務局の担当者を、権限が終わる前に登録する") % {"group": group},
            url=reverse("members:manage_group", args=[group.slug]),
            note=_("30日以内に権限が終わる方がいて、その後の担当者は%(left)s名です。") % {"left": left},
        )
        for group in WorkingGroup.objects.with_desk_that_ends()
        for left in [group.desk_left]  # type: ignore[attr-defined]  # annotated
    ]
    emails = Email.objects.needing_a_person().count()
    undelivered = Todo(
        text=_("送信できていないメールを確認する"),
        url=reverse("members:outbox"),
        note=_("%(count)s通あります。") % {"count": emails},
    )
    return [*short, *ending, *([undelivered] if emails else [])]
