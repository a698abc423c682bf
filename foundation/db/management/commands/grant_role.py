from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.db.roles import NotPlain, grant


class Command(BaseCommand):
    help = "web とワーカーが使う役割に、必要な権限だけを与えます。表の所有者として、migrate の後に毎回実行します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", metavar="役割", help="DATABASE_URL に書いた役割")

    def handle(self, *, role: str, **options: Any) -> None:
        try:
            tables = grant(role)
        except NotPlain as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"役割「{role}」に、{tables}個の表を使う権限を与えました。")
