"""The group hears that a report was published, corrected or came back; and nothing of one that was withheld."""

import copy

import pytest
from django.db.models.functions import Now

from foundation.audit.models import Event
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from reports import emails
from reports.models import ReportRevision
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

KEY = r"^reports:published:"


@pytest.fixture(scope="module")
def first_once(for_the_module):
    """Approved; each member has an address, the experts have none."""
    first = FirstMeeting(OUR_WORDS, members=3)
    for number, person in enumerate(first.members):
        person.user.email = f"member{number}@mihon.example.jp"
        person.user.save()
    first.approve()
    return first


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def told():
    return Email.objects.about(KEY).order_by("id")


def test_everybody_with_an_address_hears_of_it_once_but_whoever_publishes(first):
    """Nor does whoever may no longer log in."""
    builders.make_membership(group=first.group, user=first.desk)
    gone = builders.make_membership(group=first.group, user=builders.make_user(email="gone@mihon.example.jp"))
    gone.user.is_active = False
    gone.user.save()
    first.publish(tells=True)
    reached = [f"member{number}@mihon.example.jp" for number in range(3)]
    assert sorted(email.to_address for email in told()) == reached
    assert Event.objects.get(action="reports.publish").changes["told"] == 3


def test_nobody_hears_of_it_where_the_desk_does_not_tell(first):
    first.publish()
    assert (told().count(), Event.objects.get(action="reports.publish").changes["told"]) == (0, 0)


def test_it_leads_to_the_page(first, settings):
    first.publish(tells=True)
    page = f"{settings.SITE_URL}/groups/{first.meeting.group.slug}/meetings/1/report/"
    assert {page in email.body.splitlines() for email in told()} == {True}
    assert {email.subject for email in told()} == {"【公開】第1回DX推進部会の結果報告を公開しました"}


def test_of_a_closed_group_it_says_that_one_has_to_log_in(first):
    group = first.meeting.group
    group.is_public = False
    group.save()
    first.publish(tells=True)
    said = "次のページから御覧になれます（ログインが必要です）。"
    assert {said in email.body.splitlines() for email in told()} == {True}


def test_a_correction_says_what_was_corrected(first):
    first.publish()
    first.correct("あとの行", tells=True)
    assert {email.subject for email in told()} == {"【訂正】第1回DX推進部会の結果報告を訂正しました"}
    assert {"訂正箇所：議題1に1行を加えた" in email.body.splitlines() for email in told()} == {True}


def test_what_comes_back_says_why(first):
    first.publish()
    first.withhold()
    first.approve()
    first.publish(resumed_reason="確認を終えたため", tells=True)
    assert {email.subject for email in told()} == {"【公開再開】第1回DX推進部会の結果報告の公開を再開しました"}
    assert {"理由：確認を終えたため" in email.body.splitlines() for email in told()} == {True}


def test_what_was_withheld_before_it_left_is_told_to_nobody(first):
    first.publish(tells=True)
    gone = told().first()
    Job.objects.filter(pk=gone.job_id).update(state=JobState.DONE, finished_at=Now())
    first.withhold()
    states = dict(told().values_list("pk", "job__state"))
    assert states == {pk: JobState.DONE if pk == gone.pk else JobState.CANCELLED for pk in states}
    assert len(states) > 1


def test_another_reports_letters_go_on(first):
    first.publish(tells=True)
    revision = ReportRevision.objects.get()
    assert emails.stop([ReportRevision(pk=revision.pk + 1)]) == set()
    assert set(told().values_list("job__state", flat=True)) == {JobState.WAITING}
