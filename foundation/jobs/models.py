from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from foundation.jobs.states import ENDED, NEEDING_A_PERSON, JobState

# The smaller number goes first.
URGENT = -10
NORMAL = 0


@dataclass(frozen=True)
class Progress:
    done: int
    total: int
    note: str

    @property
    def percent(self) -> int | None:
        """None where nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """In the order of their turn, as the index `jobs_turn` has them."""
        return self.filter(state=JobState.WAITING, due_at__lte=Now()).order_by("priority", "due_at", "id")

    def abandoned(self) -> "JobQuerySet":
        return self.filter(state=JobState.RUNNING, lease_until__lt=Now())

    def needing_a_person(self) -> "JobQuerySet":
        return self.filter(state__in=NEEDING_A_PERSON)


class Job(models.Model):
    """One piece of work: what, when, how often tried, what became of it."""

    kind = models.CharField(max_length=80)
    # Of one kind, the same key is the same job.
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    priority = models.SmallIntegerField(default=NORMAL)
    state = models.CharField(_("状態"), max_length=16, choices=JobState, default=JobState.WAITING)
    created_at = models.DateTimeField(_("作成"), db_default=Now())
    due_at = models.DateTimeField(_("予定"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("試行回数"), db_default=0)
    # Until when the worker that took it may have it in hand; also tells one taking from the next.
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("終了"), null=True)
    progress_done = models.PositiveBigIntegerField(db_default=0)
    progress_total = models.PositiveBigIntegerField(db_default=0)
    progress_note = models.CharField(max_length=200, blank=True, db_default="")
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    last_error = models.TextField(_("直近のエラー"), blank=True, db_default="")

    objects = JobQuerySet.as_manager()

    # Whether enqueue() wrote it just now, or found it.
    is_new = False
    # Writes the progress down; set by the worker that has the job in hand.
    tell: Callable[[], None] | None = None

    class Meta:
        verbose_name = _("処理")
        ordering = ["-id"]
        indexes = [
            # Whose turn it is, without sorting all that waits.
            models.Index(
                fields=["priority", "due_at", "id"],
                condition=models.Q(state=JobState.WAITING),
                name="jobs_turn",
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state=JobState.RUNNING), name="jobs_in_hand"),
            models.Index(
                fields=["kind"], condition=models.Q(state__in=sorted(NEEDING_A_PERSON)), name="jobs_for_a_person"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="jobs_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(ENDED), finished_at__isnull=False)
                | (~models.Q(state__in=sorted(ENDED)) & models.Q(finished_at__isnull=True)),
                name="jobs_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.RUNNING) | models.Q(lease_until__isnull=False),
                name="jobs_running_has_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def progress(self) -> Progress:
        return Progress(self.progress_done, self.progress_total, self.progress_note)

    def report(self, done: int, total: int, note: Any = "") -> None:
        """For its handler, as often as it likes; outside a worker nothing is written."""
        self.progress_done, self.progress_total, self.progress_note = done, total, str(note)[:200]
        if self.tell is not None:
            self.tell()
