"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "retention.set_period": _("保存期間の設定"),
    "retention.place_hold": _("廃棄の差止め"),
    "retention.lift_hold": _("廃棄の差止めの解除"),
    "retention.decide": _("廃棄の決定"),
    "retention.cancel": _("廃棄の決定の取消し"),
    "retention.stop": _("廃棄の中止"),
    "retention.carry_out": _("廃棄"),
    "retention.archive": _("保存用ZIPファイルの作成"),
}
