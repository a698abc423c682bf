"""Handed in, and handed back."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.actions import Actor, action, demand, record
from opendata import emails, locks, policy, readiness
from opendata.conflict import refuse_stale
from opendata.models import DatasetVersion
from opendata.states import VersionState


@action
def submit(*, version: DatasetVersion, by: Actor, seen: int) -> DatasetVersion:
    """Hand the version in as the check page showed it, and tell the reviewers."""
    held = locks.hold(version)
    if held.is_submitted and policy.can_upload_for(by.user, held.dataset.department):
        return held  # the button was pressed twice
    demand(policy.can_change(by.user, held), policy.NOT_ALLOWED)
    refuse_stale(held, seen)
    if found := readiness.blockers(held):
        raise ValidationError([blocker.message for blocker in found])
    held.state, held.submitted_at = VersionState.SUBMITTED, timezone.now()
    locks.save(held, "state", "submitted_at")
    record(by=by, action="opendata.submit", target=held)
    emails.tell_reviewers(held, by=by)
    return held


@action
def return_(*, version: DatasetVersion, by: Actor, reason: str) -> DatasetVersion:
    """Hand the version back to the section, with what is wanted."""
    version = locks.hold(version)
    demand(policy.can_decide(by.user, version), policy.NOT_ALLOWED)
    version.state, version.returned_reason = VersionState.RETURNED, reason
    locks.save(version, "state", "returned_reason")
    record(by=by, action="opendata.return", target=version, reason=reason)
    emails.tell_uploader("returned", version, by=by)
    return version
