"""The front door: what is new for citizens, what is to be done for those inside."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.states import MeetingState
from opendata.states import VersionState
from reports.archive import enter
from reports.models import Report
from tests import builders

HOME = "/"


def publish(group, number, desk, text="報告\n"):
    report = Report.objects.create(meeting=builders.make_meeting(group=group, number=number))
    return enter(report.revisions.create(number=1, blocks=[], text=text, published_by=desk))


def test_citizens_see_the_newest_reports_of_public_groups(client, group, suzuki):
    older, newer = publish(group, 1, suzuki), publish(group, 2, suzuki)
    closed = builders.make_group(slug="closed", is_public=False)
    publish(closed, 1, suzuki)
    assert client.get(HOME).context["reports"] == [newer, older]


def test_a_corrected_report_stands_there_once_in_its_last_version(client, group, suzuki):
    first = publish(group, 1, suzuki)
    revision = first.report.revisions.create(
        number=2, blocks=[], text="訂正\n", correction="誤字", published_by=suzuki
    )
    enter(revision)
    assert [row.revision for row in client.get(HOME).context["reports"]] == [revision]


def test_a_withheld_report_is_gone_from_the_front_door(client, group, suzuki):
    revision = publish(group, 1, suzuki).revision
    revision.withheld_at, revision.withheld_by, revision.withheld_reason = timezone.now(), suzuki, "誤り"
    revision.save()
    assert client.get(HOME).context["reports"] == []


def test_citizens_see_when_a_public_group_meets_next(client, group):
    coming = builders.make_meeting(group=group, number=2)
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    builders.make_meeting(group=builders.make_group(slug="closed", is_public=False))
    assert list(client.get(HOME).context["meetings"]) == [(coming, False)]


def test_a_place_that_is_hard_to_read_is_told_with_its_reading(client, group):
    builders.make_meeting(
        group=group, number=2, building="陣屋会館", building_kana="じんやかいかん", room="集会室"
    )
    assert "<ruby>陣屋会館<rp>（</rp><rt>じんやかいかん</rt><rp>）</rp></ruby> 集会室" in (
        client.get(HOME).content.decode()
    )


def test_the_newest_data_set_stands_there(client, environment_section, kimura):
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    version = builders.make_version(dataset=dataset, state=VersionState.PUBLISHED)
    assert list(client.get(HOME).context["versions"]) == [version]


@pytest.mark.parametrize("reports", [1, 3, 30])
def test_the_front_door_asks_as_often_for_few_as_for_many(
    client, group, suzuki, reports, django_assert_num_queries
):
    for number in range(reports):
        publish(group, number + 1, suzuki)
    with django_assert_num_queries(7):
        client.get(HOME)


def test_a_citizen_gets_no_cookie(client, town):
    assert client.get(HOME).cookies == {}


def test_what_has_the_nearest_deadline_comes_first(as_, sato, group):
    """The sheet has no deadline, the form has."""
    builders.make_survey(meeting=builders.make_meeting(group=group), closes_at=timezone.now() + timedelta(days=2))
    todos = as_(sato).get(HOME).context["todos"]
    assert [todo.url for todo in todos] == [
        reverse("meetings:reply", args=[group.slug, 1]),
        reverse("members:edit_sheet", args=[group.slug]),
    ]


def test_the_desk_finds_its_desk_and_the_meeting_that_it_prepares(as_, suzuki, group):
    meeting = builders.make_meeting(group=group)
    page = as_(suzuki).get(HOME)
    assert (list(page.context["run"]), list(page.context["joined"])) == ([group], [])
    assert page.context["coming"] == [(meeting, None)]


def test_the_series_is_told_at_a_glance(client, group, suzuki):
    """The first is reported, the second called; nobody was told of the third, and the fourth is only planned."""
    type(group).objects.filter(pk=group.pk).update(planned_meetings=4)
    publish(group, 1, suzuki)
    builders.make_meeting(group=group, number=2)
    builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT)
    [series] = client.get(HOME).context["series"]
    told = [(place.number, place.begins is not None, place.has_report) for place in series.places]
    assert (series.group, told) == (
        group,
        [(1, True, True), (2, True, False), (3, False, False), (4, False, False)],
    )


def test_a_meeting_that_is_over_is_no_coming_one(client, group):
    builders.make_meeting(group=group, starts_at=timezone.now() - timedelta(hours=4))
    assert client.get(HOME).context["meetings"] == []


def test_who_has_the_front_door_already_is_told_so(client, group, suzuki):
    publish(group, 1, suzuki)
    etag = client.get(HOME).headers["ETag"]
    assert client.get(HOME, headers={"If-None-Match": etag}).status_code == 304


def test_a8_of_data_of_a_section_whoever_works_in_none_is_told_nothing(as_, sato, tanaka, kimura, member, expert):
    told = {person: "所属課のデータ" in as_(person).get(HOME).text for person in (sato, kimura, tanaka)}
    assert told == {sato: True, kimura: True, tanaka: False}
