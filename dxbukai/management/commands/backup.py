from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.db.backup import BackupRefused, backup
from foundation.ledger.notes import mark


class Command(BaseCommand):
    help = "全てのデータとファイルを、新しいフォルダーに書き出します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            manifest = backup(folder)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        mark(manifest["id"])
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{folder}に書き出しました：{len(manifest['tables'])}表 {rows}行、ファイル{len(manifest['files'])}個"
        )
