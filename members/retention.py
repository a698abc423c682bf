"""What this floor keeps of people, and how it goes (foundation/retention.py)."""

from collections import Counter
from datetime import date
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from foundation.retention import GroupRecordKind, RecordKind, Rows, Unit, of_year, rows_of, units_by_year
from members import sessions
from members.addresses import keep_in_step
from members.models import (
    DeskGrant,
    GraceLogin,
    IntroSheet,
    MembershipTerm,
    PersonalLink,
    Posting,
    User,
    WorkingGroup,
)
from members.models.terms import Dated
from members.models.user import UserQuerySet


class Sheets(GroupRecordKind):
    name = "sheets"
    label = _("自己紹介シート")
    holds = _("会議に参加する方の担当業務、業務での困り事、取り組みたいことなど。回答用リンクを含みます。")
    parts = ((IntroSheet, "membership__group"), (PersonalLink, "membership__group"))

    def dispose(self, unit: Unit, *, on: date) -> None:
        super().dispose(unit, on=on)
        WorkingGroup.objects.filter(pk__in=[unit.group]).update(sheets_disposed_on=on)


# Where a person was, with the way from a row there to the person.
POSTS: tuple[tuple[type[Dated], str], ...] = (
    (MembershipTerm, "membership__user"),
    (Posting, "user"),
    (DeskGrant, "user"),
)


class Contacts(RecordKind):
    """Name and reading stay, for the records that stay name the person."""

    name = "contacts"
    label = _("退任した方の連絡先")
    holds = _("会議体・事務局・所属の全てを離れた方のメールアドレス、電話番号、職員番号、ログインの方法。")
    of_group = False
    EMPTY: ClassVar[dict[str, Any]] = {
        "email": None,
        "delivery_email": "",
        "phone": "",
        "employee_number": None,
        "is_active": False,
    }

    def units(self) -> Counter[Unit]:
        return units_by_year(self._gone(), "left_on")

    def rows(self, unit: Unit) -> list[Rows]:
        return [of_year(self._gone(), "left_on", unit)]

    def dispose(self, unit: Unit, *, on: date) -> None:
        for person in self.rows(unit)[0]:
            self.forget(person)

    def forget(self, person: User) -> None:
        """Nobody logs in as them, and nothing is sent to them."""
        person.set_unusable_password()
        for name, value in self.EMPTY.items():
            setattr(person, name, value)
        person.version += 1
        person.save(update_fields=[*self.EMPTY, "password", "version"])
        keep_in_step(person)
        sessions.end_all(person)
        Authenticator.objects.filter(user=person).delete()
        GraceLogin.objects.filter(user=person).delete()

    @staticmethod
    def _gone() -> UserQuerySet:
        """Who has left everything, with `left_on`, and of whom there is still an address."""
        people = User.objects.filter(is_administrator=False, is_data_steward=False)
        ends = []
        for model, path in POSTS:
            own = rows_of(model).filter(**{path: OuterRef("pk")}).order_by()
            people = people.exclude(Exists(own.filter(valid_to__isnull=True)))
            last = own.values(path).annotate(last=Max("valid_to")).values("last")
            ends.append(Subquery(last))
        known = ~Q(email=None) | ~Q(delivery_email="") | ~Q(phone="") | ~Q(employee_number=None)
        left = Coalesce(Greatest(*ends), TruncDate(F("date_joined")))
        return people.filter(known).annotate(left_on=left)
