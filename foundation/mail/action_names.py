"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "mail.resend": _("メールの再送"),
    "mail.cancel": _("メールの取消し"),
    "mail.come_back": _("メールの不達の記録"),
}
