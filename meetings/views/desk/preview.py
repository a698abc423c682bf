"""The form as one of its people sees it, also before anybody is asked."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from foundation.ui.attempts import posted
from meetings.forms.fields import PreviewOfForm
from meetings.models import Meeting, Survey
from meetings.survey.content import questionnaire
from meetings.survey.page import PreviewForm, initial_of
from meetings.views import answering
from meetings.views.desk._shared import desk_meeting
from members.login import LoggedIn
from members.models import Membership


def preview(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Their own questions, nothing that they answered: looking stores nothing. No address names the person."""
    meeting = desk_meeting(request, slug, number)
    people = meeting.asked().select_related("user").in_roster_order()
    chosen = PreviewOfForm(posted(request), people=people)
    context = {"meeting": meeting, "choose": chosen}
    if hasattr(meeting, "survey") and chosen.is_valid():
        context |= _seen_by(meeting, chosen.cleaned_data["person"])
    return render(request, "meetings/desk/preview.html", context)


def _seen_by(meeting: Meeting, chosen: Membership) -> dict[str, object]:
    forms = Survey.objects.for_person(chosen).select_related("meeting__group__contact_department")
    survey = get_object_or_404(forms, meeting=meeting)
    person = answering.asked_person(survey, pk=chosen.pk)
    assert person, "the page offers those who are asked"
    last_mode = getattr(person, "last_mode", "") or ""
    form = PreviewForm(asks=questionnaire(survey, person), initial=initial_of(None, 0), last_mode=last_mode)
    return {"person": person, "survey": survey, "form": form}
