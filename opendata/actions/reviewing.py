"""Handed in, and handed back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from foundation.audit import trail
from members.policy import demand
from opendata import emails, locks, policy, readiness
from opendata.conflict import refuse_stale
from opendata.models import DatasetVersion
from opendata.states import VersionState


@transaction.atomic
def submit(*, version: DatasetVersion, by, seen: int) -> DatasetVersion:
    """Hand the version in as the check page showed it, and tell the reviewers."""
    held = locks.hold(version)
    if held.is_submitted and policy.can_upload_for(by, held.dataset.department):
        return held  # the button was pressed twice
    demand(policy.can_change(by, held))
    refuse_stale(held, seen)
    if found := readiness.blockers(held):
        raise ValidationError([blocker.message for blocker in found])
    held.state, held.submitted_at = VersionState.SUBMITTED, timezone.now()
    locks.save(held, "state", "submitted_at")
    trail.record(by=by, deed="opendata.submit", target=held)
    emails.tell_reviewers(held, by=by)
    return held


@transaction.atomic
def return_(*, version: DatasetVersion, by, reason: str) -> DatasetVersion:
    """Hand the version back to the section, with what is wanted."""
    version = locks.hold(version)
    demand(policy.can_decide(by, version))
    version.state, version.returned_reason = VersionState.RETURNED, reason
    locks.save(version, "state", "returned_reason")
    trail.record(by=by, deed="opendata.return", target=version, reason=reason)
    emails.tell_uploader("returned", version, by=by)
    return version
