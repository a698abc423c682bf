from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from foundation.db.grams import grams_of, narrowed
from foundation.db.versioned import Versioned
from foundation.mail import addresses
from members import names
from members.models.called import Called
from members.models.department import Department, Posting
from members.states import Channel

if TYPE_CHECKING:
    pass

READING_OF_FAMILY_NAME = _("旧姓・通称を使用するときは、その姓のふりがなも入力してください。")
READING_OF_GIVEN_NAME = _("通称を使用するときは、その名のふりがなも入力してください。")
# What is judged as a name, and what as the reading of one.
NAMES = ("family_name", "given_name", "display_family_name", "display_given_name")
READINGS = ("family_kana", "given_kana", "display_family_kana", "display_given_kana")


NAME_GRAMS = grams_of(F("search_key"))
BY_KANA = ["kana_key", "id"]
# What is made of the names.
KEYS = ["kana_key", "search_key", "shown_key"]


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def reached_by_email(self) -> Self:
        """Active, and with an `address` (Called)."""
        return self.active().filter(Q(delivery_email__gt="") | Q(email__gt=""), channel=Channel.MAIL)

    def in_kana_order(self) -> Self:
        return self.order_by(*BY_KANA)

    def visible_to(self, user: "Anybody") -> Self:
        """The register of all people is read by administrators, and by desks to choose a member from."""
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self.all()
        if user.desk_grants.current().exists():
            return self.active()
        return self.filter(pk=user.pk)

    def matching(self, words: str) -> Self:
        """Every word stands in a name, shown or registered, in its reading or in the section of today."""
        people = self.alias(grams=NAME_GRAMS)
        for word in words.split():
            written = names.same_to_search(word)
            found = narrowed(written, {}) & Q(search_key__contains=written)
            # Asked first: mostly there is none, and then the index of names is enough.
            if sections := list(Department.objects.filter(label__icontains=word).values_list("pk", flat=True)):
                found |= Q(pk__in=Posting.objects.current().filter(department__in=sections).values("user"))
            people = people.filter(found)
        return people

    def namesakes(self, person: "User") -> "list[User]":
        """Who else is called so, and is read so. With 高 for 髙 it is probably the same person once more."""
        found: dict[int, User] = {}
        for name, reading in person.called:
            others = self.exclude(pk=person.pk).filter(search_key__contains=name)
            found |= {other.pk: other for other in others if (name, reading) in other.called}
        return list(found.values())


FromQuerySet = models.Manager.from_queryset(UserQuerySet)


class UserManager(BaseUserManager["User"], FromQuerySet):
    pass


class User(Called, Versioned, AbstractBaseUser):
    """A person. Login address and delivery address are two things; neither is required.

    A nursery's staff may share one delivery address, and a member who only ever uses
    personal links needs no login at all. `AnonymousUser` has no `is_administrator`:
    ask members.policy, which answers for both.
    """

    email = models.EmailField(
        _("ログイン用メールアドレス"),
        null=True,
        blank=True,
        help_text=_("本人だけが読めるアドレス。回答用リンクだけを使う方は空欄で構いません。"),
    )
    delivery_email = models.CharField(
        _("通知先メールアドレス"),
        max_length=addresses.LONGEST,
        blank=True,
        validators=[addresses.refuse_undeliverable],
        help_text=_("課の共用アドレスでも構いません。空欄のときはログイン用アドレスに送ります。"),
    )
    channel = models.CharField(_("連絡方法"), max_length=10, choices=Channel, default=Channel.MAIL)
    family_name = models.CharField(_("姓"), max_length=50)
    given_name = models.CharField(_("名"), max_length=50, blank=True)
    family_kana = models.CharField(_("姓（ふりがな）"), max_length=50)
    given_kana = models.CharField(_("名（ふりがな）"), max_length=50, blank=True)
    display_family_name = models.CharField(_("旧姓・通称の姓"), max_length=50, blank=True)
    display_given_name = models.CharField(_("通称の名"), max_length=50, blank=True, default="", db_default="")
    display_family_kana = models.CharField(
        _("旧姓・通称の姓（ふりがな）"), max_length=50, blank=True, default="", db_default=""
    )
    display_given_kana = models.CharField(
        _("通称の名（ふりがな）"), max_length=50, blank=True, default="", db_default=""
    )
    kana_key = models.CharField(max_length=500, editable=False, db_collation="C")
    search_key = models.TextField(editable=False, default="", db_default="")
    # The same of the name that is shown alone: others know no more of a person than that.
    shown_key = models.TextField(editable=False, default="", db_default="")
    employee_number = models.CharField(_("職員番号"), max_length=20, null=True, blank=True, unique=True)
    phone = models.CharField(_("内線・電話"), max_length=50, blank=True)
    is_active = models.BooleanField(_("利用できる"), default=True)
    is_administrator = models.BooleanField(
        _("システム管理者"), default=False, help_text=_("組織・職員・会議体を登録できます。")
    )
    is_data_steward = models.BooleanField(
        _("データ管理者"), default=False, help_text=_("全ての課のデータセットを確認できます。")
    )
    date_joined = models.DateTimeField(_("登録日時"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("職員等")
        indexes = [
            models.Index(fields=BY_KANA, name="members_user_by_kana"),
            GinIndex(NAME_GRAMS, name="members_user_name_grams"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="members_user_email_unique",
                violation_error_message=_("このログイン用メールアドレスは別の方が使っています。"),
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="members_user_email_not_empty"),
            models.CheckConstraint(
                condition=Q(display_family_name="") | ~Q(display_family_kana=""),
                name="members_user_shown_family_name_is_read",
                violation_error_message=READING_OF_FAMILY_NAME,
            ),
            models.CheckConstraint(
                condition=Q(display_given_name="") | ~Q(display_given_kana=""),
                name="members_user_shown_given_name_is_read",
                violation_error_message=READING_OF_GIVEN_NAME,
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *KEYS}
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """By which it is sorted and found; whoever writes many rows at once says it of each."""
        self.kana_key = names.sort_key(self.shown_family_kana, self.shown_given_kana)
        registered, shown = self._called()
        self.search_key = names.search_key(*dict.fromkeys([*registered, *shown]))
        self.shown_key = names.search_key(*shown)

    def clean(self) -> None:
        """Names and readings as they are stored, from whatever page, command or list they come."""
        super().clean()
        self.email = self.email.lower() if self.email else None
        self.employee_number = self.employee_number or None
        refused: dict[str, Any] = {}
        for fields, as_stored in ((NAMES, names.name_as_stored), (READINGS, names.reading_as_stored)):
            for field in fields:
                try:
                    setattr(self, field, as_stored(getattr(self, field)))
                except ValidationError as refusal:
                    refused[field] = refusal
        if refused := refused or dict(self._unread()):
            raise ValidationError(refused)

    def _unread(self) -> Iterator[tuple[str, str]]:
        """A shown name without its reading, or a reading without the name that it is of."""
        for part, sentence in (("family", READING_OF_FAMILY_NAME), ("given", READING_OF_GIVEN_NAME)):
            name, reading = getattr(self, f"display_{part}_name"), getattr(self, f"display_{part}_kana")
            if name and not reading:
                yield f"display_{part}_kana", str(sentence)
            elif reading and not name:
                yield f"display_{part}_name", gettext("ふりがなだけが入力されています。氏名も入力してください。")

    @property
    def registered_name(self) -> str:
        """Only where another one is shown; for administrators and desks."""
        is_another = self.display_family_name or self.display_given_name
        return f"{self.family_name} {self.given_name}".strip() if is_another else ""

    @property
    def is_guest(self) -> bool:
        """Who runs nothing and never had a post in a section is from outside the house."""
        return not (self.is_administrator or self.is_data_steward or self.postings.exists())

    @property
    def with_honorific(self) -> str:
        return f"{self}{names.honorific(is_guest=self.is_guest)}"

    @property
    def called(self) -> set[tuple[str, str]]:
        """Name and reading, as registered and as shown, as they are compared with those of others."""
        return {(names.same_to_search(name), names.same_to_search(reading)) for name, reading in self._called()}

    def _called(self) -> list[tuple[str, str]]:
        return [
            (self.family_name + self.given_name, self.family_kana + self.given_kana),
            (names.full(self), self.shown_family_kana + self.shown_given_kana),
        ]


# Whoever asks for a page.
Anybody = User | AnonymousUser
