"""The page on which one person says on which days they can come, however that person came to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Via
from foundation.ui.attempts import attempt, posted
from foundation.ui.todo import Todo
from meetings import dates
from meetings.actions import dates as actions
from meetings.forms.dates import AnswerDatesForm
from meetings.models import DatePoll, DateReply, Meeting
from members.models import Membership


@dataclass(frozen=True)
class DatesVisit:
    """One person at one poll."""

    poll: DatePoll
    membership: Membership
    actor: Actor
    page_url: str
    # Of somebody by link: where the attendance of the next meeting is answered.
    reply_url: str = ""
    # Of somebody by link, what else waits for their answer.
    also_asked: Callable[[], list[Todo]] = list

    @property
    def meeting(self) -> Meeting:
        return self.poll.meeting

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK

    def reply(self) -> DateReply | None:
        """As it stands now."""
        return self.poll.replies.filter(membership=self.membership).select_related("membership").first()


def page(request: HttpRequest, visit: DatesVisit) -> HttpResponse:
    """Until the deadline the form, afterwards what was answered."""
    reply, candidates = visit.reply(), dates.candidates(visit.poll)
    form = AnswerDatesForm(posted(request), candidates=candidates, reply=reply)
    form.action = visit.page_url
    given = {"poll": visit.poll, "membership": visit.membership, "by": visit.actor}
    if attempt(form, actions.answer_dates, **given):
        messages.success(request, _("回答を受け付けました。"))
        return redirect(visit.page_url)
    marks = reply.marks if reply else {}
    context: dict[str, Any] = {
        "visit": visit,
        "poll": visit.poll,
        "meeting": visit.meeting,
        "reply": reply,
        "form": form,
        "closed": "" if visit.poll.is_open else actions.closed_sentence(visit.poll),
        "rows": [(candidate, dates.label_of(marks.get(candidate.option.pk, ""))) for candidate in candidates],
        "typed": typed_in(form) if form.is_bound else [],
    }
    return render(request, "meetings/answer_dates.html", context, status=form.status)


def not_asked(request: HttpRequest, poll: DatePoll, actor: Actor) -> HttpResponse:
    """No longer asked: said in words, with all that was typed meanwhile."""
    typed = typed_in(AnswerDatesForm(request.POST, candidates=dates.candidates(poll), reply=None))
    context = {"group": poll.meeting.group, "typed": typed, "of_dates": True, "by_link": actor.via == Via.LINK}
    return render(request, "meetings/not_asked.html", context, status=403)


def typed_in(form: AnswerDatesForm) -> list[tuple[str, str]]:
    """In words, whatever is wrong with it."""
    found = [(form.fields[name], str(form.data.get(name, ""))) for name in form.fields if name != "seen"]
    return [(str(field.label), dates.label_of(text) or text) for field, text in found if text]
