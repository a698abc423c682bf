"""テーマ: what can be chosen in the form, who wants it, and what is taken up."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, seen
from meetings import policy
from meetings.actions import themes as actions
from meetings.forms.questions import AddThemeForm, MergeThemeForm, RewordThemeForm
from meetings.models import Meeting, Theme
from meetings.states import SectionKind
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn


def themes(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form = AddThemeForm(posted(request))
    if request.method == "POST" and done(form, actions.add_theme, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("テーマの例を追加しました。"))
        return redirect(request.path)
    found = meeting.themes.counted().select_related("proposed_in__membership__user", "question")
    listed = list(found.prefetch_related("sources__proposed_in__membership__user"))
    survey = getattr(meeting, "survey", None)
    context = {
        "meeting": meeting,
        "examples": [theme for theme in listed if not (theme.proposed_in_id or theme.merged_into_id)],
        "proposals": [theme for theme in listed if theme.proposed_in_id and not theme.merged_into_id],
        "is_being_prepared": policy.is_being_prepared(meeting),
        "is_asked": survey is not None and survey.sections.filter(kind=SectionKind.THEMES).exists(),
        "replies_are_gone": policy.replies_are_gone(meeting),
        "form": form,
    }
    return render(request, "meetings/desk/themes.html", context)


def reword_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    theme = get_object_or_404(meeting.themes.examples(), pk=theme_id)
    form = RewordThemeForm(posted(request), initial={"title": theme.title, "seen": theme.version})
    if request.method == "POST" and done(form, actions.reword_theme, theme=theme, by=Actor.of(request)):
        messages.success(request, _("テーマを修正しました。"))
        return redirect("meetings:themes", slug, number)
    context = {"meeting": meeting, "theme": theme, "form": form}
    return render(request, "meetings/desk/reword_theme.html", context, status=form.status)


def merge_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    theme = get_object_or_404(meeting.themes.standing(), pk=theme_id)
    others = meeting.themes.examples().exclude(pk=theme.pk)
    form = MergeThemeForm(posted(request), others=others, initial={"seen": theme.version})
    if request.method == "POST" and done(form, actions.merge_theme, theme=theme, by=Actor.of(request)):
        messages.success(request, _("テーマをまとめました。「元に戻す」で取り消せます。"))
        return redirect("meetings:themes", slug, number)
    context = {"meeting": meeting, "theme": theme, "form": form, "others": others.exists()}
    return render(request, "meetings/desk/merge_theme.html", context, status=form.status)


@require_POST
def split_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    theme = _theme(request, slug, number, theme_id)
    return _pressed(request, theme, actions.split_theme, _("テーマを元に戻しました。"))


@require_POST
def take_over_proposal(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    theme = _theme(request, slug, number, theme_id)
    return _pressed(request, theme, actions.take_over_proposal, _("テーマの例に加えました。"))


@require_POST
def choose_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    theme = _theme(request, slug, number, theme_id)
    return _pressed(request, theme, actions.choose_theme, _("テーマを採用しました。"))


@require_POST
def unchoose_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    theme = _theme(request, slug, number, theme_id)
    return _pressed(request, theme, actions.unchoose_theme, _("テーマの採用を取り消しました。"))


@require_POST
def remove_theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> HttpResponse:
    theme = _theme(request, slug, number, theme_id)
    return _pressed(request, theme, actions.remove_theme, _("テーマの例を削除しました。"))


def _theme(request: LoggedIn, slug: str, number: int, theme_id: int) -> Theme:
    meeting: Meeting = desk_meeting(request, slug, number)
    return get_object_or_404(meeting.themes.select_related("meeting__group"), pk=theme_id)


def _pressed(request: LoggedIn, theme: Theme, action: Callable[..., object], success: str) -> HttpResponse:
    """One press beside a theme, and back to the list."""
    pressed(request, action, theme=theme, seen=seen(request), success=success)
    return redirect("meetings:themes", theme.meeting.group.slug, theme.meeting.number)
