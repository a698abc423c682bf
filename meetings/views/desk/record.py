"""The record: lines under agenda items and among the notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, seen
from meetings.actions import record as actions
from meetings.forms.record import EntryChangeForm, EntryForm
from meetings.models import Meeting, RecordEntry
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn

NOTICES = "notices"
EDITABLE = ("point", "text", "override", "override_reason", "withheld_reason")


def record(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """All places of the record, each with its lines and a form for one more."""
    meeting = desk_meeting(request, slug, number)
    places = {str(item.pk): item for item in meeting.items.all()} | {NOTICES: None}
    typed_at = next((place for place in places if f"{place}-point" in request.POST), "")
    forms = {place: EntryForm(request.POST if place == typed_at else None, prefix=place) for place in places}
    form = forms.get(typed_at)
    if form and done(form, actions.add_entry, meeting=meeting, by=Actor.of(request), item=places[typed_at]):
        return redirect(f"{request.path}#{typed_at}")
    entries: dict[str, list[RecordEntry]] = {place: [] for place in places}
    for line in meeting.entries.all():
        entries[str(line.item_id or NOTICES)].append(line)
    context = {
        "meeting": meeting,
        "form": form,
        "places": [
            {"key": key, "item": item, "form": forms[key], "entries": entries[key]} for key, item in places.items()
        ],
    }
    return render(request, "meetings/desk/record.html", context)


def edit_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries, pk=entry_id)
    initial = {name: getattr(line, name) for name in EDITABLE} | {"seen": line.version}
    form = EntryChangeForm(posted(request), initial=initial)
    if request.method == "POST" and done(form, actions.edit_entry, entry=line, by=Actor.of(request)):
        messages.success(request, _("行を保存しました。"))
        return redirect(place_of(meeting, line))
    context = {"meeting": meeting, "entry": line, "form": form}
    return render(request, "meetings/desk/edit_entry.html", context, status=form.status)


@require_POST
def move_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries, pk=entry_id)
    pressed(request, actions.move_entry, entry=line, up=request.POST.get("direction") == "up")
    return redirect(place_of(meeting, line))


@require_POST
def remove_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries, pk=entry_id)
    place = place_of(meeting, line)
    pressed(request, actions.remove_entry, entry=line, seen=seen(request), success=_("行を削除しました。"))
    return redirect(place)


def place_of(meeting: Meeting, line: RecordEntry) -> str:
    page = reverse("meetings:record", args=[meeting.group.slug, meeting.number])
    return f"{page}#{line.item_id or NOTICES}"
