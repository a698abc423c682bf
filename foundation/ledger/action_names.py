"""What this room's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "ledger.restore": _("バックアップからの復元"),
    "ledger.shut_again": _("復元の後の、取消しの再適用"),
    "ledger.release": _("復元の後の、公開の再開"),
}
