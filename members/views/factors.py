"""One's own second factors: an app that counts, keys of the device or in the pocket, and a printed list."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.actions import Actor
from foundation.http.typed import Typed
from foundation.ui.attempts import attempt, posted, press
from members import factors as own, sessions
from members.actions import factors as actions
from members.factors import Kind
from members.forms.factors import AppForm, KeyForm, NameForm
from members.login import LoggedIn
from members.views._fresh import fresh

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def factors(request: LoggedIn) -> HttpResponse:
    user = request.user
    mine, codes = list(own.of(user)), own.spare_codes(user)
    context = {
        "factors": [(factor, own.in_words(factor)) for factor in mine],
        "has_app": any(factor.type == Kind.TOTP for factor in mine),
        "left": own.left_of(codes) if codes else None,
        "is_required": own.is_required_of(user),
        "logins_left": own.logins_left(user),
        "typed": Typed.waiting(request),
    }
    return render(request, "members/own/factors.html", context)


@form_page
@fresh
def add_app(request: LoggedIn) -> HttpResponse:
    form = AppForm(posted(request), user=request.user)
    if attempt(form, actions.add_app, by=Actor.of(request), keep=request.session.session_key):
        return _added(request, _("認証アプリを登録しました。"))
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}",
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
    }
    return render(request, "members/own/add_app.html", context, status=form.status)


@form_page
@fresh
def add_key(request: LoggedIn) -> HttpResponse:
    """First its name; then the browser is asked for the key, with a question that this session keeps."""
    if "credential" not in request.POST:
        return _name_key(request)
    form = KeyForm(request.POST, user=request.user)
    if attempt(form, actions.add_key, by=Actor.of(request), keep=request.session.session_key):
        return _added(request, _("パスキー・セキュリティキーを登録しました。"))
    return _ask_for_key(request, form)


@form_page
@fresh
def remove_factor(request: LoggedIn, pk: int) -> HttpResponse:
    factor = get_object_or_404(own.of(request.user), pk=pk)
    words = own.in_words(factor)
    if request.method == "POST":
        keep = request.session.session_key
        if press(request, actions.remove_factor, factor=factor, by=Actor.of(request), keep=keep):
            messages.success(request, _("%sを削除し、他の端末のログインを終了しました。") % words)
        return redirect("members:factors")
    context = {"words": words, "is_last": own.of(request.user).count() == 1}
    return render(request, "members/own/remove_factor.html", context)


@form_page
@fresh
def spare_codes(request: LoggedIn) -> HttpResponse:
    """The list to be printed. A new one is made by a press, and the old one is worth nothing."""
    if request.method == "POST":
        keep = request.session.session_key
        if press(request, actions.renew_spare_codes, by=Actor.of(request), keep=keep):
            messages.success(request, _("予備コードを作り直しました。前の予備コードは使えません。"))
            return redirect("members:spare_codes")
        return redirect("members:factors")
    codes = own.spare_codes(request.user)
    try:
        unused = codes.wrap().get_unused_codes() if codes else []
    except ValidationError as unreadable:
        messages.error(request, unreadable.messages[0])
        codes = None
    if codes is None:
        return redirect("members:factors")
    context = {"codes": [f"{code[:4]} {code[4:]}" for code in unused], "made_at": codes.created_at}
    return render(request, "members/own/spare_codes.html", context)


def _added(request: LoggedIn, said: str) -> HttpResponse:
    """The list of spare codes is worth most before it is needed."""
    messages.success(request, said + _("他の端末のログインは終了しました。続けて、予備コードを印刷してください。"))
    return redirect("members:spare_codes")


def _name_key(request: LoggedIn) -> HttpResponse:
    form = NameForm(posted(request), initial={"name": sessions.device(request.headers.get("User-Agent", ""))})
    if form.is_valid():
        return _ask_for_key(request, KeyForm(user=request.user, initial=form.cleaned_data))
    return render(request, "members/own/add_key.html", {"form": form})


def _ask_for_key(request: LoggedIn, form: KeyForm) -> HttpResponse:
    question = {"creation_options": webauthn.begin_registration(request.user, passwordless=False)}
    return render(request, "members/own/add_key.html", {"form": form, "question": question})
