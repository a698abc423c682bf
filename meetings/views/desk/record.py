"""The record: lines under agenda items and among the notices.

Each deed is answered in two ways: a page that asks in place (static/js/in-place.js) gets the lines that are new,
any other is led back to where it was.
"""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.http.in_place import asks_in_place
from foundation.ui.attempts import attempt, done, posted, seen
from meetings.actions import record as actions
from meetings.forms.record import EntryChangeForm, EntryForm
from meetings.models import AgendaItem, Meeting, RecordEntry, Reply
from meetings.record_lines import TypedRow
from meetings.states import Origin
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn

NOTICES = "notices"
EDITABLE = ("point", "text", "speaker", "override", "override_reason", "withheld_reason")
ADDED = re.compile(r"(\d{1,12})-(\d{1,12})")
OF_A_PLACE = re.compile(r"(\d{1,12}|notices)-point")


def record(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """All places of the record, each with its lines and a form for more."""
    meeting = desk_meeting(request, slug, number)
    place = next((found[1] for name in request.POST if (found := OF_A_PLACE.fullmatch(name))), "")
    return _add(request, meeting, place) if place else _page(request, meeting)


def _add(request: LoggedIn, meeting: Meeting, place: str) -> HttpResponse:
    """Which item it is, is judged where the lines are written: it may be gone by then."""
    form = EntryForm(request.POST, prefix=place)
    item = AgendaItem(pk=int(place)) if place.isdigit() else None
    lines = attempt(form, _write_down, meeting=meeting, by=Actor.of(request), item=item)
    if lines:
        item = lines[0].item
    elif item and not (item := meeting.items.filter(pk=item.pk).first()):
        return _page(request, meeting, _without_its_place(form), status=409)
    if asks_in_place(request):
        form = EntryForm(prefix=place) if lines else form
        place_of_form = {"key": place, "item": item, "form": form, "is_open": True}
        return _in_place(request, meeting, lines=lines or [], place=place_of_form, added=_span(lines or []))
    if not lines:
        return _page(request, meeting, form)
    return redirect(f"{request.path}?place={place}&added={_span(lines)}#add-{place}")


def _write_down(
    *, meeting: Meeting, by: Actor, item: AgendaItem | None, rows: list[TypedRow], origin: str
) -> list[RecordEntry]:
    if origin == Origin.TYPED:
        return actions.add_entries(meeting=meeting, by=by, item=item, rows=rows)
    (row,) = rows
    if item and not (item := meeting.items.filter(pk=item.pk).first()):
        raise ValidationError(actions.ITEM_GONE)
    return [actions.add_entry(meeting=meeting, by=by, item=item, origin=origin, point=row.point, text=row.text)]


def _without_its_place(form: EntryForm) -> EntryForm:
    """The item was taken off the agenda meanwhile: what was typed stands below the notices, not stored."""
    values = {f"{NOTICES}-{name}": form[name].value() or "" for name in form.fields}
    moved = EntryForm(values, prefix=NOTICES)
    moved.add_error("text", actions.ITEM_GONE)
    return moved


def _page(request: LoggedIn, meeting: Meeting, form: EntryForm | None = None, status: int = 200) -> HttpResponse:
    asked = request.GET.get("place") if form is None else form.prefix
    undone = request.GET.get("removed", "")
    places: dict[str, dict[str, Any]] = {str(item.pk): {"item": item} for item in meeting.items.all()} | {
        NOTICES: {}
    }
    for key, place in places.items():
        own = form if form and form.prefix == key else EntryForm(prefix=key)
        place |= {"key": key, "form": own, "is_open": key == asked, "entries": [], "removed": []}
    for line in meeting.entries.select_related("speaker__user"):
        place = places[str(line.item_id or NOTICES)]
        place["removed" if line.removed_at and str(line.pk) != undone else "entries"].append(line)
    context = {
        "meeting": meeting,
        "form": form,
        "places": places.values(),
        "added": request.GET.get("added", ""),
        "opinions": Reply.objects.standing().opinions_to_record(meeting).count(),
    }
    return render(request, "meetings/desk/record.html", context, status=status)


def edit_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries.standing(), pk=entry_id)
    initial = {name: getattr(line, name) for name in EDITABLE} | {"seen": line.version}
    form = EntryChangeForm(posted(request), meeting=meeting, initial=initial)
    if request.method == "POST" and done(form, actions.edit_entry, entry=line, by=Actor.of(request)):
        messages.success(request, _("行を保存しました。"))
        return redirect(page_of(meeting, f"#entry-{line.pk}"))
    context = {"meeting": meeting, "entry": line, "form": form}
    return render(request, "meetings/desk/edit_entry.html", context, status=form.status)


@require_POST
def move_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries.standing(), pk=entry_id)
    up = request.POST.get("direction") == "up"
    pressed(request, actions.move_entry, entry=line, seen=seen(request), up=up)
    return _back_to(request, meeting, line)


@require_POST
def remove_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries, pk=entry_id)
    pressed(request, actions.remove_entry, entry=line, seen=seen(request))
    return _back_to(request, meeting, line, f"?removed={line.pk}")


@require_POST
def restore_entry(request: LoggedIn, slug: str, number: int, entry_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    line = get_object_or_404(meeting.entries, pk=entry_id)
    pressed(request, actions.restore_entry, entry=line)
    return _back_to(request, meeting, line)


@require_POST
def take_back_entries(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """What was added in one press goes in one."""
    meeting = desk_meeting(request, slug, number)
    place = request.POST.get("place", "")
    first, last = _first_and_last(request.POST.get("added", ""))
    said = _("追加した行を取り消しました。")
    pressed(request, actions.take_back_entries, meeting=meeting, first=first, last=last, success=said)
    if asks_in_place(request):
        gone = meeting.entries.removed().filter(pk__range=(first, last))
        return _in_place(request, meeting, gone=gone, asked_at=place)
    return redirect(page_of(meeting, f"?place={place}#add-{place}" if place.isalnum() else ""))


def _back_to(request: LoggedIn, meeting: Meeting, line: RecordEntry, query: str = "") -> HttpResponse:
    """To the line, wherever it stands now, or to the place where it stood."""
    if not asks_in_place(request):
        return redirect(page_of(meeting, f"{query}#entry-{line.pk}"))
    lines = list(meeting.entries.filter(item=line.item_id, section=line.section).order_by("order", "id"))
    above: RecordEntry | None = None
    for each in lines:
        if each == line:
            break
        above = above if each.removed_at else each
    return _in_place(request, meeting, lines=[each for each in lines if each == line], above=above)


def _in_place(request: LoggedIn, meeting: Meeting, **told: Any) -> HttpResponse:
    return render(request, "meetings/desk/_record_changes.html", {"meeting": meeting, **told})


def _span(lines: list[RecordEntry]) -> str:
    """Where there are several to take back at once."""
    return f"{lines[0].pk}-{lines[-1].pk}" if len(lines) > 1 else ""


def _first_and_last(added: str) -> tuple[int, int]:
    found = ADDED.fullmatch(added)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def page_of(meeting: Meeting, rest: str) -> str:
    return reverse("meetings:record", args=[meeting.group.slug, meeting.number]) + rest
