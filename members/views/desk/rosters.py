"""A list of people comes into the group: from Excel, by a file or by pasting."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from members.login import LoggedIn
from members.models import WorkingGroup
from members.views import _rosters
from members.views.desk._shared import form_page, of_desk


@form_page
@of_desk
def read_roster(request: LoggedIn, group: WorkingGroup) -> HttpResponse:
    return _rosters.read_page(request, _rosters.Entrance(group))


@form_page
@of_desk
def roster_import(request: LoggedIn, group: WorkingGroup, pk: int) -> HttpResponse:
    return _rosters.preview_page(request, _rosters.Entrance(group), pk)


@require_POST
@of_desk
def undo_roster(request: LoggedIn, group: WorkingGroup, pk: int) -> HttpResponse:
    return _rosters.undo(request, _rosters.Entrance(group), pk)
