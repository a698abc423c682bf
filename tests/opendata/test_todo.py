"""What stands on the home page of a section and of a reviewer."""

import pytest

from foundation.actions import Actor
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
