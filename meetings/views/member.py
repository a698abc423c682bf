"""What a member sees of a meeting, and answers."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.actions import Actor
from meetings import policy
from meetings.models import Meeting, Reply, Survey
from meetings.models.meeting import MeetingQuerySet
from meetings.views import addresses, answering, asked
from meetings.views.addresses import Subscriber
from meetings.views.answering import Page, Visit
from members.login import LoggedIn
from members.models import Membership, User


@require_safe
def meeting(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Agenda, time and place; one's own answer; the online address for those who come online."""
    meetings = Meeting.objects.visible_to(request.user).select_related("group__contact_department")
    meeting = get_object_or_404(meetings.standing(), group__slug=slug, number=number)
    rows = Reply.objects.filter(survey__meeting=meeting, membership__user=request.user)
    row = rows.select_related("membership").first()
    reply = row if row and row.stands else None
    surveys = Survey.objects.for_person(request.user.memberships.all()).filter(meeting=meeting)
    survey = surveys.select_related("meeting").first()
    context = {
        "meeting": meeting,
        "items": meeting.items.select_related("presenter__user"),
        "reply": reply,
        "withdrawn": row if row and not row.stands else None,
        "survey": survey,
        "is_open": survey is not None and policy.is_open(survey),
        "shows_online_url": policy.can_see_online_url(meeting, reply.mode if reply else None),
        "is_asked": meeting.asked().filter(user=request.user).exists(),
        "runs": policy.can_run(request.user, meeting),
    }
    return render(request, "meetings/meeting.html", context)


def reply(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, answering.page)


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


def answer_questions(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _at(request, slug, number, asked.page)


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
    survey = surveys.newest_first().first()
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
        calendar_url=reverse("meetings:calendar", args=args),
        questions_url=reverse("meetings:answer_questions", args=args),
        superior_url=reverse("meetings:for_superior", args=args),
        calendar_address_url=reverse("meetings:calendar_address", args=args[:1]),
    )
