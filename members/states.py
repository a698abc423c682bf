from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """Only how a person is counted; offices and the right to run the desk are rows of their own.

    What they are called on pages and in reports is the group's (models/words.py); these are the neutral words.
    """

    MEMBER = "member", _("構成員")
    EXPERT = "expert", _("外部有識者")
    SECRETARIAT = "secretariat", _("事務局")
    OBSERVER = "observer", _("オブザーバー")


# Those who are summed in 【出席】; the others stand on the roll and move no figure.
COUNTED = [Category.MEMBER, Category.EXPERT]


class Quorum(models.TextChoices):
    """How many of those who are counted must come, by a group's charter."""

    MAJORITY = "majority", _("過半数")
    HALF = "half", _("2分の1以上")
    TWO_THIRDS = "two_thirds", _("3分の2以上")

    def needed(self, people: int) -> int:
        if self is Quorum.MAJORITY:
            return people // 2 + 1
        return -(-people // 2) if self is Quorum.HALF else -(-people * 2 // 3)


class Majority(models.TextChoices):
    """How many have to be for a decision, by a group's charter."""

    ANSWERED = "answered", _("回答者（出席者）の過半数")
    EVERYBODY = "everybody", _("全員（欠席者を含む）の過半数")
    TWO_THIRDS = "two_thirds", _("回答者（出席者）の3分の2以上")
    ALL = "all", _("回答者（出席者）の全員")

    def carries(self, *, yes: int, answered: int, people: int) -> bool:
        if self is Majority.ALL:
            return 0 < answered == yes
        if self is Majority.TWO_THIRDS:
            return 0 < 2 * answered <= 3 * yes
        return 2 * yes > (people if self is Majority.EVERYBODY else answered)


class Office(models.TextChoices):
    CHAIR = "chair", _("座長")
    VICE_CHAIR = "vice_chair", _("副座長")
    ACTING = "acting", _("職務代理者")


class DepartmentLevel(models.TextChoices):
    """Where a section stands in the organisation of the town."""

    BUREAU = "bureau", _("部局")
    DIVISION = "division", _("課")
    UNIT = "unit", _("係")


class PostingKind(models.TextChoices):
    MAIN = "main", _("本務")
    CONCURRENT = "concurrent", _("併任（兼務）")


class Channel(models.TextChoices):
    """How emails reach a person; those without mail get slips from the desk."""

    MAIL = "mail", _("メール")
    GROUPWARE = "groupware", _("グループウェア")
    PAPER = "paper", _("紙")


class SheetState(models.TextChoices):
    DRAFT = "draft", _("下書き")
    SUBMITTED = "submitted", _("提出済み")
    SHOWN = "shown", _("参加者に公開済み")


class RosterState(models.TextChoices):
    """How far a list of people is that came in."""

    READ = "read", _("確認の準備中")
    PREVIEWED = "previewed", _("内容の確認待ち")
    APPLIED = "applied", _("登録済み")
    UNDONE = "undone", _("取消し済み")


class Audience(models.TextChoices):
    GROUP = "group", _("参加者と事務局")
    DESK = "desk", _("事務局のみ")


class Purpose(models.TextChoices):
    """What a personal link opens."""

    MEETING = "meeting", _("出欠回答")
    SHEET = "sheet", _("自己紹介シート")
    CALENDAR = "calendar", _("予定表用アドレス")


# Those that a person answers by, and that the desk hands out on paper where no mail arrives.
ANSWERED = frozenset({Purpose.MEETING, Purpose.SHEET})

# What the worker is told.
LETTER_JOB = "members.write_letter"
PREVIEW_JOB = "members.preview_roster"


class EntryLetter(models.TextChoices):
    """What somebody before the door asks to be sent."""

    CODE = "code", _("確認コード")
    RESET = "reset", _("パスワード設定用リンク")


class Licence(models.TextChoices):
    """What the town's data may be used under; the municipality's is proposed for every data set."""

    CC_BY_4 = "CC-BY-4.0", _("クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）")
    PDL_1 = "PDL-1.0", _("公共データ利用規約（第1.0版）（PDL1.0）")
    CC0 = "CC0-1.0", _("CC0 1.0（権利を主張しない）")
