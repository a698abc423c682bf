"""What a member sees of a meeting, and answers."""

from functools import partial

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import Actor
from meetings import policy
from meetings.models import DatePoll, MaterialVersion, Meeting, Reply, Survey
from meetings.models.meeting import MeetingQuerySet
from meetings.states import KNOWN
from meetings.timetable import timetable
from meetings.views import addresses, answering, asked, dates, handouts
from meetings.views.addresses import Subscriber
from meetings.views.answering import Page, Visit
from meetings.views.dates import DatesVisit
from meetings.views.handouts import Presenter
from members.login import LoggedIn
from members.models import Membership, User
from members.models.municipality import town_of


@require_safe
def meeting(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Agenda, time and place; one's own answer; the online address for those who come online."""
    meetings = Meeting.objects.visible_to(request.user).select_related("group__contact_department")
    meeting = meetings.standing().filter(group__slug=slug, number=number).first()
    if meeting is None:
        return answering.called_off(request, _called_off(request.user, slug, number))
    rows = Reply.objects.filter(survey__meeting=meeting, membership__user=request.user)
    row = rows.select_related("membership").first()
    reply = row if row and row.stands else None
    surveys = Survey.objects.for_person(request.user.memberships.all()).filter(meeting=meeting)
    survey = surveys.select_related("meeting").first()
    themes = list(meeting.themes.examples().counted())
    context = {
        "meeting": meeting,
        "items": timetable(meeting, meeting.items.select_related("presenter__user")),
        "reply": reply,
        "withdrawn": row if row and not row.stands else None,
        "survey": survey,
        "is_open": survey is not None and policy.is_open(survey),
        "is_of_before": reply is not None and not reply.is_for(meeting),
        "shows_online_url": policy.can_see_online_url(meeting, reply.mode if reply else None),
        "is_asked": meeting.asked().filter(user=request.user).exists(),
        "runs": policy.can_run(request.user, meeting),
        "handouts": _handouts(meeting),
        "presents": meeting.items.filter(presenter__user=request.user).exists(),
        "themes": themes,
        "chosen": [theme for theme in themes if theme.chosen_at],
        "shows_themes": policy.shows_themes(meeting, survey),
    }
    return render(request, "meetings/meeting.html", context)


def _called_off(user: User, slug: str, number: int) -> Meeting:
    gone = Meeting.objects.called_off_for(user).filter(group__slug=slug, number=number)
    found = gone.select_related("group__contact_department").first()
    if found is None:
        raise Http404
    return found


def _handouts(meeting: Meeting) -> list[MaterialVersion]:
    """Of a meeting that its people know of; the desk has a page of its own for the others."""
    if meeting.state not in KNOWN:
        return []
    args = [meeting.group.slug, meeting.number]
    return handouts.addressed(meeting, lambda each: reverse("meetings:material", args=[*args, each.material_id]))


@require_safe
def material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponseBase:
    found = MaterialVersion.objects.readable_by(request.user).select_related("material__meeting")
    of_meeting = found.filter(material__meeting__group__slug=slug, material__meeting__number=number)
    return handouts.answer(request, get_object_or_404(of_meeting, material=material))


@require_http_methods(["GET", "HEAD", "POST"])
def offer_material(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return handouts.offer(request, _presenter(request, slug, number))


@require_http_methods(["GET", "HEAD", "POST"])
def replace_own_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    return handouts.replace(request, _presenter(request, slug, number), material)


@require_POST
def consent_to_material(request: LoggedIn, slug: str, number: int, material: int) -> HttpResponse:
    return handouts.consent(request, _presenter(request, slug, number), material)


def _presenter(request: LoggedIn, slug: str, number: int) -> Presenter:
    known = Meeting.objects.announced().kept().with_part_of(request.user)
    found = known.filter(group__slug=slug).select_related("group__contact_department")
    meeting = get_object_or_404(found, number=number)
    args = [slug, number]
    return Presenter(
        meeting=meeting,
        membership=handouts.presenting(meeting, meeting.group.memberships.filter(user=request.user).first()),
        actor=Actor.of(request),
        page_url=reverse("meetings:offer_material", args=args),
        back_url=reverse("meetings:meeting", args=args),
        replace_url=lambda own: reverse("meetings:replace_own_material", args=[*args, own.pk]),
        consent_url=lambda own: reverse("meetings:consent_to_material", args=[*args, own.pk]),
    )


def reply(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    try:
        return _at(request, slug, number, answering.page)
    except Http404:
        meeting = _called_off(request.user, slug, number)
        own = meeting.group.memberships.filter(user=request.user).first()
        return answering.called_off(request, meeting, own)


@require_POST
def save_draft(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.draft)


@require_POST
def discard_draft(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.discard_draft)


@require_POST
def leave_with_desk(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.leave_with_desk)


def withdraw_reply(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.withdraw_reply)


@require_safe
def receipt(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.receipt)


@require_safe
def for_superior(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.for_superior)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_dates(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Of a meeting that has no day yet; also of whoever was asked once."""
    polls = DatePoll.objects.asked().select_related("meeting__group__contact_department")
    own = polls.filter(meeting__group__memberships__user=request.user).distinct()
    poll = get_object_or_404(own, meeting__group__slug=slug, meeting__number=number)
    person = poll.meeting.asked().select_related("user").filter(user=request.user).first()
    if person is None:
        return dates.not_asked(request, poll, Actor.of(request))
    page_url = reverse("meetings:answer_dates", args=[slug, number])
    return dates.page(request, DatesVisit(poll, person, Actor.of(request), page_url))


def answer_questions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, asked.page)


@require_POST
def withdraw_question(request: LoggedIn, slug: str, number: int, question_id: int) -> HttpResponse:
    return _at(request, slug, number, partial(asked.withdraw_question, question_id=question_id))


@require_safe
def calendar(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Also of a meeting that was called off, for whoever has it in their calendar."""
    return _at(request, slug, number, answering.calendar_entry, Meeting.objects.told())


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address(request: LoggedIn, slug: str) -> HttpResponse:
    return addresses.show(request, _subscriber(request, slug))


@require_POST
def renew_calendar_address(request: LoggedIn, slug: str) -> HttpResponse:
    return addresses.renew(request, _subscriber(request, slug))


def _subscriber(request: LoggedIn, slug: str) -> Subscriber:
    own = request.user.memberships.select_related("group__contact_department", "user")
    return Subscriber(
        membership=get_object_or_404(own, group__slug=slug),
        actor=Actor.of(request),
        page_url=reverse("meetings:calendar_address", args=[slug]),
        renew_url=reverse("meetings:renew_calendar_address", args=[slug]),
    )


def _at(
    request: LoggedIn, slug: str, number: int, view: Page, known: MeetingQuerySet | None = None
) -> HttpResponse:
    """The person's own form, or a page that says why there is none for them."""
    survey = _form(request.user, slug, number, Meeting.objects.announced() if known is None else known)
    request.town = town_of(survey.town)
    person = answering.asked_person(survey, user=request.user)
    if person is None:
        own = survey.meeting.group.memberships.filter(user=request.user).first()
        return answering.not_asked(request, survey, own)
    return view(request, _visit(request, survey, person))


def _form(user: User, slug: str, number: int, known: MeetingQuerySet) -> Survey:
    """Also of whoever took part once: they are told that they are not asked, and see what they had typed."""
    inside = Q(pk__in=Meeting.objects.visible_to(user).values("pk")) | Q(group__memberships__user=user)
    meetings = known.kept().filter(inside, group__slug=slug, number=number)
    surveys = answering.asked_by(user.memberships.all()).filter(meeting__in=meetings)
    # Said again of the form itself, the database begins with it, and not with all forms of the town.
    survey = surveys.filter(meeting__group__slug=slug, meeting__number=number).newest_first().first()
    if survey is None:
        raise Http404
    return survey


def _visit(request: LoggedIn, survey: Survey, person: Membership) -> Visit:
    args = [survey.meeting.group.slug, survey.meeting.number]
    return Visit(
        survey=survey,
        membership=person,
        actor=Actor.of(request),
        page_url=reverse("meetings:reply", args=args),
        draft_url=reverse("meetings:save_draft", args=args),
        discard_url=reverse("meetings:discard_draft", args=args),
        leave_url=reverse("meetings:leave_with_desk", args=args),
        withdraw_url=reverse("meetings:withdraw_reply", args=args),
        receipt_url=reverse("meetings:receipt", args=args),
        sheet_url=reverse("members:edit_sheet", args=args[:1]),
        offer_url=reverse("meetings:offer_material", args=args),
        material_url=lambda each: reverse("meetings:material", args=[*args, each.material_id]),
        calendar_url=reverse("meetings:calendar", args=args),
        questions_url=reverse("meetings:answer_questions", args=args),
        withdraw_question_url=lambda question: reverse("meetings:withdraw_question", args=[*args, question]),
        superior_url=reverse("meetings:for_superior", args=args),
        calendar_address_url=reverse("meetings:calendar_address", args=args[:1]),
    )
