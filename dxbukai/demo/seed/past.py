"""dx-r3: a group of 令和3年 whose first meeting is over and whose report is published."""

from datetime import date, datetime

from dxbukai.demo import cast
from dxbukai.demo.seed import meeting, words
from dxbukai.demo.seed.people import FOUNDED, Town, found_group, hand_in_sheets
from foundation.actions import Actor
from foundation.calendar.wareki import TOKYO
from meetings.actions import consents, meetings, surveys
from meetings.models import Meeting
from meetings.models.material import for_citizens
from meetings.states import ItemKind, Method, SectionKind
from members.models import WorkingGroup
from reports import actions as reports, materials
from reports.compose import compose
from reports.models import Report
from reports.states import ApprovalKind


def plant(here: Town) -> None:
    group = found_group(
        here,
        founded=FOUNDED,
        slug=cast.PAST,
        fiscal_year=2021,
        plan_season="今秋",
        plan_name="見本市DX推進計画（仮称）",
    )
    hand_in_sheets(here, group)
    first = meeting.call(here, group, datetime(2021, 5, 18, 13, 0, tzinfo=TOKYO))
    second = plan_second(here, group)
    meeting.take_place(here, first, second)
    meeting.write_outcome(here, first)
    agree(first)
    publish(here, first)
    meeting.take_roll(here, second)
    meeting.hold_as_planned(here, second)


def plan_second(here: Town, group: WorkingGroup) -> Meeting:
    starts_at = datetime(2021, 5, 27, 13, 0, tzinfo=TOKYO)
    second = meetings.create_meeting(
        group=group,
        by=Actor(here.desk),
        theme=words.THEME,
        method=Method.GROUP_WORK,
        starts_at=starts_at,
        ends_at=starts_at + meeting.LENGTH,
        **meeting.PLACE,
    )
    surveys.set_survey(
        meeting=second,
        by=Actor(here.desk),
        closes_at=second.survey.closes_at,
        sections=list(SectionKind),
        themes=words.THEME_EXAMPLES,
    )
    return second


def agree(held: Meeting) -> None:
    """Who presented the data says that citizens may read it; of the desk's own paper nobody has said so."""
    material = held.materials.get(item__kind=ItemKind.ASSIGNMENT)
    assert material.item
    assert material.item.presenter
    by = Actor(material.item.presenter.user)
    consents.consent_to_material(material=material, by=by, seen=material.version, consents=True)


def publish(here: Town, held: Meeting) -> None:
    report = Report.objects.get(meeting=held)
    reports.send_for_review(meeting=held, by=Actor(here.desk), seen=report.version)
    shown = compose(held).sha256
    reports.approve(
        meeting=held,
        by=Actor(here.desk),
        shown=shown,
        kind=ApprovalKind.CIRCULATION,
        decided_on=date(2021, 5, 25),
        decided_by="行政経営部長",
        document_number="行経第12号",
    )
    shown = materials.name_of(shown, for_citizens(held))
    reports.publish(meeting=held, by=Actor(here.desk), shown=shown)
