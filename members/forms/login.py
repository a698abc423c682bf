"""The forms of allauth in our words and our pack (settings: ACCOUNT_FORMS)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account import fields, forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import Portal, PortalForm
from members.forms.fields import AddressField, HalfWidthField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EMAIL, PASSWORD = _("メールアドレス"), _("パスワード")
NEW, AGAIN = _("新しいパスワード"), _("新しいパスワード（確認）")
HOW_LONG = _("12文字以上で、ほかで使っていないものにしてください。短い言葉を三つ四つ並べると覚えやすくなります。")


class LoginEmailField(AddressField, fields.EmailField):
    pass


class Account(Portal):
    """Labels and hints are ours; a placeholder vanishes while one types, so there is none."""

    words: "Mapping[str, StrOrPromise]" = {}
    hints: "Mapping[str, StrOrPromise]" = {}

    def name_fields(self) -> None:
        for name, field in self.fields.items():
            field.label = self.words[name]
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Account, allauth.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}
    submit_label = _("ログインする")

    def name_fields(self) -> None:
        self.fields["login"] = LoginEmailField()
        super().name_fields()


class AddressForm(PortalForm):
    """Whether anybody has the address is not looked up here (members/actions/entry.py)."""

    email = LoginEmailField(label=EMAIL, widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class RequestLoginCodeForm(AddressForm):
    submit_label = _("確認コードを送る")


class ResetPasswordForm(AddressForm):
    submit_label = _("設定用のリンクを送る")


class ConfirmLoginCodeForm(PortalForm):
    code = HalfWidthField(
        label=_("確認コード"),
        help_text=_("メールに書かれた8桁の数字です。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        max_length=40,
    )
    submit_label = _("ログインする")


class SamePassword(Account):
    """Said in our words, beside the second field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "password2" in self.errors and self.cleaned_data.get("password1"):
            self.errors["password2"] = self.error_class(
                [str(_("二つのパスワードが一致していません。もう一度、同じものを入力してください。"))]
            )
        return cleaned


class ResetPasswordKeyForm(SamePassword, allauth.ResetPasswordKeyForm):
    words = {"password1": NEW, "password2": AGAIN}
    hints = {"password1": HOW_LONG}
    submit_label = _("パスワードを設定する")


class SetPasswordForm(SamePassword, allauth.SetPasswordForm):
    words = {"password1": NEW, "password2": AGAIN}
    hints = {"password1": HOW_LONG}
    submit_label = _("パスワードを設定する")


class ChangePasswordForm(SamePassword, allauth.ChangePasswordForm):
    words = {"oldpassword": _("現在のパスワード"), "password1": NEW, "password2": AGAIN}
    hints = {"password1": HOW_LONG}
    submit_label = _("パスワードを変更する")
