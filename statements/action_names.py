"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "statements.edit_text": _("サイトの方針の下書きの変更"),
    "statements.publish_text": _("サイトの方針の公開"),
    "statements.withdraw": _("サイトの方針・試験結果の掲載の取りやめ"),
    "statements.add_test": _("アクセシビリティ試験の登録"),
    "statements.edit_test": _("アクセシビリティ試験の登録内容の変更"),
    "statements.take_in_automatic": _("自動試験の結果の取込み"),
    "statements.judge": _("アクセシビリティ試験の判定"),
    "statements.publish_results": _("アクセシビリティの試験結果の公開"),
}
