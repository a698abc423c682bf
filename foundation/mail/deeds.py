"""What this app's deeds are called in the trail."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "mail.resend": _("メールの再送"),
    "mail.cancel": _("メールの取消し"),
}
