"""What kinds of work there are. The settings name them, for this floor knows no app."""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from foundation.jobs.models import Job

Handler = Callable[["Job"], None]


class Kind:
    """How one kind of job is done.

    `transactional`: what it writes and its end are one transaction, rolled back when the worker stops or dies.
    Work that leaves the house cannot be rolled back and says False.
    `repeatable`: what a dead worker had in hand may be done again; otherwise it becomes 結果不明, and a person
    finds out.
    """

    name: str
    transactional: bool = True
    repeatable: bool = True
    lease: timedelta = timedelta(minutes=1)
    attempts: int = 10
    # What a person reads about a job that was left behind and may not be repeated.
    left_behind: "StrOrPromise" = _("途中で処理が止まりました。行われたかどうかを確認してください。")

    def open(self) -> None:
        """Before a job is taken; NotNow, where what it needs is away, costs no job an attempt."""

    def handle(self, job: "Job") -> None:
        raise NotImplementedError

    def before_taking(self) -> None:
        """In the transaction that then takes a job."""

    def taken(self, job: "Job") -> None:
        """In the same transaction: what goes along with this job is in the same hand from now on."""

    def laid_down(self, job: "Job") -> None:
        """In the transaction that lets a job in hand wait again."""

    def ended(self, job: "Job") -> None:
        """In the transaction that ends the job, whatever its end."""

    def cancelled(self, jobs: "Collection[Job]") -> None:
        """The same of many at once that nobody had begun."""
        for job in jobs:
            self.ended(job)

    def close(self) -> None:
        """Nothing is due: what was held open may go."""


class FunctionKind(Kind):
    def __init__(self, name: str, handler: Handler, *, repeatable: bool, lease: timedelta, attempts: int) -> None:
        self.name, self.handler = name, handler
        self.repeatable, self.lease, self.attempts = repeatable, lease, attempts

    def handle(self, job: "Job") -> None:
        self.handler(job)


def kind(
    name: str,
    *,
    repeatable: bool = True,
    lease: timedelta = Kind.lease,
    attempts: int = Kind.attempts,
) -> Callable[[Handler], FunctionKind]:
    """Make a function a kind of job; settings.JOB_KINDS names it."""

    def named(handler: Handler) -> FunctionKind:
        return FunctionKind(name, handler, repeatable=repeatable, lease=lease, attempts=attempts)

    return named


def kinds() -> dict[str, Kind]:
    """By name. A new set each time: a worker's may hold connections."""
    found = [_kind(path) for path in settings.JOB_KINDS]
    assert len({each.name for each in found}) == len(found), "two kinds of job have one name"
    return {each.name: each for each in found}


def _kind(path: str) -> Kind:
    named = import_string(path)
    return named() if isinstance(named, type) else named
