"""A material that was taken away, kept for the desk or replaced is noted, and not shown again by a restore; nor is
one published to which its presenter consents no longer.
"""

from typing import Any

from django.db.models import Model

from foundation.db import clock
from foundation.ledger.notes import note
from meetings.models import Material, MaterialConsent, MaterialVersion
from meetings.states import MaterialAudience


def note_material(material: Material, *, by: int | None) -> None:
    """Who reads it from now on, and which version."""
    number = material.versions.count()
    shown = material.withdrawn_at is None and material.audience == MaterialAudience.GROUP
    note("material", material, shown=shown, number=number, by=by)


def material(pk: int, said: dict[str, Any]) -> Model | None:
    """What people were no longer to read they do not read; the desk finds it among what was taken away."""
    row = Material.objects.standing().filter(pk=pk, audience=MaterialAudience.GROUP).first()
    if row is None or (said["shown"] and row.versions.count() >= said["number"]):
        return None
    row.withdrawn_at, row.withdrawn_by_id = clock.now(), said["by"]
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return row


def note_consent(said: MaterialConsent) -> None:
    """Whatever the version's last word is in a backup, this is it."""
    words = {"name": said.name, "way": said.way, "how": said.how, "given_on": said.given_on}
    note("consent", said.version, membership=said.membership_id, by=said.recorded_by_id, **words)


def consent(pk: int, said: dict[str, Any]) -> Model | None:
    """It was taken back, and stands again: it is said once more that it was."""
    version = MaterialVersion.objects.filter(pk=pk).first()
    last = version.consents.last() if version else None
    if last is None or not last.consents:
        return None
    words = {name: said[name] for name in ("name", "way", "how", "given_on")}
    people = {"membership_id": said["membership"], "recorded_by_id": said["by"]}
    return MaterialConsent.objects.create(version=last.version, consents=False, **words, **people)
