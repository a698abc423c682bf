"""Who may do what with a data set, and when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from opendata import policy
from opendata.models import Dataset
from tests import builders

PEOPLE = ["kimura", "suzuki", "steward", "sato", "tanaka", "abe", "stranger", "nobody"]


@pytest.fixture
def steward(town):
    return builders.make_user(is_data_steward=True)


@pytest.fixture
def nobody():
    return AnonymousUser()


def those_who(request, may):
    return [name for name in PEOPLE if may(request.getfixturevalue(name))]


def test_the_section_uploads(request, environment_section):
    assert those_who(request, lambda user: policy.can_upload_for(user, environment_section)) == ["kimura"]


def test_a_posting_that_ended_gives_no_right(environment_section, town):
    gone = builders.make_user()
    builders.make_posting(user=gone, department=environment_section, valid_to=builders.LONG_AGO)
    assert not policy.can_upload_for(gone, environment_section)


def test_the_section_changes_its_draft(request, draft):
    assert those_who(request, lambda user: policy.can_change(user, draft)) == ["kimura"]


def test_nobody_changes_what_was_handed_in(request, submitted):
    assert those_who(request, lambda user: policy.can_change(user, submitted)) == []


def test_stewards_review_everything_and_who_is_named_at_a_desk_its_assignments(request, draft):
    assert those_who(request, lambda user: policy.can_review(user, draft.dataset)) == ["suzuki", "steward"]
    Dataset.objects.update(assignment=None)
    assert those_who(request, lambda user: policy.can_review(user, draft.dataset)) == ["steward"]


def test_who_reviews_one_data_set_does_not_review_another(draft, suzuki, kimura):
    other = builders.make_dataset(department=draft.dataset.department, by=kimura)
    assert [policy.can_review(suzuki, dataset) for dataset in (draft.dataset, other)] == [True, False]


def test_who_works_in_one_section_does_not_upload_for_another(kimura, environment_section, citizens_section):
    sections = (environment_section, citizens_section)
    assert [policy.can_upload_for(kimura, section) for section in sections] == [True, False]


def test_another_group_s_reviewer_is_none_by_itself(draft):
    elsewhere = builders.make_grant(group=builders.make_group(), user=builders.make_user(), reviews_data=True)
    assert not policy.can_review(elsewhere.user, draft.dataset)


def test_who_runs_the_desk_and_is_not_named_reviews_nothing(draft, suzuki):
    suzuki.desk_grants.update(reviews_data=False)
    assert not policy.can_review(suzuki, draft.dataset)


def test_whoever_is_no_longer_active_reviews_nothing(steward, draft):
    steward.is_active = False
    steward.save()
    assert not policy.can_review(steward, draft.dataset)


def test_a_grant_that_ended_gives_no_right(suzuki, draft):
    suzuki.desk_grants.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert not policy.can_review(suzuki, draft.dataset)


def test_nobody_decides_on_what_they_uploaded_themselves(submitted, steward, suzuki):
    type(submitted).objects.update(uploaded_by=suzuki)
    submitted.refresh_from_db()
    assert [policy.can_decide(user, submitted) for user in (suzuki, steward)] == [False, True]
    assert list(policy.reviewers(submitted)) == [steward]


def test_reviewers_decide_what_was_handed_in(request, submitted):
    assert those_who(request, lambda user: policy.can_decide(user, submitted)) == ["suzuki", "steward"]


def test_nobody_decides_a_draft(request, draft):
    assert those_who(request, lambda user: policy.can_decide(user, draft)) == []


def test_section_and_reviewers_withdraw(request, published):
    withdraws = those_who(request, lambda user: policy.can_withdraw(user, published.dataset))
    assert withdraws == ["kimura", "suzuki", "steward"]


def test_nobody_withdraws_what_was_never_published(request, draft):
    assert those_who(request, lambda user: policy.can_withdraw(user, draft.dataset)) == []


def test_nobody_withdraws_twice(request, withdrawn):
    assert those_who(request, lambda user: policy.can_withdraw(user, Dataset.objects.get())) == []
