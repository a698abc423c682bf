"""Reads what mail servers report of letters that they had taken: those that did not arrive become 不達.

Called for each report as it comes in, or for a whole mailbox again and again: a report is told once.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.actions import Actor, Via
from foundation.db.away import MAY_BE_AWAY, is_away
from foundation.mail import actions, bounces
from foundation.mail.bounces import Bounce
from foundation.mail.envelope import letter_of
from foundation.mail.states import BounceKind

KNOWN = "known"
KINDS = (BounceKind.FAILED, BounceKind.DELAYED, KNOWN, BounceKind.NOTHING)


class Command(BaseCommand):
    help = (
        "メールサーバーから戻った配信の通知（RFC 3464）を読み、届かなかったメールを「不達」にします。"
        "同じ通知を二度読んでも、結果は変わりません。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", nargs="?", help="通知1通又はmbox形式のファイル。省略すると標準入力を読みます。"
        )

    def handle(self, *, file: str | None, **options: object) -> None:
        try:
            with Path(file).open("rb") if file else sys.stdin.buffer as stream:
                counts = count(stream)
        except OSError as error:
            raise CommandError(f"{file} を読めません（{error.strerror}）。何も変更していません。") from error
        except MAY_BE_AWAY as error:
            if not is_away(error):
                raise
            # A mail server that hands the report over keeps it, and tries again.
            raise CommandError(f"データベースに接続できません（{error}）。", returncode=os.EX_TEMPFAIL) from error
        failed, delayed, known, nothing = (counts[kind] for kind in KINDS)
        self.stdout.write(
            f"読んだ通知 {counts.total()} 件：不達 {failed}、遅延 {delayed}、既知 {known}、該当なし {nothing}"
        )


def count(stream: BinaryIO) -> Counter[BounceKind | str]:
    return Counter(take_in(bounces.read(raw)) for raw in bounces.messages(stream))


def take_in(bounce: Bounce) -> BounceKind | str:
    if bounce.kind == BounceKind.NOTHING or (email := letter_of(bounce.addresses)) is None:
        return BounceKind.NOTHING
    if bounce.kind == BounceKind.DELAYED:
        return BounceKind.DELAYED
    by = Actor(None, Via.COMMAND)
    is_news = actions.come_back(email=email, by=by, said=bounce.said, report=bounce.name)
    return BounceKind.FAILED if is_news else KNOWN
