from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dxbukai.demo.seed import plant


class Command(BaseCommand):
    help = "架空の「見本市」のデータを入れます。既にあれば、過ぎた回答期限だけを先に延ばします。"

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("本番には見本のデータを入れられません。")
        plant(say=self.stdout.write)
