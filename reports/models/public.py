"""The archive: what stands in public of each meeting, as lists, feeds and search read it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.ui.paging import MOST_COUNTED
from members.models import Anybody, WorkingGroup
from reports.folding import grams_of_word, is_proved
from reports.models.report import Report, ReportRevision
from reports.searching import Piece

# By fiscal year and group, the last meeting first; and the last meeting of all first.
BY_GROUP = ["-group__fiscal_year", "group__slug", "-number"]
BY_DAY = ["-held_on", "-pk"]


@contextmanager
def by_the_index() -> Iterator[None]:
    """Inside, a word is looked up in the index of grams, also one that stands in half of all texts.

    The planner does not count that texts and grams lie apart, compressed: to read them row by row looks cheap.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield


@contextmanager
def day_by_day() -> Iterator[None]:
    """Inside, texts are read from the last day on until a page is full, and not all of them to be sorted first."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = on; SET LOCAL enable_sort = off")
        yield


class PublicReportQuerySet(models.QuerySet["PublicReport"]):
    def for_citizens(self) -> Self:
        return self.filter(group__is_public=True)

    def readable_by(self, user: Anybody) -> Self:
        """Of public groups by anyone; of the others by those to whom the group is visible."""
        if not user.is_authenticated:
            return self.for_citizens()
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))

    def saying(self, words: Sequence[str]) -> Self:
        """In which each of the folded words stands. The index knows it of short words; of longer ones it knows
        most texts in which they do not stand, and the others are read.
        """
        if not words:
            return self.all()
        found = self.filter(grams__contains=sorted({gram for word in words for gram in grams_of_word(word)}))
        for word in words:
            found = found if is_proved(word) else found.filter(folded__contains=word)
        return found

    def hits(self, words: Sequence[str]) -> "Hits":
        """The same for who reads a page of them, and how many there are, of many no more than is told.

        Of a common word not every text is read: where there are more than are counted, a page is soon full.
        """
        with by_the_index():
            counted = list(self.saying(words).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
        if len(counted) <= MOST_COUNTED:
            return Hits(self.filter(pk__in=counted), len(counted), is_more=False)
        return Hits(self.filter(*(Q(folded__contains=word) for word in words)), MOST_COUNTED, is_more=True)

    def light(self) -> Self:
        return self.defer("folded", "grams")


@dataclass(frozen=True)
class Hits:
    """Of more than are counted that there are more."""

    rows: PublicReportQuerySet
    count: int
    is_more: bool

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around the query of a page in the order of days."""
        if not self.is_more:
            yield
            return
        with day_by_day():
            yield


class PublicReport(models.Model):
    """Made when a report is published (reports/archive.py); a trigger takes it away as the report is withheld. All
    that stands in it stands in the revision too.
    """

    # Where the words of a search stand, told by its page.
    snippet: Sequence[Piece] = ()

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.CASCADE, related_name="public")
    revision = models.OneToOneField(ReportRevision, on_delete=models.CASCADE, related_name="public")
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="public_reports")
    number = models.PositiveSmallIntegerField(_("回"))
    held_on = models.DateField(_("開催日"))
    title = models.TextField(_("標題"))
    # At most three lines, each as it stands in the report.
    summary = models.TextField(_("要点"))
    published_at = models.DateTimeField(_("公開日時"))
    folded = models.TextField()
    grams = ArrayField(models.BigIntegerField())

    objects = PublicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("公開中の結果報告")
        indexes = [
            GinIndex(fields=["grams"], name="reports_public_grams", fastupdate=False),
            models.Index(fields=["-held_on", "-report"], name="reports_public_by_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return reverse("reports:report", args=[self.group.slug, self.number])

    @property
    def summary_lines(self) -> list[str]:
        return self.summary.splitlines()
