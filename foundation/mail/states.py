from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EmailState(TextChoices):
    WAITING = "waiting", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済み")
    UNDELIVERABLE = "undeliverable", _("不達")
    # The process died between handing the email to the mail server and noting so. Only a person may
    # decide to send it again: an email is never sent twice by the machine.
    UNCERTAIN = "uncertain", _("送信結果不明")
    CANCELLED = "cancelled", _("取消し")


NEEDING_A_PERSON = frozenset({EmailState.UNDELIVERABLE, EmailState.UNCERTAIN})
CANCELLABLE = NEEDING_A_PERSON | {EmailState.WAITING}
