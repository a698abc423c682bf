from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower, Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from members import names
from members.models.department import Posting
from members.states import Channel


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def in_kana_order(self) -> Self:
        return self.order_by("kana_key", "id")

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
        """Every word stands in the name, the kana or the section of today; katakana finds hiragana."""
        people = self.alias(
            name=Concat("family_name", "given_name", "display_family_name", output_field=models.TextField()),
            kana=Replace("kana_key", Value("\u3000"), Value("")),
        )
        for word in words.split():
            kana = names.sort_key(word)
            people = people.filter(Q(name__icontains=word) | Q(kana__contains=kana) | Q(pk__in=_posted_to(word)))
        return people


FromQuerySet = models.Manager.from_queryset(UserQuerySet)


class UserManager(BaseUserManager["User"], FromQuerySet):
    pass


def _posted_to(word: str) -> models.QuerySet[Posting, Any]:
    """The people of the sections with this word in their name."""
    return Posting.objects.current().filter(department__label__icontains=word).values("user")


class User(Versioned, AbstractBaseUser):
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
    delivery_email = models.EmailField(
        _("通知先メールアドレス"),
        blank=True,
        help_text=_("課の共用アドレスでも構いません。空欄のときはログイン用アドレスに送ります。"),
    )
    channel = models.CharField(_("連絡方法"), max_length=10, choices=Channel, default=Channel.MAIL)
    family_name = models.CharField(_("姓"), max_length=50)
    given_name = models.CharField(_("名"), max_length=50, blank=True)
    family_kana = models.CharField(_("姓（ふりがな）"), max_length=50)
    given_kana = models.CharField(_("名（ふりがな）"), max_length=50, blank=True)
    display_family_name = models.CharField(
        _("旧姓（使用する場合）"), max_length=50, blank=True, help_text=_("旧姓を使用する方だけ入力してください。")
    )
    kana_key = models.CharField(max_length=120, editable=False, db_collation="C")
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
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="members_user_email_unique",
                violation_error_message=_("このログイン用メールアドレスは別の方が使っています。"),
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="members_user_email_not_empty"),
        ]

    def __str__(self) -> str:
        return names.spaced(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kana_key = names.sort_key(self.family_kana, self.given_kana)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "kana_key"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower() if self.email else None
        self.employee_number = self.employee_number or None

    @property
    def shown_family_name(self) -> str:
        return self.display_family_name or self.family_name

    @property
    def kana(self) -> str:
        return f"{self.family_kana} {self.given_kana}".strip()

    @property
    def address(self) -> str:
        """Where emails go; empty if the person gets slips of paper."""
        return (self.delivery_email or self.email or "") if self.channel == Channel.MAIL else ""


# Whoever asks for a page.
Anybody = User | AnonymousUser
