"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "reports.write_outcome": _("会議の成果の記入"),
    "reports.send_for_review": _("結果報告の確認への回付"),
    "reports.take_back": _("結果報告の作成中への差戻し"),
    "reports.approve": _("結果報告の決裁・供覧の記録"),
    "reports.publish": _("結果報告の公開"),
    "reports.withhold": _("結果報告の公開停止"),
}
