from django.db import models
from django.utils.translation import gettext_lazy as _


class Statement(models.TextChoices):
    """What the town says of its site. Each is published by a decision of the town."""

    CONTACT = "contact", _("お問い合わせ")
    POLICY = "policy", _("サイトポリシー")
    PRIVACY = "privacy", _("個人情報の取扱い")
    ACCESSIBILITY = "accessibility", _("アクセシビリティ方針")
    RESULTS = "results", _("アクセシビリティの試験結果")


# Those that are texts; results are a table.
TEXTS = [Statement.CONTACT, Statement.POLICY, Statement.PRIVACY, Statement.ACCESSIBILITY]


class PageType(models.TextChoices):
    """The sorts of page that a test looks at: a sort looks the same wherever it is."""

    HOME = "home", _("トップ")
    GROUP = "group", _("会議体")
    REPORT = "report", _("結果報告")
    CATALOGUE = "catalogue", _("データ一覧")
    DATASET = "dataset", _("データ")
    ABOUT = "about", _("方針")
    REPLY = "reply", _("回答")
    LOGIN = "login", _("ログイン")


# What a sort is called where there is room.
PAGE_NAMES = {
    PageType.HOME: _("トップページ"),
    PageType.GROUP: _("会議体のページ"),
    PageType.REPORT: _("結果報告のページ"),
    PageType.CATALOGUE: _("公開データの一覧"),
    PageType.DATASET: _("データセットのページ"),
    PageType.ABOUT: _("「このサイトについて」と各方針のページ"),
    PageType.REPLY: _("出欠などの回答ページ（入力フォーム）"),
    PageType.LOGIN: _("ログインのページ"),
}


class Judgement(models.TextChoices):
    """What stands in a cell. Only a person says that a criterion is met; a machine finds failures, or none."""

    PASS = "pass", _("適合")
    FAIL = "fail", _("不適合")
    NOT_APPLICABLE = "not_applicable", _("適用なし")
    CLEAN = "clean", _("目視確認待ち")
    UNTESTED = "untested", _("未試験")


BY_HAND = [Judgement.PASS, Judgement.FAIL, Judgement.NOT_APPLICABLE]


class Degree(models.TextChoices):
    """対応度: what may be said of the site, by the last results that were published."""

    CONFORMS = "conforms", _("準拠")
    PARTLY = "partly", _("一部準拠")
    CONSIDERS = "considers", _("配慮")
