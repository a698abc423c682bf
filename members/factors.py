"""Second factors: who must have one, who has one, and how what they are made of is kept."""

import base64

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_lazy as _

from members.models import DeskGrant, GraceLogin, Municipality, User
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
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _safe().decrypt(encrypted_text).decode()
        except InvalidToken as error:
            raise ValidationError(UNREADABLE) from error

    def get_totp_issuer(self) -> str:
        """What stands above the code in the app, where a person keeps those of many houses."""
        municipality = Municipality.objects.first()
        return f"{municipality or ''} {gettext('DX推進部会ポータル')}".strip()

    def _get_site_name(self) -> str:
        """What the browser shows as it asks for the key."""
        return self.get_totp_issuer()


def _safe() -> MultiFernet:
    """The first key closes; earlier ones still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac(SALT, "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


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


def with_factor(users: UserQuerySet) -> UserQuerySet:
    """Each with `factor_is_due`: they must have a factor, have none, and came in without for the last time."""
    grants = DeskGrant.objects.current().filter(user=OuterRef("pk"))
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=OPENING)
    beyond = GraceLogin.objects.filter(user=OuterRef("pk")).order_by("pk")[settings.FACTOR_GRACE :]
    due = (Q(is_administrator=True) | Exists(grants)) & ~Exists(own) & Exists(beyond)
    return users.annotate(factor_is_due=due)
