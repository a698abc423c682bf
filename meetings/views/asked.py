"""What was put to one person, and the answers; what they asked themselves, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.ui.attempts import attempt, posted
from meetings.actions import questions as actions
from meetings.forms.asked import AnswerQuestionsForm
from meetings.models import Question
from meetings.views.answering import Visit


def page(request: HttpRequest, visit: Visit) -> HttpResponse:
    person = visit.membership
    asked = Question.objects.filter(meeting=visit.meeting).prefetch_related("answers__answerer__user")
    to_me = list(asked.asked_of([person]).select_related("asker__user", "item"))
    form = AnswerQuestionsForm(posted(request), questions=to_me, answerer=person)
    given = {"meeting": visit.meeting, "membership": person, "by": visit.actor}
    if attempt(form, actions.answer_questions, **given) is not None:
        messages.success(request, _("回答を保存しました。"))
        return redirect(visit.questions_url)
    mine = asked.standing().filter(asker=person).select_related("addressee__user", "item")
    context = {"visit": visit, "meeting": visit.meeting, "form": form, "to_me": to_me, "mine": mine}
    return render(request, "meetings/answer_questions.html", context, status=form.status)
