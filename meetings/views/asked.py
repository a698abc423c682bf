"""What was put to one person, and the answers; what they asked themselves, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation.ui.attempts import attempt, posted, press
from meetings.actions import question_states as actions_of_states, questions as actions
from meetings.forms.asked import AnswerQuestionsForm
from meetings.models import Question
from meetings.states import QuestionState
from meetings.views.answering import Visit

# What a question of one's own tells: whom it was put to, whom it was led to, and what it has become.
SHOWN = ["addressee__user", "item", "routed_to__user", "routed_item", "merged_into", "theme__meeting"]
OF_THE_OTHER = "merged_into__answers__answerer__user"


def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    person = visit.membership
    asked = Question.objects.filter(meeting=visit.meeting).prefetch_related("answers__answerer__user")
    to_me = list(asked.asked_of([person]).select_related("asker__user", "item"))
    form = AnswerQuestionsForm(posted(request), questions=to_me, answerer=person)
    given = {"meeting": visit.meeting, "membership": person, "by": visit.actor}
    if attempt(form, actions.answer_questions, **given) is not None:
        messages.success(request, _("回答を保存しました。"))
        return redirect(visit.questions_url)
    mine = asked.filter(asker=person).select_related(*SHOWN).prefetch_related(OF_THE_OTHER)
    own = [
        (question, visit.withdraw_question_url(question.pk) if is_waiting(question) else "") for question in mine
    ]
    context = {"visit": visit, "meeting": visit.meeting, "form": form, "to_me": to_me, "mine": own}
    return render(request, "meetings/answer_questions.html", context, status=form.status)


def is_waiting(question: Question) -> bool:
    """Nobody has answered it, and the report is not to tell of it: its asker may still take it back."""
    return question.state == QuestionState.OPEN and not question.in_report and not question.answers.all()


def withdraw_question(request: HttpRequest, visit: Visit, question_id: int) -> HttpResponse:
    """One's own alone: of anybody else's the page does not even say that it is there."""
    own = Question.objects.filter(meeting=visit.meeting, asker=visit.membership)
    question = get_object_or_404(own.select_related("asker__user", "meeting__group"), pk=question_id)
    if press(request, actions_of_states.withdraw_question, question=question, by=visit.actor):
        messages.success(request, _("質問を取り下げました。"))
    return redirect(visit.questions_url)
