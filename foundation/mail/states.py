from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.jobs.states import JobState


class EmailState(TextChoices):
    """What the states of its job are called where the job is an email."""

    WAITING = JobState.WAITING.value, _("送信待ち")
    SENDING = JobState.RUNNING.value, _("送信中")
    SENT = JobState.DONE.value, _("送信済み")
    UNDELIVERABLE = JobState.FAILED.value, _("不達")
    UNCERTAIN = JobState.UNCLEAR.value, _("送信結果不明")
    CANCELLED = JobState.CANCELLED.value, _("取消し")


class BounceKind(Enum):
    """What a mail server reports of a letter that it had taken, the worst first."""

    FAILED = "failed"
    DELAYED = "delayed"
    NOTHING = "nothing"
