"""A material that was taken away, kept for the desk or replaced is noted, and not shown again by a restore."""

from typing import Any

from django.db.models import Model

from foundation.db import clock
from foundation.ledger.notes import note
from meetings.models import Material
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
