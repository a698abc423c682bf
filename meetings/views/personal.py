"""The pages behind a personal link: the form of the meeting that is coming, and what belongs to it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.ui.todo import Todo
from meetings import calendar as calendars, todo
from meetings.models import DatePoll, MaterialVersion, Meeting, Survey
from meetings.models.material import MaterialVersionQuerySet
from meetings.models.meeting import MeetingQuerySet
from meetings.models.survey import SurveyQuerySet
from meetings.states import MeetingState
from meetings.views import addresses, answering, asked, dates, handouts
from meetings.views.addresses import Subscriber
from meetings.views.answering import Page, Visit
from meetings.views.dates import DatesVisit
from meetings.views.handouts import Presenter
from members import links
from members.models import Membership, PersonalLink
from members.models.municipality import town_of
from members.states import Purpose
from members.views.personal import OfLink, by_personal_link

WITH_CONTACT = ["meeting__group__contact_department"]


@require_safe
@by_personal_link(Purpose.MEETING)
def page(request: OfLink) -> HttpResponse:
    """The front page of the link: what waits for an answer, else the meeting that is next, else the last one.

    Before what was answered already come the days on which somebody is asked whether they can come.
    """
    forms = list(_forms(request.link, Meeting.objects.announced()))
    open_now = [survey for survey in forms if answering.policy.is_open(survey)]
    waiting = [survey for survey in open_now if not _is_answered(survey)]
    if not waiting and (poll := _poll(request.link, silent=bool(forms))):
        return _at_dates(request, poll)
    if not open_now and (gone := _called_off(request.link, starts_at__gte=clock.now()).first()):
        return answering.called_off(request, gone, request.link.membership)
    if not forms:
        return render(request, "meetings/personal/nothing.html", _nothing(request.link))
    return _at(request, (waiting or open_now or forms)[0], answering.page)


@by_personal_link(Purpose.MEETING)
def meeting(request: OfLink, number: int) -> HttpResponse:
    try:
        survey = _form(request.link, number)
    except Http404:
        gone = _called_off(request.link, number=number).first()
        if gone is None:
            raise
        return answering.called_off(request, gone, request.link.membership)
    return _at(request, survey, answering.page)


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


@by_personal_link(Purpose.MEETING)
def withdraw_reply(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.withdraw_reply)


@require_safe
@by_personal_link(Purpose.MEETING)
def introduction(request: OfLink, number: int, membership: int) -> HttpResponse:
    show = partial(answering.introduction, membership=membership)
    return _at(request, _form(request.link, number), show)


@require_safe
@by_personal_link(Purpose.MEETING)
def for_superior(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.for_superior)


@require_safe
@by_personal_link(Purpose.MEETING)
def receipt(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), answering.receipt)


@by_personal_link(Purpose.MEETING)
def answer_questions(request: OfLink, number: int) -> HttpResponse:
    return _at(request, _form(request.link, number), asked.page)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(Purpose.MEETING)
def answer_dates(request: OfLink, number: int) -> HttpResponse:
    polls = DatePoll.objects.asked().filter(meeting__group=request.link.membership.group_id)
    poll = get_object_or_404(polls.select_related(*WITH_CONTACT), meeting__number=number)
    return _at_dates(request, poll)


@require_POST
@by_personal_link(Purpose.MEETING)
def withdraw_question(request: OfLink, number: int, question_id: int) -> HttpResponse:
    return _at(request, _form(request.link, number), partial(asked.withdraw_question, question_id=question_id))


@require_safe
@by_personal_link(Purpose.MEETING)
def calendar(request: OfLink, number: int) -> HttpResponse:
    """Also of a meeting that was called off, for whoever has it in their calendar."""
    return _at(request, _form(request.link, number, told=True), answering.calendar_entry)


@require_safe
@by_personal_link(Purpose.MEETING)
def material(request: OfLink, number: int, material: int) -> HttpResponseBase:
    version = get_object_or_404(_versions(request.link, number), material=material)
    return handouts.answer(request, version)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(Purpose.MEETING)
def offer_material(request: OfLink, number: int) -> HttpResponse:
    return handouts.offer(request, _presenter(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(Purpose.MEETING)
def replace_own_material(request: OfLink, number: int, material: int) -> HttpResponse:
    return handouts.replace(request, _presenter(request, number), material)


@require_POST
@by_personal_link(Purpose.MEETING)
def consent_to_material(request: OfLink, number: int, material: int) -> HttpResponse:
    return handouts.consent(request, _presenter(request, number), material)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link(Purpose.MEETING)
def calendar_address(request: OfLink) -> HttpResponse:
    return addresses.show(request, _subscriber(request))


@require_POST
@by_personal_link(Purpose.MEETING)
def renew_calendar_address(request: OfLink) -> HttpResponse:
    return addresses.renew(request, _subscriber(request))


@require_safe
@by_personal_link(Purpose.CALENDAR)
def feed(request: OfLink) -> HttpResponse:
    """What a calendar asks for again and again; a link that opens more than this is none to leave with it."""
    membership = request.link.membership
    return answering.calendar_file(calendars.feed_of_person(membership), membership.group.slug)


@require_safe
@by_personal_link(Purpose.CALENDAR)
def about_feed(request: OfLink) -> HttpResponse:
    """The front page of a calendar's link: it is for calendars, and whoever holds it changes nothing."""
    context = {"group": request.link.membership.group, "address": addresses.address_of(request.link)}
    return render(request, "meetings/personal/about_feed.html", context)


def _subscriber(request: OfLink) -> Subscriber:
    token = [links.token(request.link)]
    return Subscriber(
        membership=request.link.membership,
        actor=request.actor,
        page_url=reverse("meetings:personal_calendar_address", args=token),
        renew_url=reverse("meetings:personal_renew_calendar_address", args=token),
    )


def _at(request: OfLink, survey: Survey, view: Page) -> HttpResponse:
    """Show the page to the person of the link, or say that they are no longer asked."""
    request.town = town_of(survey.town)
    person = answering.asked_person(survey, pk=request.link.membership_id)
    if person is None:
        return answering.not_asked(request, survey, request.link.membership)
    return view(request, _visit(request, survey, person))


def _called_off(link: PersonalLink, **which: Any) -> MeetingQuerySet:
    """What this person was called to, and is no more; not what was made again under the same number."""
    group = link.membership.group_id
    again = Meeting.objects.announced().filter(group=group, number=OuterRef("number"))
    told = {"group": group, "announced_at__isnull": False, "state": MeetingState.CANCELLED}
    gone = Meeting.objects.kept().with_part_of(link.membership.user).filter(~Exists(again), **told, **which)
    return gone.select_related("group__contact_department").order_by("-pk")


def _is_answered(survey: Survey) -> bool:
    return survey.own_reply is not None and survey.own_reply.is_for(survey.meeting)


def _poll(link: PersonalLink, *, silent: bool) -> DatePoll | None:
    """The days that this person is asked about; `silent`: of which they have not said anything yet."""
    user = link.membership.user
    polls = todo.polls_to_answer(user) if silent else DatePoll.objects.open_for(user)
    return polls.filter(meeting__group=link.membership.group_id).select_related(*WITH_CONTACT).first()


def _undecided(link: PersonalLink) -> "QuerySet[DatePoll, int]":
    """About whose day this person is still asked."""
    polls = todo.polls_to_answer(link.membership.user).filter(meeting__group=link.membership.group_id)
    return polls.values_list("meeting__number", flat=True)


def _also_asked(link: PersonalLink, shown: Meeting, undecided: Iterable[int]) -> list[Todo]:
    """What waits for an answer of this person besides what is shown: no home page tells them."""
    group, token = link.membership.group, links.token(link)
    forms = [survey.meeting for survey in todo.forms_to_answer(link.membership.user)]
    polls = [Meeting(group=group, number=number) for number in undecided]
    found = [(each, todo.asked_for(each), "meetings:personal_meeting") for each in forms if each.group == group]
    found += [(each, todo.asked_for_dates(each), "meetings:personal_answer_dates") for each in polls]
    others = [one for one in found if one[0].number != shown.number]
    return [Todo(text, reverse(name, args=[token, each.number])) for each, text, name in others]


def _at_dates(request: OfLink, poll: DatePoll) -> HttpResponse:
    link, token = request.link, links.token(request.link)
    person = poll.meeting.asked().select_related("user").filter(pk=link.membership_id).first()
    if person is None:
        return dates.not_asked(request, poll, request.actor)
    form = _forms(link, Meeting.objects.announced()).first()
    visit = DatesVisit(
        poll=poll,
        membership=person,
        actor=request.actor,
        page_url=reverse("meetings:personal_answer_dates", args=[token, poll.meeting.number]),
        reply_url=reverse("meetings:personal_meeting", args=[token, form.meeting.number]) if form else "",
        also_asked=partial(_also_asked, link, poll.meeting, _undecided(link)),
    )
    return dates.page(request, visit)


def _meeting(link: PersonalLink, number: int) -> Meeting:
    """One that its people know of, for whoever takes part in it on the day."""
    known = Meeting.objects.announced().kept().with_part_of(link.membership.user)
    found = known.filter(group=link.membership.group_id).select_related("group__contact_department")
    return get_object_or_404(found, number=number)


def _versions(link: PersonalLink, number: int) -> MaterialVersionQuerySet:
    shown = MaterialVersion.objects.for_people().filter(material__meeting=_meeting(link, number))
    return shown.select_related("material__meeting")


def _presenter(request: OfLink, number: int) -> Presenter:
    link, meeting = request.link, _meeting(request.link, number)
    args = [links.token(link), number]
    return Presenter(
        meeting=meeting,
        membership=handouts.presenting(meeting, link.membership),
        actor=request.actor,
        page_url=reverse("meetings:personal_offer_material", args=args),
        back_url=reverse("meetings:personal_meeting", args=args),
        replace_url=lambda own: reverse("meetings:personal_replace_own_material", args=[*args, own.pk]),
        consent_url=lambda own: reverse("meetings:personal_consent_to_material", args=[*args, own.pk]),
    )


def _nothing(link: PersonalLink) -> dict[str, Any]:
    address_url = reverse("meetings:personal_calendar_address", args=[links.token(link)])
    return {"link": link, "calendar_address_url": address_url}


def _forms(link: PersonalLink, known: MeetingQuerySet) -> SurveyQuerySet:
    """The forms of these meetings of the group, the nearest first; those held come last."""
    meetings = known.kept().filter(group=link.membership.group_id)
    called = answering.asked_by(link.membership)
    called = called.annotate(undecided=ArraySubquery(_undecided(link)))  # type: ignore[no-redef]  # said there too
    called = called.filter(meeting__in=meetings)
    return called.order_by("meeting__state", "meeting__starts_at")


def _form(link: PersonalLink, number: int, *, told: bool = False) -> Survey:
    known = Meeting.objects.told() if told else Meeting.objects.announced()
    survey = _forms(link, known).filter(meeting__number=number).newest_first().first()
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
        withdraw_url=reverse("meetings:personal_withdraw_reply", args=args),
        introduction_url=lambda colleague: reverse("meetings:personal_introduction", args=[*args, colleague.pk]),
        receipt_url=reverse("meetings:personal_receipt", args=args),
        sheet_url=reverse("members:personal_sheet", args=args[:1]),
        offer_url=reverse("meetings:personal_offer_material", args=args),
        material_url=lambda each: reverse("meetings:personal_material", args=[*args, each.material_id]),
        calendar_url=reverse("meetings:personal_calendar", args=args),
        questions_url=reverse("meetings:personal_answer_questions", args=args),
        withdraw_question_url=lambda question: reverse(
            "meetings:personal_withdraw_question", args=[*args, question]
        ),
        superior_url=reverse("meetings:personal_for_superior", args=args),
        calendar_address_url=reverse("meetings:personal_calendar_address", args=args[:1]),
        also_asked=partial(_also_asked, request.link, survey.meeting, survey.undecided),
    )
