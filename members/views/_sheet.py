"""The page on which a person writes a sheet, the same by login and by personal link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.ui.attempts import attempt, posted
from members.actions import sheets
from members.forms.sheets import TEXTS, SheetForm
from members.models import IntroSheet, Membership
from members.policy import can_edit_sheet


def sheet_page(request, membership, *, template, here, draft_url):
    """Write, look, hand in; `here` is the page's own address."""
    sheet = IntroSheet.objects.filter(membership=membership).first()
    if not can_edit_sheet(membership.user, membership):
        return render(request, "members/sheet_over.html", {"membership": membership, "sheet": sheet})
    form = SheetForm(posted(request), sheet=sheet)
    form.autosave_url = draft_url if form.is_draft else ""
    context = {"form": form, "membership": _with_post(membership), "sheet": sheet}
    if request.method == "POST" and form.is_valid():
        if form.pressed == "preview":
            return render(request, template, {**context, "preview": _unsaved(form)})
        try:
            if _write(request, form, membership):
                return redirect(here)
        except sheets.WrittenMeanwhileError as conflict:
            return _both_texts(request, form, conflict.sheet, template, context)
    return render(request, template, context)


def keep_draft(request, membership):
    """For the script of the page: 204 when it is kept, 409 when another page wrote meanwhile."""
    form = SheetForm({**request.POST.dict(), "draft": "1"})
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        sheets.save_draft(membership=membership, by=Actor.of(request), **form.cleaned_data)
    except sheets.WrittenMeanwhileError:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _write(request, form, membership):
    is_draft = form.pressed == "draft"
    action = sheets.save_draft if is_draft else sheets.submit_sheet
    sheet = attempt(form, action, membership=membership, by=Actor.of(request))
    if sheet:
        kept = _("下書きを保存しました。まだ提出していません。")
        messages.success(request, kept if is_draft else _("自己紹介シートを受け付けました。"))
    return sheet


def _both_texts(request, form, stored, template, context):
    """Nothing is lost: what was typed stays in the form, what stands meanwhile is shown beside it."""
    fresh = SheetForm(form.data.copy(), sheet=stored)
    fresh.data["version"] = stored.version
    fresh.autosave_url = ""
    differing = [
        (form.fields[name].label, getattr(stored, name))
        for name in TEXTS
        if getattr(stored, name) != form.cleaned_data[name]
    ]
    context = {**context, "form": fresh, "sheet": stored, "stored": stored, "differing": differing}
    return render(request, template, context, status=409)


def _unsaved(form):
    return IntroSheet(**{name: form.cleaned_data[name] for name in TEXTS})


def _with_post(membership):
    return Membership.objects.current().select_related("user", "group").get(pk=membership.pk)
