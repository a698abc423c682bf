"""The page on which a person writes a sheet, the same by login and by personal link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict
from foundation.ui.attempts import attempt, posted
from members.actions import sheets
from members.forms.sheets import TEXTS, SheetForm
from members.models import IntroSheet, Membership
from members.policy import can_edit_sheet


def sheet_page(
    request: HttpRequest, membership: Membership, *, template: str, here: str, draft_url: str
) -> HttpResponse:
    """Write, look, hand in; `here` is the page's own address."""
    sheet = IntroSheet.objects.filter(membership=membership).first()
    form = SheetForm(posted(request), sheet=sheet)
    if not can_edit_sheet(membership.user, membership):
        return _over(request, membership, sheet, form)
    form.autosave_url = draft_url if form.is_draft else ""
    context = {"form": form, "membership": _with_post(membership), "sheet": sheet}
    if form.is_valid():
        if form.pressed == "preview":
            return render(request, template, {**context, "preview": _unsaved(form)})
        if _write(request, form, membership):
            return redirect(here)
    return render(request, template, context, status=form.status)


def _over(request: HttpRequest, membership: Membership, sheet: IntroSheet | None, form: SheetForm) -> HttpResponse:
    """Whoever does not take part any more sees what they said, and what they had just typed."""
    typed = [(form.fields[name].label, form.data.get(name, "")) for name in TEXTS] if form.is_bound else []
    context = {"membership": membership, "sheet": sheet, "typed": [pair for pair in typed if pair[1]]}
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


def _write(request: HttpRequest, form: SheetForm, membership: Membership) -> IntroSheet | None:
    is_draft = form.pressed == "draft"
    action = sheets.save_draft if is_draft else sheets.submit_sheet
    sheet = attempt(form, action, membership=membership, by=Actor.of(request))
    if sheet:
        kept = _("下書きを保存しました。まだ提出していません。")
        messages.success(request, kept if is_draft else _("自己紹介シートを受け付けました。"))
    return sheet


def _unsaved(form: SheetForm) -> IntroSheet:
    return IntroSheet(**{name: form.cleaned_data[name] for name in TEXTS})


def _with_post(membership: Membership) -> Membership:
    return Membership.objects.current().select_related("user", "group").get(pk=membership.pk)
