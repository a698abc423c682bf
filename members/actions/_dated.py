"""What is true from a day to a day ends on a day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import write
from members.models.terms import Dated


def shorten(row: Dated, *, to: date, **more: Any) -> dict[str, list[Any]]:
    """End a dated row on a day; the day itself still counts. It never becomes longer by ending.

    Empty where it ends on that day already: the page was sent twice, and nothing is to be told of it again.
    """
    if row.valid_to and to > row.valid_to:
        raise ValidationError({"valid_to": _("既に、この日より前に終わることになっています。")})
    return write(row, valid_to=to, **more)
