"""Handed in, handed back, and kept instead of published."""

from django.core.exceptions import ValidationError

from foundation.actions import Actor, action, demand, record, refuse_stale
from foundation.db import clock
from opendata import emails, policy
from opendata.actions._shared import hold_version, keep
from opendata.models import DatasetVersion
from opendata.states import VersionState
from opendata.table import readiness


@action
def submit(*, version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    """Hand the version in as the check page showed it, and tell the reviewers."""
    held = hold_version(version)
    if held.is_submitted and policy.can_upload_for(by.user, held.dataset.department):
        return held  # the button was pressed twice
    demand(policy.can_change(by.user, held), policy.NOT_TO_CHANGE)
    refuse_stale(held, seen)
    if found := readiness.blockers(held):
        raise ValidationError([blocker.message for blocker in found])
    held.state, held.submitted_at = VersionState.SUBMITTED, clock.now()
    keep(held, "state", "submitted_at")
    record(by=by, action="opendata.submit", target=held)
    emails.tell_reviewers(held, by=by)
    return held


@action
def return_version(*, version: DatasetVersion, by: Actor, seen: int, reason: str) -> DatasetVersion:
    """Hand the version back to the section, with what is wanted."""
    version = hold_version(version)
    demand(policy.can_decide(by.user, version), policy.NOT_TO_DECIDE)
    refuse_stale(version, seen)
    keep(version, state=VersionState.RETURNED, returned_reason=reason)
    record(by=by, action="opendata.return_version", target=version, reason=reason)
    emails.tell_uploader("returned", version, by=by)
    return version


@action
def keep_unpublished(*, version: DatasetVersion, by: Actor, seen: int, reason: str) -> DatasetVersion:
    """It was handed in and stays in the house: for the assignment it counts, for citizens it is not there."""
    version = hold_version(version)
    demand(policy.can_decide(by.user, version), policy.NOT_TO_DECIDE)
    refuse_stale(version, seen)
    keep(version, state=VersionState.KEPT, kept_reason=reason, kept_at=clock.now())
    record(by=by, action="opendata.keep_unpublished", target=version, reason=reason)
    emails.tell_uploader("kept", version, by=by)
    return version


@action
def take_up(*, version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    """The section works again on what it handed in, or on what was kept. Who was not told yet, is not told."""
    version = hold_version(version)
    demand(policy.can_take_up(by.user, version), policy.NOT_TO_TAKE_UP)
    emails.stop_telling_reviewers(version)
    return _no_longer_kept(version, VersionState.DRAFT, by=by, seen=seen, action="opendata.take_up")


@action
def review_again(*, version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    """The reviewer has it before them again, as it was handed in."""
    version = hold_version(version)
    demand(policy.can_review_again(by.user, version), policy.NOT_TO_REVIEW_AGAIN)
    version = _no_longer_kept(version, VersionState.SUBMITTED, by=by, seen=seen, action="opendata.review_again")
    emails.tell_uploader("review_again", version, by=by)
    return version


def _no_longer_kept(
    version: DatasetVersion, state: VersionState, *, by: Actor, seen: int, action: str
) -> DatasetVersion:
    refuse_stale(version, seen)
    reason = version.kept_reason
    keep(version, state=state, kept_reason="", kept_at=None)
    record(by=by, action=action, target=version, kept_reason=[reason, ""])
    return version
