"""Pages that a person opens by a link of their own: no login, and nothing but that person's part of the group."""

from functools import wraps

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from members import links
from members.forms.links import CodeForm


def by_personal_link(view):
    """Open the page to whoever holds the token, as `request.link`: acting is `by=request.link.membership.user`.

    Forged, damaged and revoked tokens are answered alike.
    """

    @login_not_required
    @wraps(view)
    def opened(request, token, *args, **kwargs):
        request.link = links.find_by_token(token)
        if request.link is None:
            return render(request, "members/personal/unknown.html", status=404)
        return view(request, *args, **kwargs)

    return opened


@login_not_required  # for those whose mail gateway strips links
@rate_limit(action="enter_code")
def enter_code(request):
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect(links.path_of(form.link))
    return render(request, "members/personal/enter_code.html", {"form": form})
