"""起案用一式: what the paper for the decision is made of, to be put into the document system in one go."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.documents.blocks import Document, Gap, HangingLine, NumberedLine, Side, TextLine
from members.filing import Paper, text, written
from reports.compose import Composition, changes, compose, contacts_in, named_in
from reports.compose.people import Found
from reports.formats import as_text, blocks
from reports.formats.as_document import document_of
from reports.models import Report
from reports.papers import overrides_of, words_of


def papers(report: Report, *, at: datetime) -> Iterator[Paper]:
    composition = compose(report.meeting)
    yield from written(_("01_起案文（案）"), _("起案文の案"), request(report, composition), ("docx",), at)
    draft = _("結果報告（案）")
    yield from written(f"02_{draft}", draft, draft_of(report, composition, at), ("docx", "pdf"), at)
    yield text(f"02_{draft}.txt", draft, composition.text)
    yield from written(_("03_校正刷り"), _("番号付きの校正刷り"), proof(report, composition), ("docx", "pdf"), at)
    yield text(
        _("04_確認事項.txt"), _("不足している項目と、氏名などの確認"), "\n".join(_to_check(report, composition))
    )
    last = report.revisions.last() if report.pk else None
    if last and last.withheld_at is None:
        lines = [f"{'＋' if one.is_new else '－'} {one.line}" for one in changes(last.text, composition.text)]
        yield text(
            _("05_公開中の版との違い.txt"), _("公開中の版から変わるところ"), "\n".join(lines or [_("なし")])
        )
    if report.pk and report.overrides.exists():
        yield overrides_of(report.overrides.all(), name=_("06_置き換えた文.csv"))
    if report.pk and report.words_checks.exists():
        yield words_of(report, name=_("07_発言等の確認.csv"))


def is_in_public(report: Report, composition: Composition) -> bool:
    """Just what today's rows say; `report` knows its standing."""
    return report.published_sha256 == composition.sha256 and report.withheld_at is None


def draft_of(report: Report, composition: Composition, at: datetime) -> Document:
    """Below each page stands that it is a draft, and of when; or that just this is public."""
    said = _("公開中の内容（%s現在）") if is_in_public(report, composition) else _("下書き（%s現在）")
    foot = said % wareki.datetime(at)
    return document_of(composition.blocks, author=report.meeting.group.parent_body, foot=foot)


def proof(report: Report, composition: Composition) -> Document:
    """Each line under its number, by which red ink names it."""
    title = _("%s 校正刷り") % report
    lines = [HangingLine(f"{n}　{as_text.line(block)}") for n, block in blocks.numbered(composition.blocks)]
    heading = TextLine(title, Side.CENTER, is_title=True)
    return Document(title, report.meeting.group.parent_body, (heading, Gap(), *lines))


def request(report: Report, composition: Composition) -> Document:
    """Asks for a decision; who only circulates it changes one sentence."""
    meeting = report.meeting
    title = _("%sの公開について（伺い）") % report
    page = reverse("reports:report", args=[meeting.group.slug, meeting.number])
    told = [
        (_("会議"), str(meeting)),
        (_("開催日"), wareki.date(meeting.held_from) if meeting.held_from else ""),
        (_("場所"), meeting.place),
        (_("公開の方法"), f"{settings.SITE_URL}{page}"),
        (_("添付"), _("結果報告（案）")),
    ]
    lines = [NumberedLine(number, words, label) for number, (label, words) in enumerate(told, start=1) if words]
    body = _("　このことについて、別紙（案）のとおり取りまとめましたので、公開してよろしいか伺います。")
    hint = _("（供覧とするときは、「公開してよろしいか伺います」を「供覧します」に改めてください。）")
    heading = TextLine(title, Side.CENTER, is_title=True)
    opening = (heading, Gap(), TextLine(body), TextLine(hint), Gap(), TextLine(_("記"), Side.CENTER), Gap())
    return Document(title, meeting.group.parent_body, (*opening, *lines, Gap(), TextLine(_("以上"), Side.END)))


def _to_check(report: Report, composition: Composition) -> Iterator[str]:
    for heading, problems in (
        (_("公開の前に入力が必要な項目"), composition.blockers),
        (_("確認が必要な項目"), composition.warnings),
    ):
        yield from _listed(heading, [problem.message for problem in problems] or [_("ありません。")])
    yield from _listed(_("名簿の氏名と一致する文字"), _sentences(named_in(composition.text, report.meeting)))
    yield from _listed(_("電話番号・メールアドレスに見える文字"), _sentences(contacts_in(composition.text)))
    yield _("名簿にない方の氏名や住所などは探していません。目視でも確認してください。")


def _sentences(found: list[Found]) -> list[str]:
    return [f"{one.what}　{sentence}" for one in found for sentence in one.sentences]


def _listed(heading: str, lines: list[str]) -> list[str]:
    return [f"【{heading}】", *(lines or [_("見つかりませんでした。")]), ""]
