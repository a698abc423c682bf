"""An email is one kind of job: sent outside any transaction, for what has left cannot be rolled back."""

from collections.abc import Collection
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from foundation.jobs.models import Job
from foundation.jobs.registry import Kind
from foundation.mail import bundles
from foundation.mail.delivery import FolderDelivery, SmtpDelivery, delivery
from foundation.mail.models import Email

NAME = "mail.send"


class EmailKind(Kind):
    name = NAME
    transactional = False
    left_behind = _("送信の途中で処理が止まりました。届いたかどうかを宛先の方に確認してください。")

    def __init__(self, by: FolderDelivery | SmtpDelivery | None = None) -> None:
        self._given = by

    @cached_property
    def delivery(self) -> FolderDelivery | SmtpDelivery:
        return self._given or delivery()

    @property
    def repeatable(self) -> bool:  # type: ignore[override]
        return self.delivery.repeatable

    @property
    def lease(self) -> timedelta:  # type: ignore[override]
        return self.delivery.lease

    def open(self) -> None:
        self.delivery.open()

    def handle(self, job: Job) -> None:
        self.delivery.send(Email.objects.select_related("to", "job").get(job=job))

    def before_taking(self) -> None:
        bundles.one_hand_at_a_time()

    def taken(self, job: Job) -> None:
        bundles.gather(job)

    def laid_down(self, job: Job) -> None:
        bundles.lay_down(job)

    def ended(self, job: Job) -> None:
        """A login code must not lie around."""
        self.cancelled([job])
        bundles.end(job)

    def cancelled(self, jobs: Collection[Job]) -> None:
        """What goes along with one that is taken back leaves without it."""
        Email.objects.filter(job__in=jobs, sensitive=True).update(body="")

    def close(self) -> None:
        self.delivery.close()
