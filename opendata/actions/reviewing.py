"""Handed in, and handed back."""

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
