"""What the absent wrote beforehand becomes lines of the record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted
from meetings.actions.record import add_entries
from meetings.forms.opinions import OpinionsForm
from meetings.models import Reply
from meetings.views.desk._shared import desk_meeting
from meetings.views.desk.record import NOTICES, page_of
from members.login import LoggedIn


def record_opinions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    found = Reply.objects.standing().opinions_to_record(meeting).select_related("membership__user")
    wrote = list(found.order_by("membership__order", "id"))
    form = OpinionsForm(posted(request), items=meeting.items.all(), wrote=wrote)
    lines = attempt(form, add_entries, meeting=meeting, by=Actor.of(request))
    if lines:
        messages.success(request, _("書面意見を記録に追加しました。"))
        place = lines[0].item_id or NOTICES
        return redirect(page_of(meeting, f"?place={place}&added={lines[0].pk}-{lines[-1].pk}#add-{place}"))
    context = {"meeting": meeting, "wrote": wrote, "form": form}
    return render(request, "meetings/desk/record_opinions.html", context)
