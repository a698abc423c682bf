"""The pages on which a person writes a sheet, the same by login and by personal link."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict
from foundation.ui.attempts import attempt, posted, press
from members.actions import photos, sheets
from members.forms.sheets import FAVOURS, TEXTS, PhotoForm, SheetForm
from members.models import IntroSheet, Membership, SheetPhoto
from members.policy import is_locked, why_no_sheet
from members.views._examples import examples_for


@dataclass(frozen=True)
class SheetDoor:
    """Where the pages of the own sheet are, for the way by which somebody came."""

    sheet_url: str
    draft_url: str
    edit_photo_url: str
    remove_photo_url: str
    photo_url: str
    withdraw_url: str
    # Of somebody by the link of a meeting: where that is answered.
    front_url: str = ""


def sheet_page(request: HttpRequest, membership: Membership, door: SheetDoor, template: str) -> HttpResponse:
    """Write, look, hand in."""
    sheet = IntroSheet.objects.filter(membership=membership).first()
    form = SheetForm(posted(request), sheet=sheet)
    context = {"form": form, "membership": _with_post(membership), "sheet": sheet, "door": door}
    if why_no_sheet(membership.user, membership):
        return _over(request, membership, form, context)
    form.autosave_url = door.draft_url if form.is_draft else ""
    context["examples"], context["are_theirs"] = examples_for(membership.group)
    context["photo"] = has_photo(sheet)
    if form.is_valid():
        if form.pressed == "preview":
            return render(request, template, {**context, "preview": _unsaved(form)})
        if _write(request, form, membership):
            return redirect(door.sheet_url)
    return render(request, template, context, status=form.status)


def _over(
    request: HttpRequest, membership: Membership, form: SheetForm, context: dict[str, object]
) -> HttpResponse:
    """Whoever cannot write it now sees why, what they said, and what they had just typed."""
    typed = [(form.fields[name].label, form.data.get(name, "")) for name in TEXTS] if form.is_bound else []
    sheet = form.sheet if form.sheet.pk else None
    context |= {
        "membership": membership,
        "typed": [pair for pair in typed if pair[1]],
        "takes_part": membership.terms.current().exists(),
        "is_locked": is_locked(membership),
        "photo": has_photo(sheet),
    }
    return render(request, "members/sheet_over.html", context)


def keep_draft(request: HttpRequest, membership: Membership) -> HttpResponse:
    """For the script of the page: 204 when it is kept, 409 when another page wrote meanwhile."""
    form = SheetForm({**request.POST.dict(), "draft": "1"})
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        sheets.save_draft(membership=membership, by=Actor.of(request), **form.cleaned_data)
    except Conflict:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def withdraw(request: HttpRequest, membership: Membership, door: SheetDoor) -> HttpResponse:
    """One press beside what was allowed."""
    favour = request.POST.get("favour", "")
    do = sheets.withdraw_consent
    if press(request, do, membership=membership, by=Actor.of(request), favour=favour):
        messages.success(request, _("取りやめました。今後は表示しません。"))
    return redirect(door.sheet_url)


# The photo


def photo_page(request: HttpRequest, membership: Membership, door: SheetDoor, template: str) -> HttpResponse:
    """A page of its own: what is typed into the sheet is not lost with a file, nor a file with a wrong text."""
    if why_no_sheet(membership.user, membership):
        return redirect(door.sheet_url)
    form = PhotoForm(posted(request), request.FILES if request.method == "POST" else None)

    def put(photo: bytes) -> SheetPhoto:
        return photos.put_photo(membership=membership, by=Actor.of(request), jpeg=photo)

    if attempt(form, put):
        messages.success(request, _("顔写真を登録しました。"))
        return redirect(door.sheet_url)
    sheet = IntroSheet.objects.filter(membership=membership).first()
    context = {"form": form, "membership": membership, "photo": has_photo(sheet), "door": door}
    return render(request, template, context, status=form.status)


def take_photo_away(request: HttpRequest, membership: Membership, door: SheetDoor) -> HttpResponse:
    if press(request, photos.remove_photo, membership=membership, by=Actor.of(request)):
        messages.success(request, _("顔写真を削除しました。"))
    return redirect(door.sheet_url)


def has_photo(sheet: IntroSheet | None) -> bool:
    return sheet is not None and SheetPhoto.objects.filter(sheet=sheet).exists()


def picture(sheet: IntroSheet | None) -> HttpResponse:
    """The photo of a sheet that this person may read."""
    photo = SheetPhoto.objects.filter(sheet=sheet).first() if sheet else None
    if photo is None:
        raise Http404
    headers = {"Content-Disposition": 'inline; filename="photo.jpg"'}
    return HttpResponse(bytes(photo.jpeg), content_type="image/jpeg", headers=headers)


def _write(request: HttpRequest, form: SheetForm, membership: Membership) -> IntroSheet | None:
    is_draft = form.pressed == "draft"
    action = sheets.save_draft if is_draft else sheets.submit_sheet
    sheet = attempt(form, action, membership=membership, by=Actor.of(request))
    if sheet:
        kept = _("下書きを保存しました。まだ提出していません。")
        messages.success(request, kept if is_draft else _("自己紹介シートを受け付けました。"))
    return sheet


def _unsaved(form: SheetForm) -> IntroSheet:
    return IntroSheet(**{name: form.cleaned_data[name] for name in [*TEXTS, *FAVOURS]})


def _with_post(membership: Membership) -> Membership:
    people = Membership.objects.current().select_related("user", "group__contact_department")
    return people.filter(pk=membership.pk).first() or membership
