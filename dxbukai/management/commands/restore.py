from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation.db.backup import BackupRefused, restore
from foundation.mail import outbox


class Command(BaseCommand):
    help = "バックアップのフォルダーから、空のデータベースとファイル置き場に復元します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            # In one transaction: no worker sees an email that waits before it is held.
            with transaction.atomic():
                manifest = restore(folder)
                held = outbox.hold_all()
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{folder}から復元しました：{len(manifest['tables'])}表 {rows}行、ファイル{len(manifest['files'])}個"
        )
        if held:
            self.stdout.write(
                f"送信待ちだったメール{held}通は、バックアップの後に送信された可能性があるため止めています。"
                "「送信メール」のページで宛先と件名を確認し、必要なものだけ再送してください。"
            )
