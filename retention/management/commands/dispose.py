"""What only the owner of the tables can take away, the audit log, goes by the owner's hand."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.actions import Actor, Via
from retention import actions
from retention.models import Disposal


class Command(BaseCommand):
    help = (
        "決定済みで廃棄する日が来た記録を、今すぐ廃棄します。操作記録は、表の所有者でこのコマンドを実行したときだけ"
        "廃棄されます。その他の記録は、ワーカーが毎日午前5時に廃棄します。"
    )

    def handle(self, **options: Any) -> None:
        by = Actor(None, Via.COMMAND)
        done = [row for row in Disposal.objects.open() if actions.carry_out(disposal=row, by=by)]
        for disposal in done:
            self.stdout.write(f"{disposal}を廃棄しました。")
        left = Disposal.objects.open().count()
        self.stdout.write(f"廃棄した決定：{len(done)}件、残っている決定：{left}件")
