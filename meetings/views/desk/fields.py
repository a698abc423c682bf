"""The desk's own questions in a form, the order of its sections, and how it looks to somebody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import attempt, done, posted, seen
from meetings.actions import fields as actions, surveys
from meetings.forms.fields import CorrectFieldForm, EditFieldForm, FieldForm, as_shown
from meetings.models import Meeting, SurveyField
from meetings.views.desk._shared import desk_meeting as load, pressed
from members.login import LoggedIn


def fields(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """What the form asks besides, and one more; after a question was retired, its words to begin with."""
    meeting = load(request, slug, number)
    all_fields = SurveyField.objects.with_answers().filter(survey__meeting=meeting)
    form = FieldForm(posted(request), initial=_begin_with(request, meeting))
    if attempt(form, actions.add_field, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("設問を追加しました。"))
        return redirect(request.path)
    context = {
        "meeting": meeting,
        "fields": [field for field in all_fields if field.retired_at is None],
        "retired": [field for field in all_fields if field.retired_at is not None],
        "form": form,
    }
    return render(request, "meetings/desk/fields.html", context, status=form.status)


def edit_field(request: LoggedIn, slug: str, number: int, field_id: int) -> HttpResponse:
    meeting, field = _field(request, slug, number, field_id)
    form = EditFieldForm(posted(request), initial=as_shown(field))
    if request.method == "POST" and done(form, actions.edit_field, field=field, by=Actor.of(request)):
        messages.success(request, _("設問を保存しました。"))
        return redirect("meetings:fields", slug, number)
    context = {"meeting": meeting, "field": field, "form": form}
    return render(request, "meetings/desk/edit_field.html", context, status=form.status)


def correct_field(request: LoggedIn, slug: str, number: int, field_id: int) -> HttpResponse:
    meeting, field = _field(request, slug, number, field_id)
    form = CorrectFieldForm(posted(request), asked=field)
    if request.method == "POST" and done(form, actions.correct_field, field=field, by=Actor.of(request)):
        messages.success(request, _("字句を訂正しました。"))
        return redirect("meetings:fields", slug, number)
    context = {"meeting": meeting, "field": field, "form": form}
    return render(request, "meetings/desk/correct_field.html", context, status=form.status)


def retire_field(request: LoggedIn, slug: str, number: int, field_id: int) -> HttpResponse:
    """Asked once more, for what is retired does not come back."""
    meeting, field = _field(request, slug, number, field_id)
    if request.method == "POST":
        success = _("設問を取りやめました。代わりの設問は、下の欄から追加できます。")
        pressed(request, actions.retire_field, field=field, seen=seen(request), success=success)
        return redirect(f"{reverse('meetings:fields', args=[slug, number])}?like={field.pk}#add")
    return render(request, "meetings/desk/retire_field.html", {"meeting": meeting, "field": field})


@require_POST
def remove_field(request: LoggedIn, slug: str, number: int, field_id: int) -> HttpResponse:
    _meeting, field = _field(request, slug, number, field_id)
    success = _("設問を削除しました。")
    pressed(request, actions.remove_field, field=field, seen=seen(request), success=success)
    return redirect("meetings:fields", slug, number)


@require_POST
def move_field(request: LoggedIn, slug: str, number: int, field_id: int) -> HttpResponse:
    _meeting, field = _field(request, slug, number, field_id)
    pressed(request, actions.move_field, field=field, step=_step(request))
    return redirect("meetings:fields", slug, number)


@require_POST
def move_section(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    section = request.POST.get("section", "")
    pressed(request, surveys.move_section, meeting=meeting, section=section, step=_step(request))
    return redirect("meetings:set_survey", slug, number)


def _step(request: LoggedIn) -> int:
    return -1 if request.POST.get("to") == "up" else 1


def _begin_with(request: LoggedIn, meeting: Meeting) -> dict[str, object]:
    typed = request.GET.get("like", "")
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    like = SurveyField.objects.filter(survey__meeting=meeting, pk=pk).first()
    return as_shown(like) if like else {}


def _field(request: LoggedIn, slug: str, number: int, field_id: int) -> tuple[Meeting, SurveyField]:
    meeting = load(request, slug, number)
    found = SurveyField.objects.with_answers().select_related("survey__meeting")
    return meeting, get_object_or_404(found, survey__meeting=meeting, pk=field_id)
