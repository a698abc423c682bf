"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "reports.write_outcome": _("結果報告に載せる内容の入力"),
    "reports.override_sentence": _("結果報告の文の置き換え"),
    "reports.restore_sentence": _("結果報告の文を自動の文に戻すこと"),
    "reports.ask_for_words": _("発言等の確認の依頼"),
    "reports.move_words": _("発言等の確認の期限の変更"),
    "reports.remind_of_words": _("発言等の確認の再案内"),
    "reports.call_off_words": _("発言等の確認の依頼の取下げ"),
    "reports.answer_words": _("発言等の確認の回答"),
    "reports.take_back_words": _("発言等の確認の回答の取消し"),
    "reports.decide_on_words": _("修正の申出の採否の記録"),
    "reports.file_report": _("過去の会議録の登録"),
    "reports.correct_filed": _("過去の会議録の訂正"),
    "reports.edit_style": _("結果報告の様式の変更"),
    "reports.edit_due_rules": _("公表の期限の変更"),
    "reports.note_told": _("公表した日の記録"),
    "reports.send_for_review": _("結果報告を確認中にする"),
    "reports.take_back": _("結果報告を作成中に戻す"),
    "reports.approve": _("結果報告の決裁・供覧の記録"),
    "reports.send_back": _("結果報告の差戻しの記録"),
    "reports.publish": _("結果報告の公開"),
    "reports.withhold": _("結果報告の公開停止"),
}
