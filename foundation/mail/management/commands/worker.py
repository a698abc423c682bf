import signal
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from foundation.mail.delivery import NotNow, delivery
from foundation.mail.worker import Worker


class Command(BaseCommand):
    help = "送信待ちのメールを送り続けます。SIGTERM か Ctrl-C で止まります。"

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="今送るべきものだけを送って終わります。")
        parser.add_argument(
            "--lease",
            type=float,
            metavar="秒",
            help="送信中のまま何秒たったら、処理が止まったとみなすか（省略時はSMTPで600秒、フォルダーで30秒）。",
        )

    def handle(self, *, once, lease, **options):
        worker = Worker(delivery(), lease and timedelta(seconds=lease))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        if not once:
            worker.run()
            return
        try:
            worker.run_once()
        except NotNow as error:
            raise CommandError(
                f"メールサーバーに接続できません（{error}）。メールは送信待ちのまま残っています。"
            ) from error
        counts = worker.counts
        self.stdout.write(
            f"送信済み {counts['sent']}、再試行待ち {counts['later']}、"
            f"不達 {counts['undeliverable']}、結果不明 {counts['uncertain']}"
        )
