"""What the desk makes of a question: merged, declined, led to somebody else, a theme; and each taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, seen
from meetings import policy, snapshot
from meetings.actions import question_states as actions, themes as theme_actions
from meetings.forms.questions import DeclineQuestionForm, MergeQuestionForm, RouteQuestionForm
from meetings.models import Meeting, Question
from meetings.views.desk._shared import desk_meeting, pressed
from members.login import LoggedIn


def merge_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting, asked = _standing(request, slug, number, question_id)
    others = meeting.questions.standing().exclude(pk=asked.pk)
    form = MergeQuestionForm(posted(request), others=others, initial={"seen": asked.version})
    if request.method == "POST" and done(form, actions.merge_question, question=asked, by=Actor.of(request)):
        messages.success(request, _("質問をまとめました。「元に戻す」で取り消せます。"))
        return redirect("meetings:questions", slug, number)
    context = {"meeting": meeting, "question": asked, "form": form, "others": others.exists()}
    return render(request, "meetings/desk/merge_question.html", context, status=form.status)


def decline_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting, asked = _standing(request, slug, number, question_id)
    form = DeclineQuestionForm(posted(request), initial={"seen": asked.version})
    if request.method == "POST" and done(form, actions.decline_question, question=asked, by=Actor.of(request)):
        messages.success(request, _("質問を見送りました。「元に戻す」で取り消せます。"))
        return redirect("meetings:questions", slug, number)
    context = {"meeting": meeting, "question": asked, "form": form}
    return render(request, "meetings/desk/decline_question.html", context, status=form.status)


def route_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting, asked = _standing(request, slug, number, question_id)
    people = meeting.group.memberships.on(meeting.day).select_related("user").in_roster_order()
    if asked.asker:
        people = people.exclude(pk=asked.asker.pk)
    now = {"routed_to": asked.routed_to, "routed_item": asked.routed_item, "seen": asked.version}
    form = RouteQuestionForm(posted(request), question=asked, people=people, initial=now)
    if request.method == "POST" and done(form, actions.route_question, question=asked, by=Actor.of(request)):
        messages.success(request, _("質問の宛先を保存しました。"))
        return redirect("meetings:questions", slug, number)
    context = {"meeting": meeting, "question": asked, "form": form}
    return render(request, "meetings/desk/route_question.html", context, status=form.status)


@require_POST
def restore_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    asked: Question = get_object_or_404(meeting.questions, pk=question_id)
    success = _("質問を受付済みに戻しました。")
    pressed(request, actions.restore_question, question=asked, seen=seen(request), success=success)
    return redirect("meetings:questions", slug, number)


@require_POST
def make_theme(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    """Of this meeting, or of the next: its button says which."""
    meeting, asked = _standing(request, slug, number, question_id)
    found = {str(each.number): each for each in meetings_for_themes(meeting)}
    chosen = found.get(request.POST.get("to", ""), meeting)
    given = {"question": asked, "meeting": chosen, "seen": seen(request)}
    success = _("第%s回のテーマの例に加えました。") % chosen.number
    pressed(request, theme_actions.make_theme, success=success, **given)
    return redirect("meetings:questions", slug, number)


@require_POST
def unmake_theme(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    _meeting, asked = _standing(request, slug, number, question_id)
    success = _("テーマの例から外しました。")
    pressed(request, theme_actions.unmake_theme, question=asked, seen=seen(request), success=success)
    return redirect("meetings:questions", slug, number)


def meetings_for_themes(meeting: Meeting) -> list[Meeting]:
    """The one of the question and the next, as far as their forms may still change."""
    found = [meeting, *snapshot.following(meeting)]
    return [each for each in found if policy.is_being_prepared(each)]


def _standing(request: LoggedIn, slug: str, number: int, question_id: int) -> tuple[Meeting, Question]:
    meeting = desk_meeting(request, slug, number)
    asked = meeting.questions.standing().select_related(
        "asker", "addressee__user", "item", "routed_to__user", "routed_item"
    )
    found = asked.filter(pk=question_id).first()
    if found is None:
        raise Http404
    return meeting, found
