from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("準備中")
    ANNOUNCED = "announced", _("開催通知済み")
    HELD = "held", _("開催済み")
    CANCELLED = "cancelled", _("中止")


# A meeting that its people know of: called, or held since.
KNOWN = frozenset({MeetingState.ANNOUNCED, MeetingState.HELD})

# What may follow what. Open or late is not here: it comes from the clock.
NEXT: dict[str, set[MeetingState]] = {
    MeetingState.DRAFT: {MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CANCELLED},
    # Back to DRAFT where the call was taken back before anybody had it.
    MeetingState.ANNOUNCED: {MeetingState.DRAFT, MeetingState.HELD, MeetingState.CANCELLED},
    # Back to where it was, while nothing of it has left the house.
    MeetingState.HELD: {MeetingState.DRAFT, MeetingState.ANNOUNCED},
    # Back where too few came and that was not so after all; what was called off is made anew.
    MeetingState.CANCELLED: {MeetingState.DRAFT, MeetingState.ANNOUNCED},
}


class NoticeStyle(models.TextChoices):
    """Two papers of the office: the one has a number and is filed, the other is light and stays in the house."""

    FORMAL = "formal", _("通知")
    MEMO = "memo", _("事務連絡")


class LetterKind(models.TextChoices):
    """What people are told of a meeting, each kind by a text of its own (templates/meetings/mail/)."""

    ANNOUNCE = "announce", _("開催通知")
    CHANGE = "change", _("日時・場所の変更")
    DEADLINE = "deadline", _("回答期限の変更")
    EXTEND = "extend", _("回答期限の延長")
    REMIND = "remind", _("再案内")
    EVE = "eve", _("前開庁日のお知らせ")
    QUESTIONS = "questions", _("質問のお知らせ")
    MATERIALS = "materials", _("資料のお知らせ")
    CANCEL = "cancel", _("中止のお知らせ")
    RESEND = "resend", _("回答用リンクの再送")
    IN_SHORT = "in_short", _("欠席した方への要点")
    DATES = "dates", _("日程調整のお願い")
    REMIND_DATES = "re_dates", _("日程調整の再案内")


# Asks on which days one can come, before there is a day to call for.
OF_DATES = frozenset({LetterKind.DATES, LetterKind.REMIND_DATES})


class DateMark(models.TextChoices):
    """What somebody says of a candidate day, best first."""

    YES = "yes", _("○ 出席できる")
    MAYBE = "maybe", _("△ 調整すれば出席できる")
    NO = "no", _("× 出席できない")

    @property
    def sign(self) -> str:
        return str(self.label)[0]


class Mode(models.TextChoices):
    """How somebody takes part; a substitute stands beside venue or online."""

    VENUE = "venue", _("会場で出席")
    ONLINE = "online", _("オンラインで出席")
    ABSENT = "absent", _("欠席")


PRESENT = [Mode.VENUE, Mode.ONLINE]


class Method(models.TextChoices):
    GROUP_WORK = "group_work", _("グループワーク")
    DISCUSSION = "discussion", _("意見交換")
    BRIEFING = "briefing", _("説明・報告")
    WRITTEN = "written", _("書面開催")


class PayUnit(models.TextChoices):
    """By what people are paid for coming."""

    DAY = "day", _("1日につき")
    HOUR = "hour", _("1時間につき")


class HourRounding(models.TextChoices):
    """What becomes of the part of an hour."""

    EXACT = "exact", _("端数処理をしない（1分単位）")
    UP_HALF = "up_half", _("30分未満を30分に切り上げる")
    DOWN_HALF = "down_half", _("30分未満を切り捨てる（30分単位）")
    UP_HOUR = "up_hour", _("1時間未満を1時間に切り上げる")
    DOWN_HOUR = "down_hour", _("1時間未満を切り捨てる")
    NEAREST = "nearest", _("30分以上は1時間に切り上げ、30分未満は切り捨てる")


class Approval(models.TextChoices):
    """What somebody says in writing of an item that asks for a decision."""

    YES = "yes", _("承認する")
    NO = "no", _("承認しない")
    OTHER = "other", _("賛否を示さず、意見を述べる")


class ItemKind(models.TextChoices):
    BRIEFING = "briefing", _("説明")
    INTRODUCTIONS = "introductions", _("自己紹介")
    TALK = "talk", _("話題提供")
    ASSIGNMENT = "assignment", _("課題")
    DISCUSSION = "discussion", _("協議")
    QUESTIONS = "questions", _("質問への回答")
    OTHER = "other", _("その他")


class MaterialKind(models.TextChoices):
    FILE = "file", _("ファイル")
    LINK = "link", _("リンク（ウェブページ）")
    PAPER = "paper", _("当日紙で配布")


class MaterialAudience(models.TextChoices):
    """Citizens are none: they read a version to which whoever presents it consented, beside the report."""

    GROUP = "group", _("参加者と事務局")
    DESK = "desk", _("事務局のみ")


class ConsentWay(models.TextChoices):
    """How somebody said that citizens may read their material, or that they may not."""

    LOGIN = "login", _("ログインして本人が回答")
    LINK = "link", _("回答用リンクから本人が回答")
    NOTED = "noted", _("事務局が記録")


class SectionKind(models.TextChoices):
    """The parts of an attendance form, in the order in which they are asked unless the desk says otherwise."""

    ATTENDANCE = "attendance", _("出欠")
    APPROVALS = "approvals", _("議題ごとの賛否と意見")
    MEMBER_QUESTIONS = "member_questions", _("自己紹介への質問")
    TALK_QUESTIONS = "talk_questions", _("話題提供への質問")
    THEMES = "themes", _("取り上げたいテーマ")
    CUSTOM = "custom", _("独自の設問")


# Set by how a meeting is held: who comes; and where nobody does, what each says in writing.
GIVEN = (SectionKind.ATTENDANCE, SectionKind.APPROVALS)


class FieldKind(models.TextChoices):
    """How one of the desk's own questions is answered."""

    TEXT = "text", _("短い文")
    PARAGRAPH = "paragraph", _("長い文")
    ONE = "one", _("一つ選ぶ")
    SEVERAL = "several", _("いくつでも選ぶ")
    NUMBER = "number", _("数値")
    DATE = "date", _("日付")


# Answered by what the desk offers to choose from.
CHOOSING = [FieldKind.ONE, FieldKind.SEVERAL]


class QuestionState(models.TextChoices):
    OPEN = "open", _("受付済み")
    MERGED = "merged", _("統合済み")
    DECLINED = "declined", _("見送り")
    WITHDRAWN = "withdrawn", _("取下げ")


class QuestionChannel(models.TextChoices):
    FORM = "form", _("入力フォーム")
    ORAL = "oral", _("会議での発言")
    WRITTEN = "written", _("書面")
    EXTERNAL = "external", _("外部")


class Point(models.TextChoices):
    """The marks of a report's line. → is a reply, or the line before going on."""

    POINT = "point", _("○ 項目")
    REPLY = "reply", _("→ 応答")
    CONTINUATION = "continuation", _("→ 続き")
    PLAIN = "plain", _("印なし")


class Origin(models.TextChoices):
    """Where a line's words come from: typed once, or composed from rows."""

    TYPED = "typed", _("入力する")
    INTRO_ROUND = "intro_round", _("自己紹介の進め方")
    ELECTION = "election", _("互選の結果")
    ASSIGNMENT = "assignment", _("課題の依頼")
    FORM_QUESTIONS = "form_questions", _("次回フォームの質問欄")
    FORM_THEMES = "form_themes", _("次回フォームのテーマ欄")
    LAST_MINUTES = "last_minutes", _("前回会議録の確認")
    RESOLUTION = "resolution", _("書面による議決の結果")


class RecordPlace(models.TextChoices):
    """Where a line stands in the report: under an agenda item, or among the notices."""

    ITEM = "item", _("議題")
    NOTICES = "notices", _("連絡事項等")


class ElectionMethod(models.TextChoices):
    """How it was settled who is chosen; votes are counted by the last three alone."""

    CONSENT = "consent", _("決め方を示して了承（最年長者など）")
    NOMINATION = "nomination", _("指名推選")
    LOT = "lot", _("くじ")
    HANDS = "hands", _("挙手")
    NAMED = "named", _("記名投票")
    SECRET = "secret", _("無記名投票")


VOTED = (ElectionMethod.HANDS, ElectionMethod.NAMED, ElectionMethod.SECRET)
BY_BALLOT = (ElectionMethod.NAMED, ElectionMethod.SECRET)


class ElectionBasis(models.TextChoices):
    CHARTER = "charter", _("要綱の定め")
    AGREED = "agreed", _("会議での了承")


class Openness(models.TextChoices):
    """Whether citizens may listen. A body of staff alone is often outside the rule."""

    OPEN = "open", _("公開")
    PARTLY = "partly", _("一部非公開")
    CLOSED = "closed", _("非公開")
    EXEMPT = "exempt", _("公開制度の対象外")


# A meeting that is not open to all says why.
WITH_REASON = (Openness.PARTLY, Openness.CLOSED)
# Citizens are told of it beforehand.
TOLD_BEFORE = (Openness.OPEN, Openness.PARTLY)
