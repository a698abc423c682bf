"""The desk's list of a meeting's materials: everything that was brought, and who has not heard of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.attempts import attempt, done, posted, seen
from meetings.actions import consents, letters as letter_actions, materials as actions
from meetings.forms.materials import AddMaterialForm, EditMaterialForm, NoteConsentForm, ReplaceMaterialForm
from meetings.letters import readers, without_news
from meetings.models import Letter, Material, Meeting
from meetings.models.material import handouts, of_the_day, said_of
from meetings.states import LetterKind
from meetings.views import handouts as shared
from meetings.views.desk._shared import desk_meeting as load, pressed
from members.login import LoggedIn


def materials(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    form = AddMaterialForm(*_sent(request), meeting=meeting)
    if attempt(form, actions.add_material, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("資料を登録しました。"))
        return redirect(request.path)
    context = {"meeting": meeting, "form": form, **_listed(meeting), **_untold(meeting)}
    return render(request, "meetings/desk/materials.html", context, status=form.status)


def edit_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    meeting, found = _material(request, slug, number, material)
    form = EditMaterialForm(posted(request), instance=_material(request, slug, number, material)[1])
    if request.method == "POST" and done(form, actions.edit_material, material=found, by=Actor.of(request)):
        messages.success(request, _("資料の情報を変更しました。"))
        return redirect("meetings:materials", slug, number)
    context = {"meeting": meeting, "material": found, "form": form}
    return render(request, "meetings/desk/edit_material.html", context, status=form.status)


def replace_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    meeting, found = _material(request, slug, number, material)
    form = ReplaceMaterialForm(*_sent(request), material=found)
    if done(form, actions.replace_material, material=found, by=Actor.of(request)):
        messages.success(request, _("資料を差し替えました。前の版は、この画面から見られます。"))
        return redirect("meetings:materials", slug, number)
    context = {"meeting": meeting, "material": found, "form": form}
    return render(request, "meetings/desk/replace_material.html", context, status=form.status)


def note_consent(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    """What was said of the version of the day; of what nobody may be asked, why."""
    meeting, found = _material(request, slug, number, material)
    form = NoteConsentForm(posted(request), initial={"seen": found.version, "given_on": clock.today()})
    if request.method == "POST" and done(form, consents.note_consent, material=found, by=Actor.of(request)):
        messages.success(request, _("公開についての回答を記録しました。"))
        return redirect("meetings:materials", slug, number)
    version = next((each for each in of_the_day(meeting) if each.material_id == found.pk), None)
    said = version.consents.select_related("membership__user", "recorded_by") if version else ()
    context = {"meeting": meeting, "material": found, "version": version, "all_said": said, "form": form}
    return render(request, "meetings/desk/note_consent.html", context, status=form.status)


@require_POST
def move_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    _meeting, found = _material(request, slug, number, material)
    step = -1 if request.POST.get("to") == "up" else 1
    pressed(request, actions.move_material, material=found, step=step)
    return redirect("meetings:materials", slug, number)


@require_POST
def withdraw_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    _meeting, found = _material(request, slug, number, material)
    said = _("「%s」を取り下げました。参加者には表示しません。") % found.title
    pressed(request, actions.withdraw_material, material=found, seen=seen(request), success=said)
    return redirect("meetings:materials", slug, number)


@require_POST
def restore_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    _meeting, found = _material(request, slug, number, material)
    said = _("「%s」を元に戻しました。") % found.title
    pressed(request, actions.restore_material, material=found, seen=seen(request), success=said)
    return redirect("meetings:materials", slug, number)


@require_POST
def tell_of_materials(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    said = _("資料のお知らせを用意しました。送る前であれば「通知の送信状況」で取り消せます。")
    pressed(request, letter_actions.tell_of_materials, meeting=meeting, success=said)
    return redirect("meetings:materials", slug, number)


@require_safe
def material(request: LoggedIn, slug: str, number: int, material: int, version: int) -> HttpResponseBase:
    """Any version, also of what was taken away."""
    _meeting, found = _material(request, slug, number, material)
    versions = found.versions.select_related("material__meeting")
    return shared.answer(request, get_object_or_404(versions, number=version))


def _sent(request: LoggedIn) -> tuple[Any, Any]:
    return posted(request), request.FILES if request.method == "POST" else None


def _material(request: LoggedIn, slug: str, number: int, pk: int) -> tuple[Meeting, Material]:
    meeting = load(request, slug, number)
    return meeting, get_object_or_404(meeting.materials.select_related("meeting", "item"), pk=pk)


def _listed(meeting: Meeting) -> dict[str, Any]:
    """Those that stand, under the numbers that people see, and those that were taken away."""
    places = {version.material_id: version.label for version in handouts(meeting)}
    rows = meeting.materials.select_related("item", "offered_by__user", "withdrawn_by")
    found = list(rows.prefetch_related("versions__made_by"))
    shown = of_the_day(meeting)
    said, days = said_of(shown), {version.material_id: version for version in shown}
    for each in found:
        versions = list(each.versions.all())
        each.label, each.newest, each.earlier = (  # type: ignore[attr-defined]
            places.get(each.pk, ""),
            versions[-1],
            versions[-2::-1],
        )
        if day := days.get(each.pk):
            day.said = said.get(day.pk)
        each.of_the_day = day  # type: ignore[attr-defined]
    return {
        "standing": [each for each in found if each.withdrawn_at is None],
        "withdrawn": [each for each in found if each.withdrawn_at],
    }


def _untold(meeting: Meeting) -> dict[str, Any]:
    """Who was called and does not know of everything; and how many letters about it wait."""
    found, listed = without_news(meeting, readers(meeting)), handouts(meeting)
    titles = dict.fromkeys(line["title"] for reader in found for line in reader.news(listed))
    waiting = Letter.objects.waiting().filter(meeting=meeting, kind=LetterKind.MATERIALS)
    return {"untold": found, "untold_titles": list(titles), "letters_waiting": waiting.count()}
