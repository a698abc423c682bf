from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# The place of a title that the town has put into no order: behind those that it has.
UNRANKED = 10_000


class JobTitle(models.Model):
    """A title in the town's own order (職位): 部長 before 課長 before 主査."""

    name = models.CharField(_("職名"), max_length=50, unique=True)
    rank = models.PositiveSmallIntegerField(_("順"))

    class Meta:
        verbose_name = _("職名")
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


def ranks() -> dict[str, int]:
    return dict(JobTitle.objects.values_list("name", "rank"))


def rank_of(title: str, known: dict[str, int]) -> int:
    """課税係長 ranks with 係長: by the longest title of the town that it ends with."""
    ends = [name for name in known if title.endswith(name)]
    return known[max(ends, key=len)] if ends else UNRANKED


class Titled(models.Model):
    """A post with a title, and the place that the title has in the town's order."""

    job_title = models.CharField(_("職名"), max_length=50, blank=True)
    title_rank = models.PositiveSmallIntegerField(editable=False, default=UNRANKED, db_default=UNRANKED)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_rank = rank_of(self.job_title, ranks()) if self.job_title else UNRANKED
        super().save(*args, **kwargs)


def rank_anew(posts: Iterable[models.QuerySet[Any]]) -> None:
    """After the town changed its order."""
    known = ranks()
    for rows in posts:
        for title in set(rows.values_list("job_title", flat=True)):
            rows.filter(job_title=title).update(title_rank=rank_of(title, known))
