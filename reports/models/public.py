"""The archive: what stands in public of each meeting, as lists, feeds and search read it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Anybody, WorkingGroup
from reports.folding import grams_of_word, is_proved
from reports.models.report import Report, ReportRevision
from reports.searching import Piece

# By fiscal year and group, the last meeting first; and the last meeting of all first.
BY_GROUP = ["-group__fiscal_year", "group__slug", "-number"]
BY_DAY = ["-held_on", "-pk"]


@contextmanager
def by_the_index() -> Iterator[None]:
    """Inside, a word that stands in half of all texts is looked up in the index too.

    To read the grams of every row looks cheap to the planner: it does not count that they lie apart, compressed.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
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

    def hits(self, words: Sequence[str]) -> Self:
        """The same for who counts them and reads a page of them: no text is read twice."""
        found = self.saying(words)
        if all(map(is_proved, words)):
            return found
        return self.filter(pk__in=list(found.values_list("pk", flat=True)))

    def light(self) -> Self:
        return self.defer("folded", "grams")


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
