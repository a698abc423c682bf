from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from dxbukai.restoration import WORDS
from foundation.db.backup import BackupRefused, restore
from foundation.ledger.models import Restoration
from foundation.ledger.restoring import UnknownNote, take_back_again
from foundation.mail import outbox
from retention.taken_back import stop_all


class Command(BaseCommand):
    help = "バックアップのフォルダーから、空のデータベースとファイル置き場に復元します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            # In one transaction: no worker sees an email before it is held, nobody a door before it is shut.
            with transaction.atomic():
                manifest = restore(folder)
                held = outbox.hold_all()
                stopped = stop_all()
                made_at = datetime.fromisoformat(manifest["created_at"])
                restoration = take_back_again(backup=manifest["id"], made_at=made_at)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        except UnknownNote as error:
            raise CommandError(
                f"取消しの控えに、この版のプログラムが知らない種類（{error}）があります。何も復元していません。"
                "新しい版のプログラムで復元してください。"
            ) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{folder}から復元しました：{len(manifest['tables'])}表 {rows}行、ファイル{len(manifest['files'])}個"
        )
        if held:
            self.stdout.write(
                f"送信待ちだったメール{held}通は、バックアップの後に送信された可能性があるため止めています。"
                "「送信メール」のページで宛先と件名を確認し、必要なものだけ再送してください。"
            )
        if stopped:
            self.stdout.write(
                f"廃棄の決定{stopped}件は、バックアップの後に取り消されたか差し止められた可能性があるため止めています。"
                "「保存と廃棄」のページで確認し、取り消すか、決定し直してください。"
            )
        self.tell(restoration)

    def tell(self, restoration: Restoration) -> None:
        shut = "、".join(f"{WORDS[kind]}{count}件" for kind, count in sorted(restoration.shut_again.items()))
        if not restoration.ledger_was_whole:
            self.stdout.write(
                "取消しの控えがこのファイル置き場にないため、バックアップの後に何を取り消したか分かりません。"
                f"回答用リンクを全て使えなくし（{shut}）、公開ページを止めています。"
                "システム管理者がログインし、ホームの「復元した内容を確認し、公開を再開する」から確認してください。"
            )
        elif shut:
            self.stdout.write(f"バックアップの後に取り消したものを、改めて取り消しました：{shut}")
