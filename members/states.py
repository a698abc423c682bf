from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """Only how a person is counted; offices and the right to run the desk are rows of their own."""

    MEMBER = "member", _("部会メンバー")
    EXPERT = "expert", _("外部有識者")
    SECRETARIAT = "secretariat", _("事務局")
    OBSERVER = "observer", _("オブザーバー")


# Those who are summed in 【出席】; the others stand on the roll and move no figure.
COUNTED = [Category.MEMBER, Category.EXPERT]


class Office(models.TextChoices):
    CHAIR = "chair", _("部会長")
    VICE_CHAIR = "vice_chair", _("副部会長")
    ACTING = "acting", _("職務代理者")


class Channel(models.TextChoices):
    """How emails reach a person; those without mail get slips from the desk."""

    MAIL = "mail", _("メール")
    GROUPWARE = "groupware", _("グループウェア")
    PAPER = "paper", _("紙")


class SheetState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    SUBMITTED = "submitted", _("提出済み")
    SHOWN = "shown", _("部会内に公開済み")


class Audience(models.TextChoices):
    GROUP = "group", _("部会内")
    DESK = "desk", _("事務局のみ")


class Purpose(models.TextChoices):
    """What a personal link opens."""

    MEETING = "meeting", _("出欠回答")
    SHEET = "sheet", _("自己紹介シート")


# What the worker is told.
LETTER_JOB = "members.write_letter"


class EntryLetter(models.TextChoices):
    """What somebody before the door asks to be sent."""

    CODE = "code", _("確認コード")
    RESET = "reset", _("パスワード設定用リンク")


class Licence(models.TextChoices):
    """What the town's data may be used under; the municipality's is proposed for every data set."""

    CC_BY_4 = "CC-BY-4.0", _("クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）")
    PDL_1 = "PDL-1.0", _("公共データ利用規約（第1.0版）（PDL1.0）")
    CC0 = "CC0-1.0", _("CC0 1.0（権利を主張しない）")
