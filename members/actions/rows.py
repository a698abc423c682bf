"""Writing a row so that the audit log can say what changed."""

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _


def write(row: Model, **values) -> dict:
    """Set, judge and save; returns {field: [before, after]} of what is now different."""
    changes = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        assert isinstance(field, Field)
        before = field.value_from_object(row)
        setattr(row, name, value)
        after = field.value_from_object(row)
        if before != after:
            changes[name] = [before, after]
    # A person needs no password; it is set on pages of its own.
    row.full_clean(exclude={"password"})
    row.save()
    return changes


def shorten(row, *, to) -> dict:
    """End a dated row on a day; the day itself still counts. It never becomes longer by ending."""
    if row.valid_to and to > row.valid_to:
        raise ValidationError({"valid_to": _("すでに、この日より前に終わることになっています。")})
    return write(row, valid_to=to)
