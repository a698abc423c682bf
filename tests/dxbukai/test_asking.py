"""From somebody's sheet to the box for a question to them, and back to the sheets."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dxbukai.asking import ask_url
from meetings.states import SectionKind
from members.states import SheetState
from tests import builders


@pytest.fixture
def survey(group):
    return builders.make_survey(meeting=builders.make_meeting(group=group, number=2))


@pytest.fixture
def sheet(expert):
    return builders.make_sheet(membership=expert)


def test_a_member_is_led_to_the_box_for_that_person(as_, sato, member, group, survey, sheet, expert):
    page = as_(sato).get(reverse("members:sheet", args=[group.slug, sheet.pk])).content.decode()
    box = f"{reverse('meetings:reply', args=[group.slug, 2])}#id_person_{expert.pk}"
    assert f'href="{box}"' in page
    reply = as_(sato).get(box).content.decode()
    back = reverse("members:sheets", args=[group.slug])
    assert (f'id="id_person_{expert.pk}"' in reply, f'href="{back}"' in reply) == (True, True)


def test_nobody_asks_oneself(tanaka, survey, sheet):
    assert ask_url(tanaka, sheet=sheet.pk) == ""


def test_who_is_not_asked_has_no_box(suzuki, survey, sheet):
    assert ask_url(suzuki, sheet=sheet.pk) == ""


def test_a_survey_that_is_over_has_no_box(sato, survey, sheet):
    survey.opens_at, survey.closes_at = (timezone.now() - timedelta(days=days) for days in (3, 1))
    survey.save()
    assert ask_url(sato, sheet=sheet.pk) == ""


def test_a_survey_without_that_section_has_no_box(sato, survey, sheet):
    survey.sections.filter(kind=SectionKind.MEMBER_QUESTIONS).delete()
    assert ask_url(sato, sheet=sheet.pk) == ""


def test_a_sheet_that_is_not_shown_has_no_box(sato, survey, sheet):
    type(sheet).objects.update(state=SheetState.SUBMITTED, shown_at=None)
    assert ask_url(sato, sheet=sheet.pk) == ""


def test_by_link_the_reply_leads_to_no_page_that_asks_for_a_login(client, survey, sheet, member, suzuki):
    from foundation.actions import Actor
    from members import links
    from members.actions.links import personal_link
    from members.states import Purpose

    link = personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki))
    page = client.get(links.path_of(link)).content.decode()
    assert reverse("members:sheets", args=[survey.meeting.group.slug]) not in page
