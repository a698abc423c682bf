"""Second factors: set up, removed, used from the printed list, reset for somebody who lost theirs.

The person is told of each by email; on a change their other devices are logged out.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, Via, action, demand, hold, record
from members import emails, factors, sessions
from members.factors import Kind
from members.models import User
from members.policy import ADMINISTRATORS_ONLY, can_administrate
from members.taken_back import note_factors

NOT_ONES_OWN = gettext_lazy("御自分の登録は、御自分の「二段階認証」のページで変更してください。")
ONE_APP = gettext_lazy("認証アプリは既に登録されています。")


@action
def add_app(*, by: Actor, keep: str | None, secret: str, code: str) -> Authenticator:
    """With the first code that the app shows, which is used up. `keep` is the session that does not end."""
    person = _hold(by.user)
    if factors.of(person).filter(type=Kind.TOTP).exists():
        raise ValidationError(ONE_APP)
    app = TOTP.activate(person, secret)
    if not app.validate_code(code):
        raise get_adapter().validation_error("incorrect_code")
    return _added(app.instance, person, by, keep)


@action
def add_key(*, by: Actor, keep: str | None, name: str, credential: dict[str, Any]) -> Authenticator:
    person = _hold(by.user)
    return _added(WebAuthn.add(person, name, credential).instance, person, by, keep)


@action
def remove_factor(*, factor: Authenticator, by: Actor, keep: str | None) -> None:
    """The printed list goes with the last: it stands in for something."""
    person = _hold(by.user)
    factor = hold(factors.of(person), factor.pk)
    others = factors.of(person).exclude(pk=factor.pk)
    if not others and factors.is_required_of(person):
        raise ValidationError(
            _("二段階認証が必要な方の、最後の方法は削除できません。先に、別の方法を登録してください。")
        )
    what = factors.in_words(factor)
    factor.delete()
    if not others:
        Authenticator.objects.filter(user=person).delete()
    sessions.end_all(person, but=keep)
    note_factors(person)
    record(by=by, action="members.remove_factor", target=person, factor=what)
    emails.tell_of_login(person, "factor_removed", what=what, last=not others)


@action
def renew_spare_codes(*, by: Actor, keep: str | None) -> Authenticator:
    """The printed list before is worth nothing from now on."""
    person = _hold(by.user)
    if not factors.of(person).exists():
        raise ValidationError(_("予備コードは、認証アプリかパスキーを登録した後に作成できます。"))
    Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person).instance
    sessions.end_all(person, but=keep)
    note_factors(person)
    record(by=by, action="members.renew_spare_codes", target=person)
    emails.tell_of_login(person, "spare_codes_renewed")
    return codes


@action
def use_spare_code(*, codes: Authenticator, by: Actor) -> None:
    """Whoever found the list, and uses it, does not stay unnoticed."""
    left = factors.left_of(hold(Authenticator.objects.all(), codes.pk))
    note_factors(by.user, list_is_spent=True)
    record(by=by, action="members.use_spare_code", target=by.user, left=left)
    emails.tell_of_login(by.user, "spare_code_used", left=left)


@action
def fail_factor(*, person: User, by: Actor) -> None:
    record(by=by, action="members.fail_factor", target=person)


@action
def reset_factor(*, person: User, by: Actor, reason: str) -> User:
    """For somebody who lost theirs; they set up another after the next login. Also by who runs the server.

    The reason says how the person was identified. The logins without a factor begin anew.
    """
    demand(by.via == Via.COMMAND or can_administrate(by.user), ADMINISTRATORS_ONLY)
    demand(person != by.user, NOT_ONES_OWN)
    person = _hold(person)
    removed = [factors.in_words(factor) for factor in factors.of(person)]
    if not removed:
        raise ValidationError(_("この方は、二段階認証を登録していません。"))
    Authenticator.objects.filter(user=person).delete()
    person.grace_logins.all().delete()
    sessions.end_all(person)
    note_factors(person)
    record(by=by, action="members.reset_factor", target=person, reason=reason, removed=removed)
    emails.tell_of_login(person, "factor_reset")
    return person


def _hold(person: User) -> User:
    """Two windows of one person wait for each other."""
    return hold(User.objects.all(), person.pk)


def _added(factor: Authenticator, person: User, by: Actor, keep: str | None) -> Authenticator:
    what = factors.in_words(factor)
    RecoveryCodes.activate(person)
    sessions.end_all(person, but=keep)
    record(by=by, action="members.add_factor", target=person, factor=what)
    emails.tell_of_login(person, "factor_added", what=what)
    return factor
