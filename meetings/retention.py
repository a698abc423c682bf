"""What this floor keeps of meetings, and how it goes (foundation/retention.py)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.retention import GroupRecordKind, Unit, rows_of
from meetings.models import (
    Answer,
    AttendanceRecord,
    Candidacy,
    DateChoice,
    DateOption,
    DatePoll,
    DateReply,
    Election,
    Exemption,
    FieldAnswer,
    LateReply,
    Letter,
    Material,
    MaterialConsent,
    MaterialVersion,
    Meeting,
    Opinion,
    Question,
    RecordEntry,
    Reply,
    ReplyDraft,
    ReplyRevision,
    Survey,
    SurveyExtension,
    Theme,
    ThemeVote,
)
from meetings.states import QuestionState


class Replies(GroupRecordKind):
    """A question that was asked in a form is one of the meeting's records and outlives the form."""

    name = "replies"
    label = _("出欠の回答")
    holds = _(
        "会議ごとの出欠、事務局への連絡、書面意見、書面開催の賛否と意見、代理の方の氏名、テーマの希望、独自の設問への答え、回答の履歴と下書き、"
        "期限後に届いた内容、日程調整の候補日と回答、通知の送信状況。"
    )
    parts = (
        (ThemeVote, "reply__survey__meeting__group"),
        (FieldAnswer, "reply__survey__meeting__group"),
        (Opinion, "reply__survey__meeting__group"),
        (Theme, "proposed_in__survey__meeting__group"),
        (ReplyRevision, "reply__survey__meeting__group"),
        (ReplyDraft, "survey__meeting__group"),
        (LateReply, "survey__meeting__group"),
        (Letter, "meeting__group"),
        (SurveyExtension, "survey__meeting__group"),
        (Reply, "survey__meeting__group"),
        (DateChoice, "reply__poll__meeting__group"),
        (DateReply, "poll__meeting__group"),
        (DateOption, "poll__meeting__group"),
        (DatePoll, "meeting__group"),
    )

    def dispose(self, unit: Unit, *, on: date) -> None:
        answered = Survey.objects.filter(meeting__group=unit.group, replies__isnull=False)
        marked = list(answered.values_list("pk", flat=True))
        Question.objects.filter(reply__survey__meeting__group=unit.group).update(reply=None)
        super().dispose(unit, on=on)
        Survey.objects.filter(pk__in=marked).update(replies_disposed_on=on)


class Records(GroupRecordKind):
    """Number, date and agenda of a meeting stay, and so does what was published of it."""

    name = "records"
    label = _("会議の記録")
    holds = _(
        "出席者名簿、質問と回答（取扱いの経過を含む。）、会議での発言などの記録、互選の結果、課題の対象外とした方と理由、会議の資料（前の版と取り下げたものを"
        "含む。）とその公開への同意。公開した結果報告は含みません。"
    )
    years = 5
    parts = (
        (Answer, "question__meeting__group"),
        (Question, "meeting__group"),
        (AttendanceRecord, "meeting__group"),
        (RecordEntry, "meeting__group"),
        (Candidacy, "election__meeting__group"),
        (Election, "meeting__group"),
        (Exemption, "assignment__meeting__group"),
        # The files themselves go at night, when no row names them any more.
        (MaterialConsent, "version__material__meeting__group"),
        (MaterialVersion, "material__meeting__group"),
        (Material, "meeting__group"),
    )

    def dispose(self, unit: Unit, *, on: date) -> None:
        recorded: set[int] = set()
        for model, path in self.parts:
            rows = rows_of(model).filter(**{path: unit.group})
            recorded |= set(rows.values_list(path.removesuffix("__group"), flat=True))
        # What was made of a question is the form's; and nothing stands in the way of what it was merged into.
        Theme.objects.filter(question__meeting__group=unit.group).update(question=None)
        merged = Question.objects.filter(meeting__group=unit.group, state=QuestionState.MERGED)
        merged.update(merged_into=None, state=QuestionState.OPEN)
        super().dispose(unit, on=on)
        Meeting.objects.filter(pk__in=recorded).update(
            disposed_on=on, called_off_reason="", observers=None, chaired_by=None
        )
