"""What a desk has settled for its whole group: how reports look, what is paid, when it is due."""

from typing import TYPE_CHECKING

from django.db import models

from foundation.db.versioned import Versioned

if TYPE_CHECKING:
    from members.models.group import WorkingGroup


class GroupRules(Versioned):
    """One row of a kind to a group, or none: then what is usual holds. Next year's group begins with a copy."""

    group: "models.OneToOneField[WorkingGroup, WorkingGroup]"

    class Meta:
        abstract = True
