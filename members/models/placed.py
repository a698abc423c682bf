"""Where a term stands in each order of its roster."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# A reading of 500 characters, the place of a section, and figures.
LONGEST = 650


class RosterOrder(models.TextChoices):
    ROSTER = "roster", _("名簿順")
    TITLE = "title", _("職位順")
    SECTION = "section", _("建制順")
    KANA = "kana", _("五十音順")

    @property
    def key(self) -> str:
        """The column that sorts in this order; with the number of the membership in it, it is one row's alone."""
        return f"{self.value}_key"


def place() -> "models.CharField[str, str]":
    return models.CharField(max_length=LONGEST, editable=False, default="", db_default="", db_collation="C")


class Placed(models.Model):
    """The keys are written by the database (migration 0011) whenever the term, the person's reading, the section's
    place or the desk's own order changes, so that a page of any roster is read off an index.
    """

    roster_key = place()
    title_key = place()
    section_key = place()
    kana_key = place()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["group", order.key], name=f"members_term_by_{order.value}")
            for order in RosterOrder
        ]
