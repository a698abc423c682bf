"""質疑: questions and answers as rows."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor
from foundation.ui.attempts import done, posted, seen
from meetings.actions import questions as actions
from meetings.forms.record import AnswerChangeForm, NewAnswerForm, QuestionChangeForm, QuestionForm
from meetings.models import Answer, Meeting, Question
from meetings.states import QuestionChannel, QuestionState
from meetings.views.desk._shared import desk_meeting, pressed
from meetings.views.desk.question_states import meetings_for_themes
from members.login import LoggedIn

PEOPLE = ["asker__user", "addressee__user", "item", "routed_to__user", "routed_item"]


def questions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form = QuestionForm(posted(request))
    if request.method == "POST" and done(form, actions.ask, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("質疑を追加しました。"))
        return redirect(request.path)
    asked = list(
        meeting.questions.select_related(*PEOPLE, "merged_into", "theme__meeting").prefetch_related(
            "answers__answerer__user", "merged__asker__user"
        )
    )
    context = {
        "meeting": meeting,
        "questions": [question for question in asked if question.state == QuestionState.OPEN],
        "settled": [question for question in asked if question.state != QuestionState.OPEN],
        "open_before": open_before(meeting),
        "meetings_for_themes": meetings_for_themes(meeting),
        "form": form,
    }
    return render(request, "meetings/desk/questions.html", context)


def change_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    asked = get_object_or_404(meeting.questions.standing(), pk=question_id)
    initial = {"text": asked.text, "in_report": asked.in_report, "seen": asked.version}
    form = QuestionChangeForm(posted(request), initial=initial, question=asked)
    if request.method == "POST" and done(form, actions.change_question, question=asked, by=Actor.of(request)):
        return redirect("meetings:questions", slug, number)
    context = {
        "meeting": meeting,
        "question": asked,
        "removable": asked.channel == QuestionChannel.ORAL,
        "form": form,
    }
    return render(request, "meetings/desk/change_question.html", context, status=form.status)


def add_answer(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    asked = get_object_or_404(meeting.questions.standing(), pk=question_id)
    form = NewAnswerForm(posted(request))
    if request.method == "POST" and done(form, actions.add_answer, question=asked, by=Actor.of(request)):
        return redirect("meetings:questions", slug, number)
    return render(
        request, "meetings/desk/reword_answer.html", {"meeting": meeting, "question": asked, "form": form}
    )


def reword_answer(request: LoggedIn, slug: str, number: int, answer_id: int) -> HttpResponse:
    """An answer that was written down, to correct or to take away."""
    meeting = desk_meeting(request, slug, number)
    given = get_object_or_404(answers(meeting), pk=answer_id)
    form = AnswerChangeForm(posted(request), initial={"text": given.text, "seen": given.version})
    if request.method == "POST" and done(form, actions.reword_answer, answer=given, by=Actor.of(request)):
        return redirect("meetings:questions", slug, number)
    context = {"meeting": meeting, "question": given.question, "answer": given, "form": form}
    return render(request, "meetings/desk/reword_answer.html", context, status=form.status)


@require_POST
def remove_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    asked: Question = get_object_or_404(meeting.questions, pk=question_id)
    pressed(
        request, actions.remove_question, question=asked, seen=seen(request), success=_("質問を削除しました。")
    )
    return redirect("meetings:questions", slug, number)


@require_POST
def remove_answer(request: LoggedIn, slug: str, number: int, answer_id: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    given = get_object_or_404(answers(meeting), pk=answer_id)
    pressed(request, actions.remove_answer, answer=given, seen=seen(request), success=_("回答を削除しました。"))
    return redirect("meetings:questions", slug, number)


def open_before(meeting: Meeting) -> QuerySet[Question]:
    """前回までの未回答の質問, the latest meeting first."""
    found = Question.objects.open_before(meeting).select_related("meeting__group", *PEOPLE)
    return found.order_by("-meeting__number", "order", "id")


def answers(meeting: Meeting) -> QuerySet[Answer]:
    return Answer.objects.filter(question__meeting=meeting).select_related("question__meeting")
