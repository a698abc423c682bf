"""The way from somebody's sheet to the box for a question to them, which is a floor above."""

from django.urls import reverse

from meetings import policy
from meetings.models import Survey
from meetings.states import SectionKind
from meetings.survey.sections.member_questions import MemberQuestions
from members.models import IntroSheet, User


def ask_url(user: User, *, sheet: int) -> str:
    """Of the nearest meeting whose survey asks this person for questions; empty where none does, or to oneself."""
    own = user.memberships.all()
    shown = (
        IntroSheet.objects.shown().exclude(membership__in=own).select_related("membership__group").filter(pk=sheet)
    )
    addressee = next((row.membership for row in shown), None)
    if addressee is None:
        return ""
    surveys = Survey.objects.for_person(own).select_related("meeting__group").order_by("meeting__starts_at")
    found = surveys.filter(meeting__group=addressee.group, sections__kind=SectionKind.MEMBER_QUESTIONS)
    for survey in found:
        if policy.is_open(survey) and survey.meeting.asked().filter(user=user).exists():
            page = reverse("meetings:reply", args=[addressee.group.slug, survey.meeting.number])
            return f"{page}#id_{MemberQuestions().box(addressee.pk)}"
    return ""
