"""Rows that count their changes: a page sends back the count it showed, and a stale one is known as such."""

from django.db import models


class Versioned(models.Model):
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
