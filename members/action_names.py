"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "members.add_department": _("課の登録"),
    "members.change_department": _("課の変更"),
    "members.end_department": _("課の終了"),
    "members.add_person": _("職員等の登録"),
    "members.change_person": _("職員等の変更"),
    "members.make_administrator": _("システム管理者の指定"),
    "members.post": _("配属の登録"),
    "members.end_posting": _("配属の終了"),
    "members.log_in": _("ログイン"),
    "members.fail_to_log_in": _("ログインの失敗"),
    "members.set_password": _("パスワードの設定"),
    "members.add_group": _("部会の登録"),
    "members.change_group": _("部会の変更"),
    "members.grant_desk": _("事務局の権限の付与"),
    "members.end_grant": _("事務局の権限の終了"),
    "members.change_municipality": _("団体の変更"),
    "members.add_member": _("参加者の追加"),
    "members.change_post": _("職名・所属の変更"),
    "members.correct_term": _("参加の期間の訂正"),
    "members.end_membership": _("参加の終了"),
    "members.move_member": _("名簿の並べ替え"),
    "members.give_office": _("役職の登録"),
    "members.end_office": _("役職の終了"),
    "members.personal_link": _("回答用リンクの作成"),
    "members.revoke_link": _("回答用リンクの作り直し"),
    "members.submit_sheet": _("自己紹介シートの提出"),
    "members.change_sheet": _("自己紹介シートの変更"),
    "members.show_sheet": _("自己紹介シートの公開"),
}
