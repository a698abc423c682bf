"""What is written in the audit log beside the actions: what the house refused."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "audit.refuse": _("断った閲覧・操作"),
    "audit.brake": _("回数の制限による受付停止"),
    "audit.scan": _("ウイルス検査による受付停止"),
}
