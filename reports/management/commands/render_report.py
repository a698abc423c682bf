from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from meetings.models import Meeting
from reports.compose import compose
from reports.formats import as_text, blocks
from reports.formats.as_page import page_of
from reports.models import ReportRevision


class Command(BaseCommand):
    help = "会議の結果報告を、今の記録から（--revision K では公開した第K版を）出力します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("group", help="会議体のアドレス（URL）に使う名前。例：dx-r3")
        parser.add_argument("number", type=int, help="会議の回")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--revision", type=int, help="公開した版の番号")
        parser.add_argument("--output", type=Path, help="書き出すファイル。なければ標準出力")

    def handle(
        self,
        *,
        group: str,
        number: int,
        format: str,  # noqa: A002 - the option's name
        revision: int | None,
        output: Path | None,
        **options: Any,
    ) -> None:
        meeting = Meeting.objects.standing().filter(group__slug=group, number=number).first()
        if meeting is None:
            raise CommandError(f"会議体「{group}」に第{number}回の会議はありません。")
        tree = compose(meeting).blocks if revision is None else frozen(meeting, revision)
        text = FORMATS[format](tree)
        if output:
            write(output, text)
        else:
            self.stdout.write(text, ending="")


def frozen(meeting: Meeting, number: int) -> tuple[blocks.Block, ...]:
    revision = ReportRevision.objects.filter(report__meeting=meeting, number=number).first()
    if revision is None:
        raise CommandError(f"{meeting}の結果報告に、公開した第{number}版はありません。")
    if revision.withheld_at:
        raise CommandError(
            f"{meeting}の結果報告第{number}版は公開を停止しています（{revision.withheld_reason}）。"
        )
    return blocks.from_json(revision.blocks)


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as reason:
        raise CommandError(f"{path} に書き出せません（{reason.strerror}）。") from reason


def as_page(tree: tuple[blocks.Block, ...]) -> str:
    return render_to_string("reports/report.html", {"report": page_of(tree)})


FORMATS = {"text": as_text.render, "html": as_page}
