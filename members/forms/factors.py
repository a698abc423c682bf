"""The forms of second factors, and of showing again who one is: allauth's in our words, and our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.actions import SYSTEM, Actor
from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm
from members.actions import factors as factor_actions
from members.factors import Kind
from members.forms.fields import HalfWidthField
from members.forms.login import PASSWORD, Account
from members.models import User

CODE = _("認証コード")
SIX_OR_EIGHT = _(
    "認証アプリに表示された6桁の数字です。使えないときは、印刷した予備コードの8桁の数字を入力してください。"
)
LOST = _("この画面の情報が足りません。ページを開き直して、もう一度操作してください。")
NOT_TAKEN = _("パスキー・セキュリティキーを確認できませんでした。もう一度操作してください。")


def code_field() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return HalfWidthField(widget=forms.TextInput(attrs=attributes), max_length=40)


class Hidden(forms.JSONField):
    """What a script puts there: nobody types it, so that what is wrong with it is nobody's typing error."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOT_TAKEN, "invalid": NOT_TAKEN}


@contextmanager
def said_of_a_key() -> Iterator[None]:
    """Nobody types what a key answers, and the library stumbles over what no browser sends."""
    try:
        yield
    except forms.ValidationError as refusal:
        if getattr(refusal, "code", "") != "incorrect_code":
            raise
        raise forms.ValidationError(NOT_TAKEN) from refusal
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise forms.ValidationError(NOT_TAKEN) from error


# At the login


class Counted(Account):
    """Who mistyped stands in the trail, and who used the printed list is told of it."""

    user: User
    words = {"code": CODE}
    hints = {"code": SIX_OR_EIGHT}
    submit_label = _("確認する")
    authenticator: Authenticator

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        if self.authenticator.type == Kind.RECOVERY_CODES:
            factor_actions.use_spare_code(codes=self.authenticator, by=Actor(self.user))

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)  # type: ignore[misc]
        factor_actions.fail_factor(person=self.user, by=SYSTEM)


class AuthenticateForm(Counted, base.AuthenticateForm):
    code = code_field()
    submit_label = _("ログインする")


class ReauthenticateForm(Counted, base.ReauthenticateForm):
    code = code_field()


class ByKey(Account):
    words = {"credential": _("パスキー・セキュリティキー")}

    def clean_credential(self) -> Authenticator:
        with said_of_a_key():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateByKeyForm(ByKey, webauthn.AuthenticateWebAuthnForm):
    credential = Hidden()


class ReauthenticateByKeyForm(ByKey, webauthn.ReauthenticateWebAuthnForm):
    credential = Hidden()


# Asked again


class PasswordAgainForm(Account, account_forms.ReauthenticateForm):
    words = {"password": PASSWORD}
    submit_label = _("確認する")


class MailedCodeForm(PortalForm):
    code = code_field()

    submit_label = _("確認する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("確認コード")


# Setting up


class AppForm(PortalForm):
    """The secret travels with the page, closed: nothing is stored before the first code has fitted."""

    sealed = forms.CharField(
        widget=forms.HiddenInput, max_length=400, error_messages={"required": LOST, "max_length": LOST}
    )
    code = code_field()

    submit_label = _("認証アプリを登録する")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["code"].label = CODE
        self.fields["code"].help_text = _("認証アプリに表示された6桁の数字です。30秒ごとに変わります。")
        self.secret = self._opened()
        if not self.secret:
            self.secret = totp.generate_totp_secret()
            self.initial["sealed"] = encrypt(f"{user.pk} {self.secret}")
            if self.is_bound:
                self.sent_again_with(sealed=self.initial["sealed"])

    def _opened(self) -> str:
        """The secret that this person's own page showed; of no other page, and of nobody else."""
        try:
            pk, _blank, secret = decrypt(self.data.get("sealed", "")).partition(" ")
        except forms.ValidationError:
            return ""
        return secret if pk == str(self.user.pk) else ""

    def clean_code(self) -> str:
        """Tries are not counted: who sees this page sees the secret."""
        if not totp.validate_totp_code(self.secret, self.cleaned_data["code"]):
            raise get_adapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]

    def clean(self) -> dict[str, Any]:
        return {"secret": self.secret, "code": super().clean().get("code", "")}


class NameForm(PortalForm):
    name = forms.CharField(
        label=_("名前"),
        max_length=50,
        help_text=_("後で見分けるための名前です。例：職場のパソコン、青いセキュリティキー"),
    )

    submit_label = _("登録に進む")


class KeyForm(Account, webauthn.AddWebAuthnForm):
    name = forms.CharField(widget=forms.HiddenInput, max_length=50, error_messages={"required": LOST})
    credential = Hidden()

    words = {"name": _("名前"), "credential": _("パスキー・セキュリティキー")}

    def clean(self) -> dict[str, Any]:
        with said_of_a_key():
            return super().clean()


class ResetFactorForm(PortalForm):
    reason = ParagraphField(
        label=_("理由と本人確認の方法"),
        max_length=500,
        help_text=_("例：スマートフォンの紛失。職員証を対面で確認した。操作記録に残ります。"),
    )

    submit_label = _("登録を取り消す")
