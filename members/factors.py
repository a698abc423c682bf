"""Second factors: who must have one, who has one, and how what they are made of is kept."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from foundation import sealed
from members.models import DeskGrant, GraceLogin, Municipality, User
from members.models.municipality import NEUTRAL_PORTAL
from members.models.terms import Day
from members.models.user import UserQuerySet

SALT = "members.factors"
# Where a login is asked for it.
STAGE = "allauth.mfa.stages.AuthenticateStage"
Kind = Authenticator.Type
# Those that open by themselves; the spare codes stand in for one of them.
OPENING = [Kind.TOTP, Kind.WEBAUTHN]
WAYS = {
    "password": _("パスワード"),
    "password_reset": _("パスワード設定用リンク"),
    "code": _("確認コード"),
    "socialaccount": _("庁内の統合認証"),
    Kind.TOTP: _("認証アプリ"),
    Kind.WEBAUTHN: _("パスキー・セキュリティキー"),
    Kind.RECOVERY_CODES: _("予備コード"),
}
# Those that hold a seed, and under which name.
SEED = {Kind.TOTP: "secret", Kind.RECOVERY_CODES: "seed"}
UNREADABLE = _(
    "登録した内容を読み取れないため、この方法では確認できません。システム管理者に、二段階認証の登録の取消しを依頼してください。"
)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "認証コードを確認できません。一度使った数字は使えません。数字が変わるのを待って、もう一度入力してください。"
        ),
    }

    def encrypt(self, text: str) -> str:
        """Who reads the database, or a backup of it, can make no codes from it."""
        return sealed.safe(SALT).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return sealed.safe(SALT).decrypt(encrypted_text).decode()
        except InvalidToken as error:
            raise ValidationError(UNREADABLE) from error

    def get_totp_issuer(self) -> str:
        """What stands above the code in the app, where a person keeps those of many houses."""
        town = Municipality.objects.first()
        return f"{town} {town.portal}" if town else str(NEUTRAL_PORTAL)

    def _get_site_name(self) -> str:
        """What the browser shows as it asks for the key."""
        return self.get_totp_issuer()


@transaction.atomic
def close_anew() -> None:
    """At night, so that a key that was replaced can be taken out and nobody notices."""
    for factor in Authenticator.objects.select_for_update().filter(type__in=SEED):
        name = SEED[Kind(factor.type)]
        closed = sealed.anew(factor.data.get(name, ""), SALT)
        if closed is not None:
            factor.data[name] = closed
            factor.save(update_fields=["data"])


# Who has one


def of(user: AbstractBaseUser) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id=user.pk, type__in=OPENING).order_by("created_at", "pk")


def spare_codes(user: AbstractBaseUser) -> Authenticator | None:
    return Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).first()


def left_of(codes: Authenticator) -> int:
    """How many of the spare codes are still good; asked without opening them."""
    return settings.MFA_RECOVERY_CODE_COUNT - int(codes.data["used_mask"]).bit_count()


def in_words(factor: Authenticator) -> str:
    if factor.type == Kind.TOTP:
        return gettext("認証アプリ")
    return gettext("パスキー・セキュリティキー「%s」") % factor.wrap().name


# Who must have one


def is_required_of(user: User) -> bool:
    """Who runs a desk today or administrates the house; others are offered one."""
    return settings.FACTOR_REQUIRED and (user.is_administrator or user.desk_grants.current().exists())


def count_login(user: User, session: SessionBase) -> None:
    """Part of the transaction of a login."""
    if is_required_of(user) and not of(user).exists() and not brought_along(session):
        GraceLogin.objects.create(user=user)


def logins_left(user: User) -> int:
    """How often this person may still come in without a factor."""
    return max(settings.FACTOR_GRACE - user.grace_logins.count(), 0)


def brought_along(session: SessionBase) -> bool:
    """Whether the person came by a single sign-on, whose house has asked for a factor of its own."""
    return "socialaccount" in _shown(session)


def ways_of(session: SessionBase) -> str:
    """By what this person showed who they are, in the words of the audit log."""
    return "・".join(str(WAYS.get(way, way)) for way in _shown(session))


def _shown(session: SessionBase) -> list[str]:
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return [record.get("type", record["method"]) for record in records]


def with_factor(users: UserQuerySet, today: Day, grace: int) -> UserQuerySet:
    """Each with `factor_is_due`: they must have a factor, have none, and came in without for the last time."""
    grants = DeskGrant.objects.on(today).filter(user=OuterRef("pk"))
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=OPENING)
    beyond = GraceLogin.objects.filter(user=OuterRef("pk")).order_by("pk")[grace:]
    due = (Q(is_administrator=True) | Exists(grants)) & ~Exists(own) & Exists(beyond)
    return users.annotate(factor_is_due=due)
