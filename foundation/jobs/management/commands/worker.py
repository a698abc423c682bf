import signal
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.jobs.outcomes import NotNow
from foundation.jobs.worker import Worker


class Command(BaseCommand):
    help = "待機中の処理（メールの送信など）を行い続けます。SIGTERM か Ctrl-C で止まります。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="今行うべきものだけを行って終わります。")
        parser.add_argument(
            "--lease",
            type=float,
            metavar="秒",
            help="実行中のまま何秒たったら、処理が止まったとみなすか（省略時は処理の種類ごとに決まった秒数）。",
        )

    def handle(self, *, once: bool, lease: float | None, **options: Any) -> None:
        worker = Worker(lease=timedelta(seconds=lease) if lease else None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        if not once:
            worker.run()
            return
        try:
            worker.run_once()
        except NotNow as error:
            raise CommandError(
                f"今はできない処理があります（{error}）。できなかった処理は待機中のまま残っています。"
            ) from error
        counts = worker.counts
        self.stdout.write(
            f"完了 {counts['done']}、再試行待ち {counts['later']}、"
            f"失敗 {counts['failed']}、結果不明 {counts['unclear']}"
        )
