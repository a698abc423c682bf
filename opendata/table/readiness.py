"""What still stands between a version and being handed in. Errors in published columns do; warnings do not."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _, ngettext

from opendata import policy
from opendata.models import DatasetVersion
from opendata.models.table import FindingQuerySet
from opendata.standards import standard_named
from opendata.table import definition, privacy
from tablecheck import Level

# The pages of each step before the last.
PAGES = (
    {"opendata:confirm_kind", "opendata:replace"},
    {"opendata:findings", "opendata:define"},
    {"opendata:publication"},
)


class Blocker(NamedTuple):
    """A sentence, and the URL name of the page on which it is resolved."""

    message: str
    page: str


def blockers(version: DatasetVersion) -> list[Blocker]:
    if not version.is_read:
        return [Blocker(_("ファイルをまだ読み込めていません。"), "opendata:work")]
    if not version.kind_confirmed:
        return [Blocker(_("何のデータかを確認していません。"), "opendata:confirm_kind")]
    return [*_in_table(version), *_in_publication(version)]


def steps_done(blockers: Iterable[Blocker]) -> int:
    """Of 「ファイル」「確認と修正」「公開する内容」 so many, in this order, have nothing left to do."""
    left = {blocker.page for blocker in blockers}
    return next((done for done, pages in enumerate(PAGES) if left & pages), len(PAGES))


def standing_errors(version: DatasetVersion) -> FindingQuerySet:
    """Errors of the standard where they would be published, or where a required column is missing."""
    unticked = [column["index"] for column in version.internal_columns]
    return version.findings.filter(level=Level.ERROR).exclude(column__in=unticked)


def _in_table(version: DatasetVersion) -> Iterator[Blocker]:
    if not version.detected["rows"]:
        yield Blocker(
            _("データの行がありません。データの入ったファイルに差し替えてください。"), "opendata:replace"
        )
    if errors := standing_errors(version).count():
        text = ngettext("誤りが%(count)sか所残っています。", "誤りが%(count)sか所残っています。", errors)
        yield Blocker(text % {"count": errors}, "opendata:findings")


def _in_publication(version: DatasetVersion) -> Iterator[Blocker]:
    if not version.public_columns:
        yield Blocker(_("公開する列が選ばれていません。"), "opendata:publication")
    for column in version.public_columns:
        if not column["header"]:
            text = _(
                "%(letter)s列には見出しがないため公開できません。見出しを入力するか、公開する列から外してください。"
            )
            yield Blocker(text % column, "opendata:publication")
    for title in unticked_required(version):
        text = _("「%s」は標準で必須の列です。公開する列に含めてください。")
        yield Blocker(text % title, "opendata:publication")
    yield from _in_definition(version)
    if not version.description:
        yield Blocker(_("データセットの説明が入力されていません。"), "opendata:publication")
    if not version.privacy_confirmed:
        yield Blocker(_("個人情報の確認が済んでいません。"), "opendata:publication")
    for suspect in privacy.unanswered(version):
        text = _("%(letter)s列「%(header)s」は、個人の情報の可能性があります。公開してよいかを答えてください。")
        yield Blocker(text % vars(suspect), "opendata:publication")
    if not policy.reviewers(version).exists():
        text = _(
            "承認する人がいません。システム管理者に、データの確認の担当者（アップロードした人以外）の登録を依頼してください。"
        )
        yield Blocker(text, "opendata:work")


def _in_definition(version: DatasetVersion) -> Iterator[Blocker]:
    """What a list of the section's own is held to was confirmed, and knows each column that is published."""
    if version.standard:
        return
    if not version.definition:
        yield Blocker(_("列の定義（各列の内容）を確認していません。"), "opendata:define")
        return
    for title in definition.unsaid(version):
        text = _("「%s」の列は、列の定義にありません。列の定義を確認してください。")
        yield Blocker(text % title, "opendata:define")


def unticked_required(version: DatasetVersion) -> list[str]:
    standard = standard_named(version.standard)
    if standard is None:
        return []
    fields = (standard.field(column["field"]) for column in version.internal_columns)
    return [field.title for field in fields if field and field.must_exist]
