"""Before the door: a login code by mail, a forgotten password, logging out.

The pages do the same for every address. What the library has for this looks the address up while the page waits,
and keeps the code in the session; of it only the login itself is used.
"""

from typing import Any

from allauth.account import views
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url, passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.http import brakes
from foundation.ui.attempts import posted
from members.entry import ask_for_letter, try_code
from members.forms.login import ConfirmLoginCodeForm, RequestLoginCodeForm, ResetPasswordForm
from members.models import EntryRequest
from members.states import EntryLetter

SESSION_KEY = "entry_request"
BRAKES = {EntryLetter.CODE: "ask_for_code", EntryLetter.RESET: "ask_for_reset"}
WAIT = {
    EntryLetter.CODE: _(
        "確認コードの請求が続いたため、受付を一時止めています。%(minutes)d分ほど待ってから、もう一度お試しください。"
        "パスワードを決めている方は、パスワードでログインできます。"
    ),
    EntryLetter.RESET: _(
        "リンクの請求が続いたため、受付を一時止めています。%(minutes)d分ほど待ってから、もう一度お試しください。"
        "お急ぎのときは、確認コードでログインできます。"
    ),
}
TRIED = _(
    "確認コードの入力が続いたため、受付を一時止めています。%(minutes)d分ほど待ってから、もう一度お試しください。"
)
WRONG = _("確認コードが違います。最後に届いたメールの数字を入力してください。")
SPENT = _(
    "この確認コードは、続けて間違えたか、時間が過ぎたため、使えなくなりました。新しい確認コードを受け取ってください。"
)
METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
@never_cache
@login_not_required
def request_login_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    if request.method != "POST" and pending(request):
        return redirect(_onwards(request, "account_confirm_login_code"))
    form = RequestLoginCodeForm(posted(request))
    if form.is_valid() and _asked(request, form, EntryLetter.CODE):
        return redirect(_onwards(request, "account_confirm_login_code"))
    context = {"form": form, "login_url": _onwards(request, "account_login")}
    return render(request, "account/request_login_code.html", context)


@METHODS
@never_cache
@login_not_required
def confirm_login_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    asked = pending(request)
    if asked is None:
        return redirect("account_request_login_code")
    if request.POST.get("action") == "resend":
        return _send_again(request, asked)
    form = ConfirmLoginCodeForm(posted(request))
    if form.is_valid() and (response := _tried(request, form, asked)):
        return response
    return render(request, "account/confirm_login_code.html", {"form": form, "email": asked.address})


@METHODS
@never_cache
@login_not_required
def reset_password(request: HttpRequest) -> HttpResponse:
    form = ResetPasswordForm(posted(request))
    if form.is_valid() and _asked(request, form, EntryLetter.RESET):
        return redirect("account_reset_password_done")
    return render(request, "account/reset_password.html", {"form": form})


class LogOut(views.LogoutView):
    """What the browser kept of the portal goes too: the next one at this machine finds nothing by going back."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def logout(self) -> None:
        super().logout()
        self.request.session.pop(SESSION_KEY, None)


def pending(request: HttpRequest) -> EntryRequest | None:
    """The letter that this browser waits for."""
    pk = request.session.get(SESSION_KEY)
    return EntryRequest.objects.open().select_related("user").filter(pk=pk).first() if pk else None


def _asked(request: HttpRequest, form: RequestLoginCodeForm | ResetPasswordForm, purpose: EntryLetter) -> bool:
    address = form.cleaned_data["email"]
    taken = brakes.take(request, BRAKES[purpose], account=address)
    if taken.wait:
        form.add_error("email", WAIT[purpose] % {"minutes": taken.minutes})
        return False
    asked = ask_for_letter(purpose=purpose, address=address)
    if purpose == EntryLetter.CODE:
        request.session[SESSION_KEY] = asked.pk
    return True


def _send_again(request: HttpRequest, asked: EntryRequest) -> HttpResponse:
    taken = brakes.take(request, BRAKES[EntryLetter.CODE], account=asked.address)
    if taken.wait:
        messages.error(request, WAIT[EntryLetter.CODE] % {"minutes": taken.minutes})
    else:
        again = ask_for_letter(purpose=EntryLetter.CODE, address=asked.address, instead_of=asked)
        request.session[SESSION_KEY] = again.pk
    return redirect(_onwards(request, "account_confirm_login_code"))


def _tried(request: HttpRequest, form: ConfirmLoginCodeForm, asked: EntryRequest) -> HttpResponse | None:
    """None where another try is left."""
    taken = brakes.take(request, "try_code")
    if taken.wait:
        form.add_error("code", TRIED % {"minutes": taken.minutes})
        return None
    user = try_code(asked=asked, typed=form.cleaned_data["code"], source=brakes.address_of(request))
    if user is not None:
        del request.session[SESSION_KEY]
        record_authentication(request, user, method="code", email=user.email)
        return perform_login(
            request, Login(user=user, email=user.email, redirect_url=get_next_redirect_url(request))
        )
    if pending(request):
        form.add_error("code", WRONG)
        return None
    messages.error(request, SPENT)
    return redirect(_onwards(request, "account_request_login_code"))


def _onwards(request: HttpRequest, name: str) -> str:
    """With the page that was asked for in the first place."""
    return passthrough_next_redirect_url(request, reverse(name), "next")
