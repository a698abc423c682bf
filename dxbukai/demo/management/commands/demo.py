import gc
import os
import socket
import time
from subprocess import Popen
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from dxbukai.demo.cast import CAST, PAST
from dxbukai.demo.supervisor import Supervisor, interrupt_on_any_signal

HOST = "127.0.0.1"
SERVER = [
    "-m", "gunicorn", "dxbukai.wsgi:application",
    "--workers", "2", "--threads", "4", "--graceful-timeout", "1", "--log-level", "warning",
]  # fmt: skip
WORKER = ["-m", "dxbukai", "worker"]
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Command(BaseCommand):
    help = "架空の市のデータを用意し、このパソコンの中だけでポータルを動かします。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--reset", action="store_true", help="これまでの操作を消去し、最初の状態に戻します。")
        parser.add_argument("--prepare-only", action="store_true", help="データの用意だけをして終わります。")

    def handle(self, *, port: int, reset: bool, prepare_only: bool, **options: Any) -> None:
        refuse_taken(port)
        interrupt_on_any_signal()
        try:
            self.prepare(reset=reset)
            if not prepare_only:
                self.serve(port)
        except KeyboardInterrupt:
            self.say("\nデモを終了しました。データは残っています。")
        except OperationalError as error:
            raise CommandError(f"データベースを使えません。{error}") from error
        finally:
            # The end has five seconds: nobody looks through a program that is left anyway.
            gc.freeze()

    def prepare(self, *, reset: bool) -> None:
        if reset:
            self.say("これまでのデモのデータを消しています…")
            forget_everything()
        elif is_of_another_version():
            self.say("このフォルダーのデモのデータは、別の版のプログラムが作ったものです。消して、作り直します…")
            forget_everything()
        self.say("データベースを用意しています…")
        call_command("migrate", verbosity=0)
        call_command("seed_demo", stdout=self.stdout)
        settle()
        connection.close()

    def serve(self, port: int) -> None:
        os.environ["PORT"] = str(port)  # the emails lead here
        with Supervisor(server=[*SERVER, "--bind", f"{HOST}:{port}"], worker=WORKER) as supervisor:
            wait_for(f"http://{HOST}:{port}/healthz", supervisor.children["server"])
            self.say(guide(f"http://{HOST}:{port}"))
            supervisor.watch()
        raise CommandError("サーバーが止まりました。上の記録を確認して、もう一度始めてください。")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"ポート{port}は使えません（使用中か、使えない番号です）。"
                "例：make demo PORT=8001、dxbukai demo --port 8001"
            ) from error


def forget_everything() -> None:
    """Empty the demo's database and folders, unless somebody works in them."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        if cursor.fetchone()[0]:
            raise CommandError("デモが動いています。先にCtrl-Cで終了してから、もう一度実行してください。")
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for folder in (settings.MEDIA_ROOT, settings.MAIL_FOLDER):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def settle() -> None:
    """Let our own server write now what was planted; else whoever stops the demo at once would wait for it."""
    if connection.settings_dict["ENGINE"] == "foundation.db.backends.embedded":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")


def is_of_another_version() -> bool:
    """Whether the demo's database took a step that this program does not know: it cannot be brought up to date."""
    taken = set(MigrationRecorder(connection).applied_migrations())
    return not taken <= set(MigrationLoader(None).disk_migrations)


def wait_for(url: str, server: Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            with urlopen(url, timeout=1):  # noqa: S310 (our own loopback address)
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise CommandError("サーバーを開始できませんでした。上の記録を確認してください。")


def guide(address: str) -> str:
    people = "\n".join(f"    {role.title:　<8}  {role.email}" for role in CAST.values())
    return f"""
架空の「見本市」のポータルが動いています。

  はじめに      {address}/demo/   （ボタン一つで、次の人になれます）
  公開ページ    {address}/
  結果報告      {address}/groups/{PAST}/meetings/1/report/
  公開データ    {address}/data/

  体験できる役割
{people}

  届いたメール  {settings.MAIL_FOLDER}
  終わるとき    Ctrl-C（データは残ります。最初からやり直すときは「make demo-reset」「dxbukai demo --reset」）
"""
