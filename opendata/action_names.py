"""What this app's actions are called in the audit log."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "opendata.upload": _("データの登録"),
    "opendata.next_version": _("新しい版の登録"),
    "opendata.replace": _("元のファイルの差替え"),
    "opendata.confirm_kind": _("データの種類の確認"),
    "opendata.take_as_next": _("公開中のデータの新しい版としての登録"),
    "opendata.discard": _("作成中のデータの取りやめ"),
    "opendata.read": _("元のファイルの読込み"),
    "opendata.accept_repairs": _("修正案の採用"),
    "opendata.undo_repairs": _("修正の取消し"),
    "opendata.upgrade": _("現行の版への更新"),
    "opendata.edit_cell": _("セルの手修正"),
    "opendata.edit_alike": _("同じ値のセルの手修正"),
    "opendata.bring_back": _("Excelでの修正の取込み"),
    "opendata.define": _("列の定義の確認"),
    "opendata.describe": _("公開する列と説明の入力"),
    "opendata.submit": _("データの提出"),
    "opendata.comment_cell": _("セルへのコメント"),
    "opendata.drop_comment": _("セルへのコメントの削除"),
    "opendata.return_version": _("データの差戻し"),
    "opendata.keep_unpublished": _("公開しないで保管"),
    "opendata.take_up": _("提出・保管したデータの作業の再開"),
    "opendata.review_again": _("保管したデータの確認の再開"),
    "opendata.publish": _("データの公開"),
    "opendata.make_files": _("公開ファイルの作成"),
    "opendata.remind_of_update": _("データの更新時期の案内"),
    "opendata.withdraw": _("データの公開停止"),
}
