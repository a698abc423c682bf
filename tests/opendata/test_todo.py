"""What stands on the home page of a section and of a reviewer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.actions import Actor
from foundation.db import clock
from opendata import actions
from opendata.todo import todo
from tests import builders


@pytest.fixture
def assignment(group, suzuki):
    first = builders.make_meeting(group=group, number=1)
    second = builders.make_meeting(group=group, number=2)
    return first.assignments.create(
        due_meeting=second, title="オープンデータ作成", summary_text="作", detail_text="作"
    )


def texts(user):
    return [item.text for item in todo(user)]


def test_a_member_has_the_assignment_with_its_date(sato, assignment):
    (item,) = todo(sato)
    assert (item.text, item.due) == (
        "課題「オープンデータ作成」のデータを提出する",
        assignment.due_meeting.starts_at,
    )


def test_an_assignment_is_done_when_the_section_has_handed_in(sato, citizens_section, assignment):
    dataset = builders.make_dataset(department=citizens_section, by=sato, assignment=assignment)
    builders.make_version(dataset=dataset, state="submitted")
    assert texts(sato) == []


def test_whoever_is_in_no_group_has_no_assignment(kimura, assignment):
    assert texts(kimura) == []


def test_a_draft_waits_for_who_began_it(draft, kimura, environment_section, town):
    colleague = builders.make_user()
    builders.make_posting(user=colleague, department=environment_section)
    assert texts(kimura) == ["作成中の「公衆トイレ一覧」を仕上げて提出する"]
    assert texts(colleague) == []


def test_what_came_back_waits_for_the_section(submitted, kimura, suzuki):
    actions.return_version(version=submitted, by=Actor(suzuki), seen=submitted.version, reason="確認")
    assert texts(kimura) == ["差し戻された「公衆トイレ一覧」を直して提出する"]


def test_what_was_handed_in_waits_for_the_reviewers(submitted, suzuki, kimura):
    assert texts(suzuki) == ["提出された「公衆トイレ一覧」を確認する"]
    assert texts(kimura) == []


def test_what_is_public_waits_for_nobody(published, suzuki, kimura):
    assert texts(suzuki) + texts(kimura) == []


def moved(version, cycle, days):
    """The version as if it had been published so many days ago: what is public is frozen, so in memory."""
    version.update_cycle, version.published_at = cycle, clock.now() - timedelta(days=days)
    return version


@pytest.mark.parametrize(
    ("cycle", "days", "overdue"),
    [("yearly", 360, False), ("yearly", 367, True), ("monthly", 40, True), ("as_needed", 4000, False)],
)
def test_the_next_version_is_expected_by_its_cycle(published, cycle, days, overdue):
    assert moved(published, cycle, days).is_overdue == overdue


def test_a_year_later_is_the_same_day_or_the_last_of_its_month(published):
    published.published_at = datetime(2028, 2, 29, 3, tzinfo=UTC)
    assert published.update_due_on == date(2029, 2, 28)


def test_what_is_overdue_waits_for_the_section(kimura, environment_section):
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    builders.make_version(dataset=dataset, state="published", update_cycle="monthly")
    assert texts(kimura) == []
    other = builders.make_dataset(department=environment_section, by=kimura)
    version = builders.make_version(dataset=other, update_cycle="monthly", title="公園一覧")
    builders.publish(version, published_at=clock.now() - timedelta(days=40))
    assert texts(kimura) == ["「公園一覧」の新しい版をアップロードする"]
