"""Where one is logged in, and showing again who one is."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.db.nonce import fresh_nonce
from foundation.ui.attempts import posted
from members import entry_secrets, sessions as own
from members.actions import sessions as actions
from members.forms.factors import MailedCodeForm
from members.login import LoggedIn
from members.views._fresh import asking, fresh

# In the session: of what the mailed code is derived, as nobody can read it there (members/entry_secrets.py).
MAILED = "mailed_code"
MOST_TRIES = 3


@require_safe
def sessions(request: LoggedIn) -> HttpResponse:
    rows = [
        {
            "row": row,
            "device": own.device(row.user_agent),
            "is_this": row.session_key == request.session.session_key,
        }
        for row in own.of(request.user)
    ]
    return render(request, "members/own/sessions.html", {"rows": rows})


@require_POST
@fresh
def end_session(request: LoggedIn, pk: int) -> HttpResponse:
    session = get_object_or_404(own.of(request.user), pk=pk)
    actions.end_session(session=session, by=Actor.of(request))
    messages.success(request, _("%sのログインを終了しました。") % own.device(session.user_agent))
    return redirect("members:sessions")


@require_POST
@fresh
def end_other_sessions(request: LoggedIn) -> HttpResponse:
    ended = actions.end_other_sessions(by=Actor.of(request), keep=request.session.session_key)
    said = ngettext("他の%s台のログインを終了しました。", "他の%s台のログインを終了しました。", ended)
    messages.success(request, said % ended if ended else _("他にログイン中の端末はありません。"))
    return redirect("members:sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@asking
def reauthenticate_by_code(request: LoggedIn) -> HttpResponse:
    """For those without password and factor: a code to the address by which they log in."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    here = next((way for way in methods if way["url"] == request.path), None)
    if here is None:
        return redirect(f"{methods[0]['url']}?{request.GET.urlencode()}" if methods else "home")
    if request.method == "POST":
        refused = ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
        if refused:
            return refused
    if request.POST.get("action") == "send":
        return _send(request)
    form = MailedCodeForm(posted(request))
    if form.is_valid() and _fits(request, form):
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
    context = {
        "form": form,
        "is_sent": MAILED in request.session,
        "next": get_next_redirect_url(request) or "",
        "others": [way for way in methods if way is not here],
    }
    return render(request, "members/own/reauthenticate_by_code.html", context)


def _send(request: LoggedIn) -> HttpResponse:
    nonce = fresh_nonce()
    request.session[MAILED] = {"nonce": nonce, "at": clock.now().timestamp(), "tries": 0}
    context = {"user": request.user, "code": f"[[again-code:{nonce}]]"}
    get_adapter().send_mail("account/email/reauthentication_code", request.user.email, context)
    back = urlencode({"next": get_next_redirect_url(request) or "/"})
    return redirect(f"{request.path}?{back}")


def _fits(request: LoggedIn, form: MailedCodeForm) -> bool:
    """Once, within the time of any mailed code, and not by trying."""
    mailed = request.session.get(MAILED)
    if mailed is None or clock.now().timestamp() - mailed["at"] > settings.LOGIN_CODE_LIFETIME.total_seconds():
        form.add_error("code", _("確認コードの期限が過ぎています。もう一度送ってください。"))
        request.session.pop(MAILED, None)
        return False
    if entry_secrets.is_again_code(request.user, mailed.get("nonce", 0), form.cleaned_data["code"]):
        del request.session[MAILED]
        return True
    request.session[MAILED] = mailed | {"tries": mailed["tries"] + 1}
    if mailed["tries"] + 1 >= MOST_TRIES:
        del request.session[MAILED]
        form.add_error("code", _("続けて間違えたため、この確認コードは使えません。もう一度送ってください。"))
        return False
    form.add_error("code", _("確認コードが違います。最後に届いたメールの数字を入力してください。"))
    return False
