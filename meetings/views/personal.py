"""The pages behind a personal link: the form of the meeting that is coming, and what belongs to it."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from meetings.models import Survey
from meetings.models.survey import SurveyQuerySet
from meetings.states import KNOWN
from meetings.views import answering, asked
from meetings.views.answering import Page, Visit
from members import links
from members.models import Membership, PersonalLink
from members.states import Purpose
from members.views.personal import OfLink, by_personal_link


@require_safe
@by_personal_link(Purpose.MEETING)
def page(request: OfLink) -> HttpResponse:
    """The front page of the link: the meeting that can be answered, else the next one, else the last one."""
    forms = list(_forms(request.link))
    open_now = [survey for survey in forms if answering.policy.is_open(survey)]
    if not forms:
        return render(request, "meetings/personal/nothing.html", {"link": request.link})
    return _at(request, (open_now or forms)[0], answering.page)


@by_personal_link(Purpose.MEETING)
def meeting(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.page)


@require_POST
@by_personal_link(Purpose.MEETING)
def draft(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.draft)


@require_POST
@by_personal_link(Purpose.MEETING)
def discard_draft(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.discard_draft)


@require_POST
@by_personal_link(Purpose.MEETING)
def leave_with_desk(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.leave_with_desk)


@require_safe
@by_personal_link(Purpose.MEETING)
def introduction(request: OfLink, number: int, membership: int) -> HttpResponse:
    show = partial(answering.introduction, membership=membership)
    return _at(request, _form(request.link, number), show)


@require_safe
@by_personal_link(Purpose.MEETING)
def receipt(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.receipt)


@by_personal_link(Purpose.MEETING)
def answer_questions(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), asked.page)


@require_safe
@by_personal_link(Purpose.MEETING)
def calendar(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.calendar_entry)


def _at(request: OfLink, survey: Survey, view: Page) -> HttpResponse:
    """Show the page to the person of the link, or say that they are no longer asked."""
    person = answering.asked_person(survey, pk=request.link.membership_id)
    if person is None:
        return answering.not_asked(request, survey, request.link.membership)
    return view(request, _visit(request, survey, person))


def _forms(link: PersonalLink) -> SurveyQuerySet:
    """The forms of the group's announced meetings, the nearest first; those held come last."""
    called = answering.asked_by(link.membership).filter(
        meeting__group=link.membership.group_id, meeting__state__in=KNOWN, meeting__disposed_on=None
    )
    return called.order_by("meeting__state", "meeting__starts_at")


def _form(link: PersonalLink, number: int) -> Survey:
    survey = _forms(link).filter(meeting__number=number).first()
    if survey is None:
        raise Http404
    return survey


def _visit(request: OfLink, survey: Survey, person: Membership) -> Visit:
    args = [links.token(request.link), survey.meeting.number]
    return Visit(
        survey=survey,
        membership=person,
        actor=Actor.of(request),
        page_url=reverse("meetings:personal_meeting", args=args),
        draft_url=reverse("meetings:personal_draft", args=args),
        discard_url=reverse("meetings:personal_discard_draft", args=args),
        leave_url=reverse("meetings:personal_leave_with_desk", args=args),
        introduction_url=lambda colleague: reverse("meetings:personal_introduction", args=[*args, colleague.pk]),
        receipt_url=reverse("meetings:personal_receipt", args=args),
        sheet_url=reverse("members:personal_sheet", args=args[:1]),
        calendar_url=reverse("meetings:personal_calendar", args=args),
        questions_url=reverse("meetings:personal_answer_questions", args=args),
    )
