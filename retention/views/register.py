from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.login import LoggedIn
from members.views.manage import administrators_only
from retention.file_register import entries


@require_safe
@administrators_only
def register(request: LoggedIn) -> HttpResponse:
    """A draft to copy from, or to print."""
    return render(request, "retention/register.html", {"entries": entries()})
