from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dxbukai.exporting import export
from foundation.ledger.held import is_held


class Command(BaseCommand):
    help = "公開している結果報告とデータを、そのまま置けるファイルの一式として書き出します（docs/placement.md）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="書き出すフォルダー。前に書き出したものは置き換えます。")

    def handle(self, *, folder: Path, **options: Any) -> None:
        if is_held():
            raise CommandError("復元した内容の確認が終わっていないため、書き出せません。")
        folder = folder.resolve()
        try:
            count = export(folder)
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from refusal
        except OSError as reason:
            raise CommandError(f"{folder} に書き出せません（{reason.strerror}）。") from reason
        self.stdout.write(f"{count}個のファイルを {folder} に書き出しました。")
