from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.db.backup import RestoreRefused, restore


class Command(BaseCommand):
    help = "バックアップのフォルダーから、空のデータベースとファイル置き場に復元します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            manifest = restore(folder)
        except RestoreRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{folder}から復元しました：{len(manifest['tables'])}表 {rows}行、ファイル{len(manifest['files'])}個"
        )
