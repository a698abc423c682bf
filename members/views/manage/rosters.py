"""The personnel office's list comes into the register."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from members.login import LoggedIn
from members.views import _rosters
from members.views.manage import administrators_only, form_page


@form_page
@administrators_only
def read_roster(request: LoggedIn) -> HttpResponse:
    return _rosters.read_page(request, _rosters.Entrance())


@form_page
@administrators_only
def roster_import(request: LoggedIn, pk: int) -> HttpResponse:
    return _rosters.preview_page(request, _rosters.Entrance(), pk)


@require_POST
@administrators_only
def undo_roster(request: LoggedIn, pk: int) -> HttpResponse:
    return _rosters.undo(request, _rosters.Entrance(), pk)
