"""Login with django-allauth: sign-up is closed, its emails go through the outbox, its words are ours.

What comes after the password or the mailed code stands in factors.py, and how long it lasts in sessions.py.
"""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from foundation.actions import Actor, record
from foundation.audit.log import note_refusal
from foundation.db import clock
from foundation.db.prepared import Blank, prepared
from foundation.http import brakes
from foundation.mail import outbox
from members import factors, senders, sessions
from members.models import Anybody, DeskGrant, Municipality, User
from members.models.terms import Day
from members.models.user import UserQuerySet
from members.taken_back import note_password

UNKNOWN = _("登録のないメールアドレス")
TOO_MANY = _(
    "パスワードの間違いが続いたため、パスワードでのログインの受付を一時止めています。%(minutes)d分ほど待ってから、"
    "もう一度お試しください。お急ぎのときは、確認コードでログインできます。"
)


class LoggedIn(HttpRequest):
    """The request of every view behind LoginRequired."""

    user: User
    # Set by a view that has read it anyway: for the head and the foot of the page.
    town: Municipality | None


def with_desk(users: UserQuerySet, day: Day | None = None) -> UserQuerySet:
    """Each with `desk_slug`: the newest group whose desk they run that day, today without one, or None."""
    grants = DeskGrant.objects.on(day or clock.today()).filter(user=OuterRef("pk"))
    grants = grants.order_by("-group__fiscal_year", "-group")
    return users.annotate(desk_slug=Subquery(grants.values("group__slug")[:1]))


@prepared
def _person(*, with_factor: bool, grace: int) -> UserQuerySet:
    today = Blank("today", models.DateField())
    people = with_desk(User.objects.active().filter(pk=Blank("pk", models.BigIntegerField())), today)
    return factors.with_factor(people, today, grace) if with_factor else people


class Backend(AuthenticationBackend):
    """Loads with the person which desk they run, for the head of every page shows the way there, and whether
    a second factor is due.
    """

    def get_user(self, user_id: int) -> User | None:
        person = _person(with_factor=settings.FACTOR_REQUIRED, grace=settings.FACTOR_GRACE)
        return next(iter(person.run(pk=user_id, today=clock.today())), None)


class ClosedAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "メールアドレスかパスワードが違います。パスワードを決めていない方は、確認コードでログインしてください。"
        ),
        "enter_current_password": _("現在のパスワードが違います。"),
        "incorrect_code": _("確認コードが違います。最後に届いたメールの数字を入力してください。"),
        "incorrect_password": _("パスワードが違います。"),
        "invalid_password_reset": _("このリンクは使えません。"),
        "too_many_login_attempts": _(
            "続けて間違えたため、受付を止めています。5分ほど待ってから、もう一度お試しください。"
        ),
        "rate_limited": _("続けて操作されたため、受付を止めています。5分ほど待ってからお試しください。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Codes and reset links are secrets: the outbox forgets the text when it is sent."""
        message = self.render_mail(template_prefix, email, {"site_url": settings.SITE_URL, **context})
        outbox.enqueue(
            to=context.get("user"),
            to_address=email,
            subject=message.subject,
            body=f"{message.body}\n",
            **senders.of_portal(),
            dedupe_key=f"{template_prefix}:{uuid4()}",
            sensitive=True,
        )

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        """Who came in stands in the audit log beside what they then did."""
        super().login(request, user)
        said = {gettext("方法"): factors.ways_of(request.session), gettext("接続元"): brakes.address_of(request)}
        record(by=Actor(user), action="members.log_in", target=user, **said)
        factors.count_login(user, request.session)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted below, by account and address together; the library would let a stranger shut others out."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A stranger's wrong passwords for somebody's address do not shut the door for that person elsewhere."""
        taken = brakes.take(request, "log_in", account=credentials.get("email", ""))
        if taken.wait:
            raise ValidationError(TOO_MANY, params={"minutes": taken.minutes})
        user = super().authenticate(request, **credentials)
        if user is not None:
            taken.give_back()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The same work for an address that nobody has."""
        user = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        note_refusal(
            by=Actor(None),
            action="members.fail_to_log_in",
            label=str(user or UNKNOWN),
            source=brakes.address_of(request),
            target=user,
        )

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """By its owner only: no page lets anybody choose another's password. Other devices are logged out."""
        super().set_password(user, password)
        note_password(user)
        brakes.release(self.request, "log_in", account=user.email)
        sessions.end_all(user, but=self.request.session.session_key if self.request.user == user else None)
        record(by=Actor(user), action="members.set_password", target=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_login_stages(self) -> list[str]:
        """Whoever comes by the town's own login was asked for a factor there."""
        stages = super().get_login_stages()
        asked_there = factors.brought_along(self.request.session)
        return [stage for stage in stages if not (asked_there and stage == factors.STAGE)]

    def get_reauthentication_methods(self, user: Anybody) -> list[dict[str, str]]:
        """By which ways a person shows again who they are, the nearest first.

        Whoever has a second factor uses it: a password or a mailed code alone is for those without one.
        """
        if not isinstance(user, User):
            return []
        kinds = set(factors.of(user).values_list("type", flat=True))
        password, mail = user.has_usable_password() and not kinds, bool(user.email) and not kinds
        ways = [
            (password, "account_reauthenticate", _("パスワードで確認する")),
            (factors.Kind.WEBAUTHN in kinds, "mfa_reauthenticate_webauthn", _("パスキーかキーで確認する")),
            (bool(kinds), "mfa_reauthenticate", _("認証アプリか予備コードで確認する")),
            (mail, "members:reauthenticate_by_code", _("メールで届く確認コードで確認する")),
        ]
        return [
            {"id": name, "description": str(words), "url": reverse(name)}
            for is_open, name, words in ways
            if is_open
        ]
