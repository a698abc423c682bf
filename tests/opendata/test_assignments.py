"""How far a group is with an assignment: derived from the data sets; some need not do it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings.actions.assignments import exempt, include
from meetings.states import MeetingState
from members.states import Category
from opendata import assignments
from opendata.states import HandIn, VersionState
from opendata.todo import todo
from tests import builders

WHY = {
    "returned": {"returned_reason": "列の確認"},
    "kept": {"kept_reason": "検討中のため", "kept_at": timezone.now()},
}


@pytest.fixture
def assignment(group, suzuki):
    first = builders.make_meeting(group=group, number=1, state=MeetingState.HELD)
    second = builders.make_meeting(group=group, number=2)
    return first.assignments.create(
        due_meeting=second, title="オープンデータを一つ", summary_text="作", detail_text="作"
    )


def standing(assignment):
    """Who is how far; whose section is asked for at all."""
    (found,) = assignments.progress([assignment], assignments.people_of(assignment))
    return {str(part.person.user): part.state for part in found.parts}, (found.done, len(found.asked))


@pytest.mark.parametrize(
    ("states", "part", "done"),
    [
        ([], HandIn.NOTHING, 0),
        (["draft"], HandIn.DRAFT, 0),
        (["returned"], HandIn.RETURNED, 0),
        (["submitted"], HandIn.SUBMITTED, 1),
        (["kept"], HandIn.KEPT, 1),
        (["published"], HandIn.PUBLISHED, 1),
        (["published", "draft"], HandIn.PUBLISHED, 1),
    ],
)
def test_what_counts_is_what_the_section_has_handed_in(
    assignment, sato, member, citizens_section, states, part, done
):
    dataset = (
        builders.make_dataset(department=citizens_section, by=sato, assignment=assignment) if states else None
    )
    for number, state in enumerate(states, 1):
        builders.make_version(dataset=dataset, number=number, state=state, **WHY.get(state, {}))
    assert standing(assignment) == ({"佐藤 花子": part}, (done, 1))


def test_two_of_one_section_share_what_it_made(assignment, sato, member, group, citizens_section):
    colleague = builders.make_user()
    builders.make_posting(user=colleague, department=citizens_section)
    builders.make_membership(group=group, user=colleague)
    dataset = builders.make_dataset(department=citizens_section, by=sato, assignment=assignment)
    builders.make_version(dataset=dataset, state=VersionState.SUBMITTED)
    assert standing(assignment)[1] == (2, 2)


def test_an_expert_without_a_section_is_not_asked(assignment, expert, tanaka, member):
    assert standing(assignment) == ({"佐藤 花子": HandIn.NOTHING, "田中 三郎": HandIn.NO_SECTION}, (0, 1))
    assert [item.text for item in todo(tanaka) if "課題" in item.text] == []
    assert assignments.of_person(tanaka) == []


def test_an_expert_whose_section_has_data_is_asked_like_the_others(
    assignment, expert, tanaka, environment_section
):
    builders.make_posting(user=tanaka, department=environment_section)
    assert standing(assignment) == ({"田中 三郎": HandIn.NOTHING}, (0, 1))


def test_whoever_is_exempt_has_nothing_to_do_and_is_asked_again_in_one_press(assignment, member, sato, suzuki):
    exempt(assignment=assignment, membership=member, by=Actor(suzuki), reason="休職中")
    assert (standing(assignment), todo(sato)) == (({"佐藤 花子": HandIn.EXEMPT}, (0, 0)), [])
    ((_own, part),) = assignments.of_person(sato)
    assert part.reason == "休職中"
    include(assignment=assignment, membership=member, by=Actor(suzuki))
    assert standing(assignment)[1] == (0, 1)
    told = Event.objects.filter(action__in=["meetings.exempt", "meetings.include"])
    assert [event.changes["reason"] for event in told] == ["休職中", "休職中"]


def test_the_desk_exempts_with_a_reason_on_a_page(assignment, member, as_, suzuki):
    desk, page = as_(suzuki), reverse("opendata:exempt", args=[assignment.pk, member.pk])
    assert "対象外とする理由を入力してください。" in desk.post(page, {"reason": ""}).content.decode()
    shown = desk.post(page, {"reason": "公開できる一覧がない"}, follow=True).content.decode()
    assert "公開できる一覧がない" in shown
    assert reverse("opendata:include", args=[assignment.pk, member.pk]) in shown


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_asks_as_often_for_few_as_for_many(
    assignment, group, as_, suzuki, people, django_assert_num_queries
):
    for _ in range(people):
        builders.make_membership(group=group, category=Category.MEMBER)
    desk = as_(suzuki)
    with django_assert_num_queries(9):
        desk.get(reverse("opendata:progress", args=[assignment.pk]))
