from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("作成中")
    REVIEW = "review", _("確認中")
    APPROVED = "approved", _("決裁・供覧済み")


NEXT: dict[str, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.REVIEW},
    ReportState.REVIEW: {ReportState.DRAFT, ReportState.APPROVED},
    ReportState.APPROVED: {ReportState.DRAFT},
}


class ApprovalKind(models.TextChoices):
    """What came of a proof that went round; who circulates decides nothing."""

    DECISION = "decision", _("決裁")
    CIRCULATION = "circulation", _("供覧")
    RETURNED = "returned", _("差戻し")


SETTLED = (ApprovalKind.DECISION, ApprovalKind.CIRCULATION)


class Decision(models.TextChoices):
    """On what somebody wants to read otherwise."""

    ADOPTED = "adopted", _("採用")
    DECLINED = "declined", _("不採用")


class DayCount(models.TextChoices):
    """How days are counted until something is due."""

    WORKING = "working", _("開庁日")
    CALENDAR = "calendar", _("日（閉庁日も数える）")


class FactsLook(models.TextChoices):
    """How label and words of the parts on top stand to each other."""

    BRACKETS = "brackets", _("【日時】 令和…")
    COLON = "colon", _("日時：令和…")
    NUMBERED = "numbered", _("1　日時　令和…（番号を付ける）")
    TABLE = "table", _("表")


class HeadingLook(models.TextChoices):
    BRACKETS = "【】", _("【見出し】")
    TORTOISE = "〔〕", _("〔見出し〕")
    DOUBLE = "《》", _("《見出し》")
    CIRCLE = "○", _("○見出し")
    BARE = "none", _("見出し（記号なし）")


class EraLook(models.TextChoices):
    WAREKI = "wareki", _("令和3年5月18日")
    WESTERN = "western", _("2021年5月18日")
    BOTH = "both", _("令和3年（2021年）5月18日")


class WeekdayLook(models.TextChoices):
    SHORT = "short", _("（火）")
    LONG = "long", _("（火曜日）")
    NONE = "none", _("書かない")


class ClockLook(models.TextChoices):
    HALVES = "halves", _("午前・午後（0分も書く）")
    HALVES_SHORT = "halves_short", _("午前・午後（0分は書かない）")
    HOURS = "hours", _("24時間（時と分）")
    COLON = "colon", _("24時間（コロン）")


class SpanLook(models.TextChoices):
    WAVE = "wave", _("開会～閉会")
    WORDS = "words", _("開会から閉会まで")
    BOTH_HALVES = "both_halves", _("開会から閉会まで（閉会にも午前・午後を書く）")
    OPEN = "open", _("開会～（閉会の時刻は書かない）")


class NamesLook(models.TextChoices):
    NAMES = "names", _("氏名")
    TITLES = "titles", _("所属・職名と氏名")
