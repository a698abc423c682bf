"""What there is of a meeting's report for the document system (retention/archive.py)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.states import MeetingState
from members.filing import Paper, table, text
from reports.compose import compose
from reports.models import ApprovalStep, Report, ReportRevision, SentenceOverride, WordsReader


def of_meeting(meeting: Meeting) -> Iterator[Paper]:
    report = Report.objects.filter(meeting=meeting).first()
    revisions = list(report.revisions.select_related("published_by", "withheld_by")) if report else []
    for revision in revisions:
        name = _("04_会議録/結果報告_第%s版.txt") % revision.number
        yield text(name, _("公開した結果報告"), revision.text)
    if not revisions and meeting.state == MeetingState.HELD and meeting.disposed_on is None:
        yield text(_("04_会議録/結果報告_下書き.txt"), _("公開していない結果報告の下書き"), compose(meeting).text)
    yield _decisions(report.approvals.select_related("recorded_by") if report else ())
    yield _publications(revisions)
    overrides = list(report.overrides.all()) if report else []
    if overrides:
        yield overrides_of(overrides, name=_("04_会議録/置き換えた文.csv"))
    if report and report.words_checks.exists():
        yield words_of(report, name=_("05_決裁記録/発言等の確認.csv"))


def _decisions(approvals: Iterable[ApprovalStep]) -> Paper:
    return table(
        _("05_決裁記録/決裁・供覧.csv"),
        _("結果報告の決裁・供覧の記録"),
        [
            _("区分"),
            _("起案者"),
            _("起案日"),
            _("回議・合議"),
            _("年月日"),
            _("文書番号"),
            _("職名又は氏名"),
            _("施行日"),
            _("備考"),
            _("内容の識別値"),
            _("記録した人"),
            _("記録した日時"),
        ],
        (
            [
                step.get_kind_display(),
                step.drafted_by,
                step.drafted_on,
                step.consulted,
                step.decided_on,
                step.document_number,
                step.decided_by,
                step.effective_on,
                step.comment,
                step.sha256,
                step.recorded_by,
                step.recorded_at,
            ]
            for step in approvals
        ),
    )


def overrides_of(overrides: Iterable[SentenceOverride], *, name: str) -> Paper:
    return table(
        name,
        _("自動の文に代えて入力した文と、その理由"),
        [_("置き換えた文"), _("自動の文"), _("理由")],
        ([one.words, one.computed, one.reason] for one in overrides),
    )


def words_of(report: Report, *, name: str) -> Paper:
    """Who was asked whether their words stand right, what each said, and what became of it."""
    readers = WordsReader.objects.filter(check_asked__report=report)
    people = readers.select_related("check_asked", "membership__user", "membership__group")
    return table(
        name,
        _("発言した方などによる、記録の案の確認"),
        [
            _("氏名"),
            _("依頼した日時"),
            _("期限"),
            _("取り下げた日時"),
            _("回答"),
            _("回答した日時"),
            _("元の文"),
            _("修正の案"),
            _("採否"),
            _("直した文"),
            _("採否の理由"),
        ],
        (row for reader in people.prefetch_related("corrections") for row in _of_reader(reader)),
    )


def _of_reader(reader: WordsReader) -> Iterator[list[object]]:
    """A line for each correction; of whom there is none, one line."""
    asked = reader.check_asked
    told = [
        reader.membership,
        asked.asked_at,
        asked.closes_at,
        asked.called_off_at,
        reader.answer,
        reader.answered_at,
    ]
    for one in reader.corrections.all():
        yield [*told, one.shown, one.words, one.get_decision_display(), one.adopted, one.reason]
    if not reader.corrections.all():
        yield [*told, "", "", "", "", ""]


def _publications(revisions: Iterable[ReportRevision]) -> Paper:
    return table(
        _("05_決裁記録/公開の経過.csv"),
        _("公開、訂正、公開停止の経過"),
        [
            _("版"),
            _("公開日時"),
            _("公開した人"),
            _("訂正箇所"),
            _("内容の識別値"),
            _("公開停止日時"),
            _("公開を停止した人"),
            _("公開停止の理由"),
        ],
        (
            [
                each.number,
                each.published_at,
                each.published_by,
                each.correction,
                each.sha256,
                each.withheld_at,
                each.withheld_by,
                each.withheld_reason,
            ]
            for each in revisions
        ),
    )
