from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("待機中")
    RUNNING = "running", _("実行中")
    DONE = "done", _("完了")
    FAILED = "failed", _("失敗")
    # A worker died over what must not be done twice: whether it was done, only a person can find out.
    UNCLEAR = "unclear", _("結果不明")
    CANCELLED = "cancelled", _("取消し")


NEEDING_A_PERSON = frozenset({JobState.FAILED, JobState.UNCLEAR})
ENDED = NEEDING_A_PERSON | {JobState.DONE, JobState.CANCELLED}
CANCELLABLE = NEEDING_A_PERSON | {JobState.WAITING}
